/*
 * rules_line.h - section 6 of the design: who lets whom pass, by the ledger of the rules.
 */
#ifndef SEMD_TESTS_RULES_LINE_H
#define SEMD_TESTS_RULES_LINE_H

#include "tests/model/rules.h"

enum { RULES_STUCK_PASSES = 64 };

bool rules_takes(const struct rules_term *term);
/* Whether all semaphores of the request are in the ledger, so that it can be judged. */
bool rules_is_visible(struct rules *rules, const struct rules_request *request);
/* Whether `there` permits are enough for what the request takes from the semaphore on its way. */
bool rules_has_enough(const struct rules_request *request, uint64_t sem, int64_t there);
/* Whether the term takes of a semaphore of which there is not enough for the request. */
bool rules_is_short(struct rules *rules, const struct rules_request *request, int term);
/* Whether there is enough of all that it takes; not of one that waits for zero. */
bool rules_fits(struct rules *rules, const struct rules_request *request);

/* Whether the pending one stands in its way: shares a line and does not let it pass by (a) or (b). */
bool rules_bars(struct rules *rules, int ahead, const struct rules_request *request);
/* Whether it lets it pass after all; `doubt` is the answer if a semaphore in question is not seen. */
bool rules_lets_pass(struct rules *rules, int ahead, const struct rules_request *request, bool doubt);
/* It did; the ledger is still as it was before. */
void rules_note_passed(struct rules *rules, int ahead, const struct rules_request *request);

#endif
