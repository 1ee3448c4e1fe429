/*
 * deadlock_history.h - random histories of a few clients and semaphores, played to the engine of the
 * stage. The state that they lead to is taken from what was asked and answered.
 */
#ifndef SEMD_TESTS_UNIT_DEADLOCK_HISTORY_H
#define SEMD_TESTS_UNIT_DEADLOCK_HISTORY_H

#include "tests/unit/deadlock_search.h"

enum { SPEAKERS = 2, STEPS = 20 };

/* HISTORY_GREEDY: all acquire and nobody gives back, and waiters let pass as they do. */
enum history_kind { HISTORY_ANY, HISTORY_GREEDY };

extern struct state state;
extern struct session *owner;				/* made the semaphores, does nothing else */
extern struct session *session[CLIENTS][SPEAKERS];	/* the same twice for one that is not bound */
extern uint64_t client_number[CLIENTS];

void history_begin(uint64_t seed, enum history_kind kind);
void history_step(void);
int history_below(int limit);

/* On standard error, as comments. */
void history_print(uint64_t seed);
void history_print_sets(const char *who, const unsigned *sets, int count);

#endif
