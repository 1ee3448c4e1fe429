/*
 * demo.h - what the parts of the demo share: its daemon, a client that only observes, and the
 * functions that start the demo's program again as a worker.
 */
#ifndef SEMD_TESTS_DEMO_H
#define SEMD_TESTS_DEMO_H

#include <stdbool.h>

#include "client/semd.h"
#include "tests/support/daemon.h"
#include "tests/support/support.h"

struct demo {
	const char *program;	/* this program, which is also the worker */
	const char *source;	/* the tree with the input files */
	char folder[SUPPORT_PATH];	/* contains all that the demo makes */
	struct daemon daemon;
	struct semd_client *client;
};

/* Unless `truth`, prints the untrue claim and ends the demo as failed. */
void demand(bool truth, const char *format, ...) __attribute__((format(PRINTF_FORMAT, 2, 3)));

/* The same for the result of a library call. */
void demand_ok(int result, const char *call);

/*
 * Connects to the demo's daemon, and opens `name`. A new semaphore starts with `initial` permits
 * and never has more than `max`.
 */
struct semd_client *demo_connect(const char *socket, const char *label);
struct semd_sem *demo_open(struct semd_client *client, const char *name, uint32_t initial,
                           uint32_t max);

/*
 * Starts this program with up to seven words as arguments. Its input and output are pipes;
 * `environment` is added to ours. Both lists end with NULL.
 */
void demo_start(const struct demo *demo, struct process *process, const char *const *words,
                const char *const *environment);

/*
 * The two halves of the story, and the workers: what main runs if the first word is "squeeze",
 * "take", "produce" or "consume". ring_clean_up may be called at any time.
 */
void slots_story(struct demo *demo);
int slots_squeeze(char **words);
int slots_take(char **words);
void ring_story(struct demo *demo);
void ring_clean_up(void);
int ring_produce(char **words);
int ring_consume(char **words);

#endif
