/*
 * deadlock_scene.h - the starting point of tests about deadlocks: handles 0 to 2 of every session
 * are "x", "y", "z" with two permits each. The labels of the sessions are "0" to "5".
 */
#ifndef SEMD_TESTS_UNIT_DEADLOCK_SCENE_H
#define SEMD_TESTS_UNIT_DEADLOCK_SCENE_H

#include "tests/unit/seen_deadlocks.h"

enum { ACTORS = 6 };

extern struct session *actor[ACTORS];
extern struct seen_deadlocks seen;	/* by the last look */

/* A test case that begins so. */
TCase *deadlock_scene_case(Suite *suite, const char *name);

/* Opens the three semaphores in another session. */
void join_all(struct session *session);

#define takes(session, ...) \
	ck_assert_int_eq(stage_apply(session, ENGINE_TRY, __VA_ARGS__), WIRE_OK)
#define waits(session, ...) \
	ck_assert_int_eq(stage_apply(session, ENGINE_FOREVER, __VA_ARGS__), ENGINE_WAITS)

/* actor[1] and actor[2] wait for each other, which is `crosswise` in words. */
extern const char crosswise[];
void wait_crosswise(void);

/* Searches, and sees what actor[0] may see. */
void look(void);
void expect_none(void);

/* There must be exactly this deadlock, certain (`sure`) or only possible. */
void expect_one(bool sure, const char *text);

#endif
