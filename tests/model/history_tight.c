/*
 * history_tight.c - steps of clients that hold permits and ask for more, so that they get stuck
 * behind each other in every way.
 */
#include <string.h>

#include "tests/model/history.h"

enum { TIGHT_SESSIONS = 5, TIGHT_NAMES = 3, BUSY_NAMES = 2 };

void history_begin_tight(struct history *history, struct chance *chance)
{
	const bool busy = history->mood == MOOD_BUSY;
	history->config.limits = (struct engine_limits){ 64, 64, 64, 128 };
	history->names = busy ? BUSY_NAMES : TIGHT_NAMES;
	for (int i = 1; i <= TIGHT_SESSIONS; i++)
		if (busy)
			history->process[i] = i <= 3 ? 0 : -1;
		else
			history->process[i] = (int)chance_below(chance, 4) - 2;
	if (busy)
		history->length = HISTORY_STEPS;
}

/*
 * Whether the session's client waits; in a busy history, where sessions are threads, whether the
 * session itself waits.
 */
static bool waits(const struct history *history, const struct model *model, int session)
{
	for (int i = 0; i < model->waiters; i++) {
		int other = model->waiter[i].session;
		if (other == session)
			return true;
		if (history->mood == MOOD_TIGHT &&
		    model->session[other].client == model->session[session].client)
			return true;
	}
	return false;
}

/* Prefers a session that does not wait. */
static int pick_session(const struct history *history, struct chance *chance,
                        const struct model *model)
{
	int session = 1;
	for (int i = 0; i < 10; i++) {
		session = 1 + (int)chance_below(chance, TIGHT_SESSIONS);
		if (!model->session[session].alive || chance_one_in(chance, 20) ||
		    !waits(history, model, session))
			break;
	}
	return session;
}

static void open_next(struct chance *chance, const struct model_session *session, struct step *step)
{
	step->kind = STEP_OPEN;
	step->open.handle = (uint32_t)session->used;
	step->name = (char)('a' + session->used);
	step->open.flags = WIRE_OPEN_CREATE;
	step->open.initial = 1 + chance_below(chance, 3);
	step->open.mode = 0666;
	if (chance_one_in(chance, 8))
		step->open.bypass = chance_below(chance, 3);
}

static const struct model_sem *sem_of(const struct model *model, const struct step *step,
                                      uint32_t handle)
{
	const struct model_handle *named = &model->session[step->session].handle[handle];
	return named->open ? &model->sem[named->sem] : NULL;
}

static uint32_t hold_of(const struct model *model, const struct step *step, uint32_t handle)
{
	const struct model_sem *sem = sem_of(model, step, handle);
	return sem ? (uint32_t)sem->hold[model->session[step->session].client] : 0;
}

static void add_term(struct step *step, enum wire_term_kind kind, uint32_t handle, uint32_t n)
{
	step->terms.term[step->terms.count++] = (struct wire_term){
		.handle = handle, .kind = kind, .n = n
	};
}

/* Gives back all that the session's client holds of the semaphores that the session has open. */
static void give_back(const struct history *history, const struct model *model, struct step *step)
{
	for (uint32_t i = 0; i < (uint32_t)history->names; i++)
		if (hold_of(model, step, i) > 0)
			add_term(step, WIRE_TERM_RELEASE, i, hold_of(model, step, i));
}

static enum wire_term_kind pick_kind(struct chance *chance)
{
	const uint32_t roll = chance_below(chance, 100);
	return roll < 84 ? WIRE_TERM_ACQUIRE : roll < 89 ? WIRE_TERM_CONSUME :
	       roll < 95 ? WIRE_TERM_POST : roll < 98 ? WIRE_TERM_RELEASE : WIRE_TERM_SETTLE;
}

static uint32_t pick_number(struct chance *chance, const struct model_sem *sem)
{
	if (sem && chance_one_in(chance, 5) && model_total(sem) > 0)
		return (uint32_t)model_total(sem);
	return chance_one_in(chance, 3) ? 2 : 1;
}

static void ask_for_some(const struct history *history, struct chance *chance,
                         const struct model *model, struct step *step)
{
	const uint32_t names = (uint32_t)history->names;
	const uint32_t first = chance_below(chance, names);
	const uint32_t count = 1 + chance_below(chance, names);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t handle = (first + i) % names;
		add_term(step, pick_kind(chance), handle,
		         pick_number(chance, sem_of(model, step, handle)));
	}
}

/* A step of one of many threads: give one permit and take one, or take another, or give one. */
static void take_turn(struct chance *chance, const struct model *model, struct step *step,
                      uint32_t handle)
{
	const uint32_t holds = hold_of(model, step, handle);
	const uint32_t roll = chance_below(chance, 16);
	if (holds > 0 && roll < 13)
		add_term(step, WIRE_TERM_RELEASE, handle, 1);
	if (holds < 2 || roll < 14)
		add_term(step, WIRE_TERM_ACQUIRE, handle, 1);
	else
		add_term(step, WIRE_TERM_RELEASE, handle, holds - 1);
}

static void keep_busy(struct chance *chance, const struct model *model, struct step *step)
{
	const uint32_t roll = chance_below(chance, 6);
	if (roll > 0)
		take_turn(chance, model, step, 0);
	if (roll < 2)
		take_turn(chance, model, step, 1);
}

static void ask_for_all(struct chance *chance, const struct model *model, struct step *step)
{
	const uint32_t handles = 1 + chance_below(chance, BUSY_NAMES);
	for (uint32_t i = 0; i < handles; i++) {
		const struct model_sem *sem = sem_of(model, step, i);
		const bool all = sem && model_total(sem) > 0 && !chance_one_in(chance, 4);
		add_term(step, WIRE_TERM_ACQUIRE, i, all ? (uint32_t)model_total(sem) : 1);
	}
}

static void make_terms(const struct history *history, struct chance *chance,
                       const struct model *model, struct step *step)
{
	const bool ends = history->count > history->length - history->length / 4;
	step->kind = STEP_APPLY;
	step->ns = ENGINE_FOREVER;
	if (chance_one_in(chance, 10))
		step->ns = chance_one_in(chance, 2) ? ENGINE_TRY : 20000000;
	if (ends || (history->mood == MOOD_TIGHT && chance_one_in(chance, 6)))
		give_back(history, model, step);
	if (step->terms.count > 0)
		return;
	if (ends) {
		step->kind = STEP_ADVANCE;
		step->ns = 1000000;
	} else if (history->mood == MOOD_TIGHT) {
		ask_for_some(history, chance, model, step);
	} else if (history->process[step->session] >= 0) {
		keep_busy(chance, model, step);
	} else {
		ask_for_all(chance, model, step);
	}
}

bool history_next_tight(const struct history *history, struct chance *chance,
                        const struct model *model, struct step *step)
{
	const struct model_session *session;
	step->session = pick_session(history, chance, model);
	session = &model->session[step->session];
	step->probe = chance_one_in(chance, 2);
	if (!session->alive) {
		step->kind = STEP_CONNECT;
	} else if (session->used == 0 && history->process[step->session] >= 0 &&
	           !model->client[session->client].bound) {
		step->kind = STEP_BIND;
		step->slot = history->process[step->session];
	} else if (session->used < history->names) {
		open_next(chance, session, step);
	} else if (chance_one_in(chance, history->mood == MOOD_BUSY ? 200 : 25)) {
		return false;
	} else {
		make_terms(history, chance, model, step);
	}
	return true;
}
