/*
 * table.h - the scene in which each cell of the table is tested: the owner has created the
 * semaphore "sem" with 2 permits, and the holder holds both.
 */
#ifndef SEMD_TESTS_TABLE_H
#define SEMD_TESTS_TABLE_H

#include "tests/system/served.h"

struct scene {
	struct semd_client *owner, *holder, *waiter;	/* NULL: ended by the test */
	struct semd_sem *owners, *held;			/* their handles */
	struct acquiring wait;				/* the waiter's, for one permit */
};

extern struct scene scene;

void scene_begin(void);
void scene_end(void);

/* Begins scene.wait; returns when it is first in the line. */
void scene_wait(void);

/* Opens and closes; returns the result of the opening. */
int open_existing(struct semd_client *client, const char *name);

/* All calls with a handle except close. */
enum { TABLE_CALLS = 9 };
extern int (*const table_calls[TABLE_CALLS])(struct semd_sem *sem);

/* A case whose tests begin in the scene. */
TCase *table_row(Suite *suite, const char *name);

/* Add the rows; two rows share a file. */
void table_set_and_reset(Suite *suite);
void table_remove_and_unlink(Suite *suite);
void table_close_and_detach(Suite *suite);

#endif
