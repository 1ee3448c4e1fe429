/*
 * deadlock_history.h - random histories of a few clients and semaphores, played on the stage's
 * engine. `state` follows from the requests and their answers alone.
 */
#ifndef SEMD_TESTS_UNIT_DEADLOCK_HISTORY_H
#define SEMD_TESTS_UNIT_DEADLOCK_HISTORY_H

#include "tests/unit/deadlock_search.h"

enum { SPEAKERS = 2, STEPS = 20 };

/* HISTORY_GREEDY: requests only acquire, and no waiter is made unyielding. */
enum history_kind { HISTORY_ANY, HISTORY_GREEDY };

/*
 * `owner` creates the semaphores and does nothing else. The sessions of a client are the same twice
 * unless the client is bound.
 */
extern struct state state;
extern struct session *owner;
extern struct session *session[CLIENTS][SPEAKERS];
extern uint64_t client_number[CLIENTS];

void history_begin(uint64_t seed, enum history_kind kind);
void history_step(void);
int history_below(int limit);

/* Print to standard error, as TAP comments. */
void history_print(uint64_t seed);
void history_print_sets(const char *title, const unsigned *sets, int count);

#endif
