/*
 * demo.c - shows what semd is for, with a daemon of its own: permits that come back from killed
 * processes, and a ring buffer that loses nothing. The demo checks every claim that it prints, and
 * fails if one is untrue.
 */
#include "config.h"

#include "tests/demo/demo.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static struct demo the_demo;	/* for clean_up, which has no argument */

void demand(bool truth, const char *format, ...)
{
	if (truth)
		return;
	va_list args;
	va_start(args, format);
	fflush(stdout);
	fputs("demo: untrue: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

void demand_ok(int result, const char *call)
{
	demand(result == 0, "%s works: %s", call, semd_strerror(result));
}

struct semd_client *demo_connect(const char *socket, const char *label)
{
	struct semd_client *client;
	demand_ok(semd_connect(socket, SEMD_NO_START, &client), "semd_connect");
	demand_ok(semd_label(client, label), "semd_label");
	return client;
}

struct semd_sem *demo_open(struct semd_client *client, const char *name, uint32_t initial,
                           uint32_t max)
{
	struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = initial, .max = max,
	};
	struct semd_sem *sem;
	demand_ok(semd_open(client, name, &options, &sem), "semd_open");
	return sem;
}

void demo_start(const struct demo *demo, struct process *process, const char *const *words,
                const char *const *environment)
{
	enum { MOST = 7 };
	const char *argv[MOST + 2] = { demo->program };
	for (size_t i = 0; words[i]; i++) {
		if (i == MOST)
			support_die("too many arguments");
		argv[i + 1] = words[i];
	}
	process_start(process, &(struct start){
		.argv = argv, .environment = environment, .in = STREAM_PIPE, .out = STREAM_PIPE,
	});
}

/* Leaves nothing behind in whatever way the demo ends; started programs die with it. */
static void clean_up(void)
{
	ring_clean_up();
	daemon_end(&the_demo.daemon);
	folder_remove(the_demo.folder);
}

static int tell_story(const char *program)
{
	struct demo *demo = &the_demo;
	const char *source = getenv("SEMD_TEST_SOURCE");
	demo->program = program;
	demo->source = source ? source : ".";
	folder_make(demo->folder, NULL);
	atexit(clean_up);
	daemon_start_in(&demo->daemon, demo->folder, OPTIONS("--no-state"));
	demo->client = demo_connect(demo->daemon.socket, "demo");
	printf("The demo's own semd is process %d.\n", (int)demo->daemon.process.pid);

	slots_story(demo);
	ring_story(demo);

	semd_disconnect(demo->client);
	daemon_stop(&demo->daemon);
	puts("\nAll claims above were checked and are true.");
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *word;
		int (*run)(char **words);
	} workers[] = {
		{ "squeeze", slots_squeeze },
		{ "take", slots_take },
		{ "produce", ring_produce },
		{ "consume", ring_consume },
	};
	/* Readers wait for lines, and not all C libraries have line buffers. */
	setvbuf(stdout, NULL, _IONBF, 0);
	for (size_t i = 0; argc > 1 && i < sizeof(workers) / sizeof(workers[0]); i++) {
		if (strcmp(argv[1], workers[i].word) == 0)
			return workers[i].run(argv + 2);
	}
	if (argc > 1) {
		fputs("usage: demo\n", stderr);
		return 2;
	}
	return tell_story(argv[0]);
}
