/*
 * demo.h - what the parts of the demo share: the daemon of its own, the client that looks on, and the
 * ways in which the demo's program is started again to do the work.
 */
#ifndef SEMD_TESTS_DEMO_H
#define SEMD_TESTS_DEMO_H

#include <stdbool.h>

#include "client/semd.h"
#include "tests/support/daemon.h"
#include "tests/support/support.h"

struct demo {
	const char *program;	/* this program, to be started as a worker */
	const char *source;	/* the tree whose files are the input */
	char folder[SUPPORT_PATH];	/* everything lies in here, and goes with it */
	struct daemon daemon;
	struct semd_client *client;
};

/* Says what is untrue and ends the demo with failure unless `truth`. */
void demand(bool truth, const char *format, ...) __attribute__((format(PRINTF_FORMAT, 2, 3)));

/* The same for a call of the library, whose result it shows. */
void demand_ok(int result, const char *call);

/* Connects to the demo's daemon and opens `name`, creating it with `initial` of as many permits as
 * `max` allows if it does not exist. */
struct semd_client *demo_connect(const char *socket, const char *label);
struct semd_sem *demo_open(struct semd_client *client, const char *name, uint32_t initial, uint32_t max);

/* Starts this program with up to seven words as arguments; its input and output are pipes. `environment`
 * is added to ours. Both end with NULL. */
void demo_start(const struct demo *demo, struct process *process, const char *const *words,
                const char *const *environment);

/* The two halves of the story, and the programs that they start: what main does when the first word is
 * "squeeze", "take", "produce" or "consume". ring_clean_up may be called at any time. */
void slots_story(struct demo *demo);
int slots_squeeze(char **words);
int slots_take(char **words);
void ring_story(struct demo *demo);
void ring_clean_up(void);
int ring_produce(char **words);
int ring_consume(char **words);

#endif
