/*
 * scene.h - the starting point of tests about ends, kicks and administration. `holder` holds both
 * permits of "a", `waiter` waits for 1, `owner` has created it. "a" is handle 0 of each.
 */
#ifndef SEMD_TESTS_UNIT_SCENE_H
#define SEMD_TESTS_UNIT_SCENE_H

#include "tests/unit/stage.h"

extern struct session *holder, *waiter, *owner;
extern uint64_t waiting;	/* the number of the waiter's request */

void scene_begin(void);
int give_back(struct session *session, uint32_t n);

#endif
