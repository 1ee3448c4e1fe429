/*
 * rules_line.h - section 6 of the design, on the ledger of the rules: which waiters let which
 * requests pass.
 */
#ifndef SEMD_TESTS_RULES_LINE_H
#define SEMD_TESTS_RULES_LINE_H

#include "tests/model/rules.h"

enum { RULES_STUCK_PASSES = 64 };

bool rules_takes(const struct rules_term *term);
/* Whether all semaphores of the request are in the ledger; if not, the request cannot be judged. */
bool rules_is_visible(struct rules *rules, const struct rules_request *request);
/* Whether `there` permits are enough for all terms of the request on the semaphore, in order. */
bool rules_has_enough(const struct rules_request *request, uint64_t sem, int64_t there);
/* Whether the term takes from a semaphore that has too few permits for the request. */
bool rules_is_short(struct rules *rules, const struct rules_request *request, int term);
/* Whether there is enough of all that the request takes; false for a wait for zero. */
bool rules_fits(struct rules *rules, const struct rules_request *request);

/*
 * Whether pending request `ahead` bars the request: they share a line, and (a) and (b) do not
 * apply.
 */
bool rules_bars(struct rules *rules, int ahead, const struct rules_request *request);
/*
 * Whether `ahead` lets the request pass by any clause; `doubt` if that depends on a semaphore that
 * is not in the ledger.
 */
bool rules_lets_pass(struct rules *rules, int ahead, const struct rules_request *request,
                     bool doubt);
/* Counts the passing. To be called before the ledger is changed. */
void rules_note_passed(struct rules *rules, int ahead, const struct rules_request *request);

#endif
