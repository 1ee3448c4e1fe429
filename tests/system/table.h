/*
 * table.h - the scene in which each cell of the table is tried: the semaphore "sem" was made with 2
 * permits by its owner, and the holder has both.
 */
#ifndef SEMD_TESTS_TABLE_H
#define SEMD_TESTS_TABLE_H

#include "tests/system/served.h"

struct scene {
	struct semd_client *owner, *holder, *waiter;	/* NULL: the test has ended it */
	struct semd_sem *owners, *held;			/* their handles */
	struct acquiring wait;				/* the waiter's, for one */
};

extern struct scene scene;

void scene_begin(void);
void scene_end(void);

/* Begins scene.wait; returns when it waits, as the first in the line. */
void scene_wait(void);

/* Opens and closes it: what came of the opening. */
int open_existing(struct semd_client *client, const char *name);

/* Everything that one can do with a handle but close it. */
enum { TABLE_CALLS = 9 };
extern int (*const table_calls[TABLE_CALLS])(struct semd_sem *sem);

/* A case whose tests begin in the scene. */
TCase *table_row(Suite *suite, const char *name);

/* The rows, a file for each two. */
void table_set_and_reset(Suite *suite);
void table_remove_and_unlink(Suite *suite);
void table_close_and_detach(Suite *suite);

#endif
