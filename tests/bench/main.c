/*
 * main.c - semd-bench: compares the cost of a round trip to the daemon with that to a plain echo
 * server, in the same run on the same machine.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/support/daemon.h"

enum {
	ECHO_ROUND_TRIP, WIRE_ROUND_TRIP, LIBRARY_ROUND_TRIP, BESIDE_ONE, BESIDE_MANY,
	ECHO_PIPELINED, WIRE_PIPELINED, OWN_MEASURES, MOST_REFERENCES = 4
};

/* Our own measures, then the references. */
static struct measure measures[OWN_MEASURES + MOST_REFERENCES] = {
	[ECHO_ROUND_TRIP] = {
		"echo_round_trip", "echo server, round trip",
		NANOSECONDS, ECHO_ROUND_TRIP, NULL, bench_echo_round_trip, { 0 },
	},
	[WIRE_ROUND_TRIP] = {
		"wire_round_trip", "semd, round trip of an acquire or release",
		NANOSECONDS, ECHO_ROUND_TRIP, "echo", bench_wire_round_trip, { 0 },
	},
	[LIBRARY_ROUND_TRIP] = {
		"library_round_trip", "semd, the same through libsemd",
		NANOSECONDS, ECHO_ROUND_TRIP, "echo", bench_library_round_trip, { 0 },
	},
	[BESIDE_ONE] = {
		"beside_one", "semd, while one waits in another line",
		NANOSECONDS, BESIDE_ONE, NULL, bench_beside_one, { 0 },
	},
	[BESIDE_MANY] = {
		"beside_many", "semd, while many wait in another line",
		NANOSECONDS, BESIDE_ONE, "one", bench_beside_many, { 0 },
	},
	[ECHO_PIPELINED] = {
		"echo_pipelined", "echo server, pipelined",
		PER_SECOND, ECHO_PIPELINED, NULL, bench_echo_pipelined, { 0 },
	},
	[WIRE_PIPELINED] = {
		"wire_pipelined", "semd, acquires and releases pipelined",
		PER_SECOND, ECHO_PIPELINED, "echo", bench_wire_pipelined, { 0 },
	},
};

/* Returns the number of all measures. */
static size_t add_references(void)
{
	if (reference_count > MOST_REFERENCES)
		support_die("too many references");
	for (size_t i = 0; i < reference_count; i++)
		measures[OWN_MEASURES + i] = (struct measure){
			.name = references[i].name,
			.words = references[i].words,
			.unit = NANOSECONDS,
			.base = (int)(OWN_MEASURES + i),
			.take = references[i].take,
		};
	return OWN_MEASURES + reference_count;
}

static const char usage[] =
	"Usage: semd-bench [OPTION]...\n"
	"Measures acquire and release through semd beside a plain echo server in the same run.\n"
	"\n"
	"  --pin[=CLIENT[,SERVER]]  pin both ends: to CPU CLIENT, the servers to SERVER if given\n"
	"                           (default: all to the first CPU there is)\n"
	"  --rounds=N               rounds; the report has their median (default 15)\n"
	"  --count=N                operations in a round (default 5000)\n"
	"  --in-flight=N            pipelined requests in flight, 2 to 256 (default 128)\n"
	"  --waiters=N              waiters in the other line for \"many\" (default 10000)\n"
	"  --json                   report as JSON\n"
	"  --help, --version\n"
	"\n"
	"The daemon is $SEMD_DAEMON, or the one beside this program. Daemon and echo server\n"
	"run in a temporary folder and end with the benchmark.\n";

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

static void parse_pin(struct settings *settings, char *value)
{
	char *comma = value ? strchr(value, ',') : NULL;
	if (comma)
		*comma++ = '\0';
	settings->client_cpu = value ? (int)number("--pin", value, 0, machine_most_cpus() - 1)
		: machine_first_cpu();
	settings->server_cpu = comma ? (int)number("--pin", comma, 0, machine_most_cpus() - 1)
		: settings->client_cpu;
}

static void parse(struct settings *settings, int argc, char **argv)
{
	static const struct option options[] = {
		{ "pin", optional_argument, NULL, 'p' },
		{ "rounds", required_argument, NULL, 'r' },
		{ "count", required_argument, NULL, 'c' },
		{ "in-flight", required_argument, NULL, 'f' },
		{ "waiters", required_argument, NULL, 'w' },
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
		case 'f':
			settings->in_flight = number("--in-flight", optarg, 2, 256) / 2 * 2;
			break;
		case 'w': settings->waiters = number("--waiters", optarg, 1, 16000); break;
		case 'j': settings->json = true; break;
		case 'h': fputs(usage, stdout); exit(0);
		case 'v': puts("semd-bench " PACKAGE_VERSION); exit(0);
		default: exit(2);
		}
	}
	if (optind < argc)
		wrong_use("unexpected argument", argv[optind]);
}

int main(int argc, char **argv)
{
	struct settings settings = {
		.rounds = 15, .count = 5000, .in_flight = 128, .waiters = 10000,
		.client_cpu = -1, .server_cpu = -1,
	};
	struct daemon daemon;
	struct process echo;
	struct bench bench;
	char path[SUPPORT_PATH];
	parse(&settings, argc, argv);
	size_t count = add_references();
	if (!getenv("SEMD_DAEMON") && machine_find_daemon(path))
		environment_set("SEMD_DAEMON", path);

	daemon_start_in(&daemon, machine_memory_folder(), NULL);
	echo_start(&echo, path, daemon.folder);
	if (settings.client_cpu >= 0) {
		machine_pin(daemon.process.pid, settings.server_cpu);
		machine_pin(echo.pid, settings.server_cpu);
		machine_pin(0, settings.client_cpu);
	}
	bench_begin(&bench, &settings, daemon.socket, path);
	for (size_t i = 0; i < count; i++)
		measures[i].take(&bench);	/* warm up */
	for (size_t round = 0; round < settings.rounds; round++) {
		for (size_t i = 0; i < count; i++)
			measures[i].values[round] = measures[i].take(&bench);
	}
	bench_end(&bench);
	process_end(&echo);
	daemon_stop(&daemon);
	report(stdout, &settings, measures, count);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	perror("semd-bench: standard output");
	return 1;
}
