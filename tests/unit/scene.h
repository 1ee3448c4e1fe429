/*
 * scene.h - what the tests of changes from outside begin with: of 2 permits of "a" `holder` holds 2 and
 * `waiter` waits for 1; `owner` looks on. Each has it as handle 0.
 */
#ifndef SEMD_TESTS_UNIT_SCENE_H
#define SEMD_TESTS_UNIT_SCENE_H

#include "tests/unit/stage.h"

extern struct session *holder, *waiter, *owner;
extern uint64_t waiting;	/* the number of the waiter's request */

void scene_begin(void);
int give_back(struct session *session, uint32_t n);

#endif
