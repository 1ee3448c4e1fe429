/*
 * main.c - semd-bench: what a round trip to the daemon costs, beside one to a plain echo server that
 * runs at the same time on the same machine.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"
#include "tests/support/daemon.h"

static struct measure measures[] = {
	{ "echo_round_trip", "echo server, round trip", NANOSECONDS, 0, bench_echo_round_trip, { 0 } },
	{ "wire_round_trip", "semd, round trip of an acquire or release", NANOSECONDS, 0,
	  bench_wire_round_trip, { 0 } },
	{ "library_round_trip", "semd, the same through libsemd", NANOSECONDS, 0,
	  bench_library_round_trip, { 0 } },
	{ "echo_pipelined", "echo server, pipelined", PER_SECOND, 3, bench_echo_pipelined, { 0 } },
	{ "wire_pipelined", "semd, acquires and releases pipelined", PER_SECOND, 3,
	  bench_wire_pipelined, { 0 } },
	{ "posix_pair", "POSIX semaphore, wait and post", NANOSECONDS, 5, bench_posix_pair, { 0 } },
	{ "sysv_undo_pair", "System V with UNDO, take and give", NANOSECONDS, 6, bench_sysv_undo_pair,
	  { 0 } },
};

enum { MEASURES = sizeof(measures) / sizeof(measures[0]) };

static const char usage[] =
	"Usage: semd-bench [OPTION]...\n"
	"Measures acquire and release through semd beside a plain echo server in the same run.\n"
	"\n"
	"  --pin[=CLIENT[,SERVER]]  pin both ends: to CPU CLIENT, the servers to SERVER if given\n"
	"                           (default: all to the first CPU there is)\n"
	"  --rounds=N               rounds, of which the median is told (default 15)\n"
	"  --count=N                operations in a round (default 5000)\n"
	"  --in-flight=N            requests in flight where pipelined, 2 to 256 (default 128)\n"
	"  --json                   for programs\n"
	"  --help, --version\n"
	"\n"
	"The daemon is $SEMD_DAEMON, else the one beside this program. It and the echo server run in\n"
	"a temporary folder and end with the bench.\n";

static _Noreturn void wrong_use(const char *what, const char *value)
{
	fprintf(stderr, "semd-bench: %s: %s: see semd-bench --help\n", what, value);
	exit(2);
}

static size_t number(const char *option, const char *text, size_t least, size_t most)
{
	char *end;
	errno = 0;
	unsigned long value = strtoul(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < least || value > most)
		wrong_use(option, text);
	return value;
}

static int first_cpu(void)
{
	cpu_set_t set;
	size_t cpu = 0;
	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		support_die("sched_getaffinity: %m");
	while (!CPU_ISSET(cpu, &set))
		cpu++;
	return (int)cpu;
}

static void parse_pin(struct settings *settings, char *value)
{
	char *comma = value != NULL ? strchr(value, ',') : NULL;
	if (comma != NULL)
		*comma++ = '\0';
	settings->client_cpu = value != NULL ? (int)number("--pin", value, 0, CPU_SETSIZE - 1)
		: first_cpu();
	settings->server_cpu = comma != NULL ? (int)number("--pin", comma, 0, CPU_SETSIZE - 1)
		: settings->client_cpu;
}

static void parse(struct settings *settings, int argc, char **argv)
{
	static const struct option options[] = {
		{ "pin", optional_argument, NULL, 'p' },
		{ "rounds", required_argument, NULL, 'r' },
		{ "count", required_argument, NULL, 'c' },
		{ "in-flight", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		switch (option) {
		case 'p': parse_pin(settings, optarg); break;
		case 'r': settings->rounds = number("--rounds", optarg, 1, MOST_ROUNDS); break;
		case 'c': settings->count = number("--count", optarg, 2, 100000000) / 2 * 2; break;
		case 'f': settings->in_flight = number("--in-flight", optarg, 2, 256) / 2 * 2; break;
		case 'j': settings->json = true; break;
		case 'h': fputs(usage, stdout); exit(0);
		case 'v': puts("semd-bench " PACKAGE_VERSION); exit(0);
		default: exit(2);
		}
	}
	if (optind < argc)
		wrong_use("unexpected argument", argv[optind]);
}

static void pin(pid_t pid, int cpu)
{
	cpu_set_t set;
	if (cpu < 0)
		return;
	CPU_ZERO(&set);
	CPU_SET((size_t)cpu, &set);
	if (sched_setaffinity(pid, sizeof(set), &set) != 0)
		support_die("cannot pin to CPU %d: %m", cpu);
}

/* Where it is installed, the daemon lies beside this program. */
static void find_daemon(void)
{
	char path[SUPPORT_PATH];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (length < 0 || getenv("SEMD_DAEMON") != NULL)
		return;
	path[length] = '\0';
	char *end = strrchr(path, '/');
	if (end == NULL || (size_t)(end - path) + sizeof("/semd") > sizeof(path))
		return;
	strcpy(end, "/semd");
	if (access(path, X_OK) == 0)
		setenv("SEMD_DAEMON", path, 1);
}

int main(int argc, char **argv)
{
	struct settings settings = {
		.rounds = 15, .count = 5000, .in_flight = 128, .client_cpu = -1, .server_cpu = -1,
	};
	struct daemon daemon;
	struct process echo;
	struct bench bench;
	char echo_path[SUPPORT_PATH];
	parse(&settings, argc, argv);
	find_daemon();

	/* The folder may not be on a disk, which a server might wait for. */
	daemon_start_in(&daemon, access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NULL, NULL);
	echo_start(&echo, path_join(echo_path, daemon.folder, "echo.sock"));
	pin(daemon.process.pid, settings.server_cpu);
	pin(echo.pid, settings.server_cpu);
	pin(0, settings.client_cpu);
	bench_begin(&bench, &settings, daemon.socket, echo_path);
	for (size_t i = 0; i < MEASURES; i++)
		measures[i].take(&bench);	/* warm */
	for (size_t round = 0; round < settings.rounds; round++) {
		for (size_t i = 0; i < MEASURES; i++)
			measures[i].values[round] = measures[i].take(&bench);
	}
	bench_end(&bench);
	process_end(&echo);
	daemon_stop(&daemon);
	report(stdout, &settings, measures, MEASURES);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	perror("semd-bench: standard output");
	return 1;
}
