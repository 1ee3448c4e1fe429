/*
 * rules.c - repeats the engine's grants on its own reports and says which rule is broken.
 *
 * Semaphores without a name are not in the reports; terms on them are ignored here.
 */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tests/model/rules_line.h"

struct check {
	struct rules *rules;
	const struct rules_step *step;
	char *text;
	size_t size;
	bool broken;
	int64_t released[REPORT_NAMES];	/* by a client's end */
};

static void __attribute__((format(PRINTF_FORMAT, 2, 3))) broken(struct check *check,
                                                                const char *format, ...)
{
	va_list args;
	if (check->broken)
		return;
	va_start(args, format);
	vsnprintf(check->text, check->size, format, args);
	va_end(args);
	check->broken = true;
}

static void check_order(struct check *check, const struct rules_request *request, int before)
{
	struct rules *rules = check->rules;
	for (int i = 0; i < before; i++)
		if (!rules_lets_pass(rules, i, request, true))
			broken(check, "rule 6: request %" PRIu64 " of session %d overtook request %"
			       PRIu64 " of session %d", request->number, request->session,
			       rules->pending[i].number, rules->pending[i].session);
	for (int i = 0; i < before; i++)
		rules_note_passed(rules, i, request);
}

static void change_hold(struct report_sem *sem, uint64_t client, int64_t by)
{
	int i = 0;
	while (i < sem->holders && sem->holder[i].client != client)
		i++;
	if (i == sem->holders)
		sem->holder[sem->holders++] = (struct report_party){ .client = client };
	sem->holder[i].permits = (uint32_t)(sem->holder[i].permits + by);
	sem->row.held += (uint64_t)by;
	if (sem->holder[i].permits == 0)
		sem->holder[i] = sem->holder[--sem->holders];
}

static void redo_post(struct check *check, struct report_sem *sem, int64_t n)
{
	if (sem->row.available + (int64_t)sem->row.held + n > (int64_t)sem->row.max)
		broken(check, "rule 5: a post over max was granted");
	sem->row.available += n;
	sem->row.posted += (uint64_t)n;
}

static void redo_term(struct check *check, struct report_sem *sem, uint64_t client,
                      const struct rules_term *term)
{
	int64_t hold = report_hold(sem, client);
	int64_t own = term->n < hold ? term->n : hold;
	if (rules_takes(term)) {
		if (sem->row.available < term->n)
			broken(check,
			       "rule 2: granted %" PRId64 " of %" PRId64 " available permits",
			       term->n, sem->row.available);
		sem->row.available -= term->n;
		if (term->kind == WIRE_TERM_ACQUIRE)
			change_hold(sem, client, term->n);
		else
			sem->row.used_up += (uint64_t)term->n;
	} else if (term->kind == WIRE_TERM_POST) {
		redo_post(check, sem, term->n);
	} else {
		if (own < term->n && !(term->kind == WIRE_TERM_RELEASE && term->release_posts))
			broken(check, "rule 5: more was given back than is held");
		if (own > 0)
			change_hold(sem, client, -own);
		if (term->kind == WIRE_TERM_SETTLE)
			sem->row.used_up += (uint64_t)own;
		else
			sem->row.available += own;
		if (own < term->n)
			redo_post(check, sem, term->n - own);
	}
}

static void redo(struct check *check, const struct rules_request *request, int before)
{
	check_order(check, request, before);
	for (int i = 0; i < request->count; i++) {
		struct report_sem *sem = report_find(&check->rules->ledger, request->term[i].sem);
		if (sem && request->term[i].kind != WIRE_TERM_WAIT_ZERO)
			redo_term(check, sem, request->client, &request->term[i]);
	}
	for (int i = 0; i < request->count; i++) {
		struct report_sem *sem = report_find(&check->rules->ledger, request->term[i].sem);
		if (sem && sem->row.available + (int64_t)sem->row.held < 0)
			sem->row.available = -(int64_t)sem->row.held;
	}
}

static void check_zero(struct check *check, const struct rules_request *request)
{
	for (int i = 0; i < request->count; i++) {
		const struct report_sem *sem = report_find(&check->rules->ledger,
		                                           request->term[i].sem);
		if (sem && sem->row.available > 0)
			broken(check, "rule 5: woken though permits are available");
	}
}

static int find_pending(const struct rules *rules, const struct model_answer *answer)
{
	int i = 0;
	while (i < rules->pendings && (rules->pending[i].session != answer->session ||
	                               rules->pending[i].number != answer->number))
		i++;
	return i;
}

/* Gives back all that the client holds. */
static int64_t release(struct report_sem *sem, uint64_t client)
{
	int64_t hold = report_hold(sem, client);
	if (hold > 0)
		change_hold(sem, client, -hold);
	sem->row.available += hold;
	return hold;
}

/* Repeats what the step itself does, without its grants. */
static void redo_effect(struct check *check)
{
	struct rules *rules = check->rules;
	const struct rules_step *step = check->step;
	for (int i = 0; i < REPORT_NAMES; i++) {
		struct report_sem *sem = &rules->ledger.sem[i];
		int64_t hold = report_hold(sem, step->client);
		if (!sem->there)
			continue;
		for (int k = 0; k < step->ends && step->effect == RULES_END; k++)
			check->released[i] += release(sem, step->ended[k]);
		if (step->effect == RULES_DETACH && hold > 0)
			change_hold(sem, step->client, -hold);
		if (step->effect == RULES_DETACH && hold > 0)
			change_hold(sem, step->heir, hold);
		if (sem->row.id != step->sem)
			continue;
		if (step->effect == RULES_RESET) {
			sem->holders = 0;
			sem->row.held = 0;
		}
		if (step->effect == RULES_RESET || step->effect == RULES_SET)
			sem->row.available = step->total - (int64_t)sem->row.held;
		if (step->effect == RULES_GONE)
			sem->there = false;
	}
}

/* Cancelled, timed-out and removed waiters leave the line before any waiter is served. */
static void redo_answers(struct check *check)
{
	struct rules *rules = check->rules;
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < check->step->answers; i++) {
			const struct model_answer *answer = &check->step->answer[i];
			bool served = answer->status == WIRE_OK ||
			              answer->status == WIRE_ENOTHELD ||
			              answer->status == WIRE_EOVERFLOW;
			int at = find_pending(rules, answer);
			if (served != (pass == 1))
				continue;
			if (at == rules->pendings) {
				broken(check, "rule 5: an answer to a request that does not wait");
				return;
			}
			if (answer->status == WIRE_OK) {
				if (rules->pending[at].term[0].kind == WIRE_TERM_WAIT_ZERO)
					check_zero(check, &rules->pending[at]);
				else
					redo(check, &rules->pending[at], at);
			}
			rules->pendings--;
			memmove(&rules->pending[at], &rules->pending[at + 1],
			        (size_t)(rules->pendings - at) * sizeof(rules->pending[0]));
		}
}

/* Waiters of ended sessions leave the line without an answer. */
static void drop_ended(struct rules *rules, const struct rules_step *step)
{
	for (int i = 0; i < rules->pendings; i++)
		if ((step->ended_sessions & 1u << rules->pending[i].session) != 0) {
			rules->pendings--;
			memmove(&rules->pending[i], &rules->pending[i + 1],
			        (size_t)(rules->pendings - i) * sizeof(rules->pending[0]));
			i--;
		}
}

static void check_sums(struct check *check, const struct report_sem *sem)
{
	uint64_t held = 0;
	for (int i = 0; i < sem->holders; i++)
		held += sem->holder[i].permits;
	if (held != sem->row.held)
		broken(check, "rule 1: holders hold %" PRIu64 ", held is %" PRIu64, held,
		       sem->row.held);
	if (sem->row.available + (int64_t)sem->row.held != (int64_t)sem->row.total)
		broken(check,
		       "rule 1: available %" PRId64 " + held %" PRIu64 " is not total %" PRIu64,
		       sem->row.available, sem->row.held, sem->row.total);
}

/*
 * Compares the report after the step with the repeated grants, and finds the rule that a difference
 * breaks.
 */
static void check_outcome(struct check *check, const struct report_sem *before,
                          const struct report_sem *want, const struct report_sem *got,
                          int64_t released)
{
	const enum rules_effect effect = check->step->effect;
	int rule = check->step->refused ? 5 : effect == RULES_END ? 3 : effect == RULES_DETACH ? 2 :
	           1;
	if (check->step->granted || (check->step->answers > 0 && effect != RULES_END))
		rule = 5;
	if (got->row.posted < before->row.posted || got->row.used_up < before->row.used_up ||
	    (effect == RULES_END && got->row.available < want->row.available - released))
		broken(check, "rule 4: what was posted or used up is undone");
	if (got->row.available != want->row.available)
		broken(check, "rule %d: available is %" PRId64 ", not %" PRId64, rule,
		       got->row.available, want->row.available);
	if (got->row.posted != want->row.posted || got->row.used_up != want->row.used_up)
		broken(check, "rule %d: posted or used_up is not what was granted", rule);
	for (int i = 0; i < got->holders; i++)
		if (report_hold(want, got->holder[i].client) != got->holder[i].permits)
			broken(check, "rule %d: client %" PRIu64 " holds %u, not %u", rule,
			       got->holder[i].client, got->holder[i].permits,
			       report_hold(want, got->holder[i].client));
	if (got->holders != want->holders)
		broken(check, "rule %d: %d hold, not %d", rule, got->holders, want->holders);
}

/* Rule 6 again: no waiter that can go may be left waiting. */
static void check_nobody_left(struct check *check)
{
	struct rules *rules = check->rules;
	for (int i = 0; i < rules->pendings; i++) {
		const struct rules_request *request = &rules->pending[i];
		bool goes = rules_fits(rules, request);
		for (int k = 0; k < i && goes; k++)
			goes = rules_lets_pass(rules, k, request, false);
		if (goes)
			broken(check, "rule 6: request %" PRIu64 " of session %d can go but waits",
			       request->number, request->session);
	}
}

bool rules_broken(struct rules *rules, const struct rules_step *step, const struct report *before,
                  const struct report *after, char *text, size_t size)
{
	struct check check = { .rules = rules, .step = step, .text = text, .size = size };
	rules->ledger = *before;
	for (int i = 0; i < REPORT_NAMES; i++)
		if (rules->ledger.sem[i].there && after->sem[i].there &&
		    rules->ledger.sem[i].row.id == after->sem[i].row.id) {
			rules->ledger.sem[i].row.max = after->sem[i].row.max;
			rules->ledger.sem[i].row.bypass = after->sem[i].row.bypass;
		}
	drop_ended(rules, step);
	redo_effect(&check);
	if (step->granted)
		redo(&check, step->granted, rules->pendings);
	if (step->waits)
		rules->pending[rules->pendings++] = *step->waits;
	redo_answers(&check);
	for (int i = 0; i < REPORT_NAMES; i++) {
		const struct report_sem *want = &rules->ledger.sem[i];
		const struct report_sem *got = &after->sem[i];
		if (got->there)
			check_sums(&check, got);
		if (want->there && got->there && want->row.id == got->row.id)
			check_outcome(&check, &before->sem[i], want, got, check.released[i]);
	}
	check_nobody_left(&check);
	return check.broken;
}
