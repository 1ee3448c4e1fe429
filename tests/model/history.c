/*
 * history.c - makes random steps.
 */
#include <string.h>

#include "tests/model/history.h"

static const struct peer users[HISTORY_USERS] = {
	{ 10, 1000, 2000 }, { 11, 1001, 2001 }, { 12, 1002, 2002 },
	{ 13, 0, 0 }, { 14, 500, 500 }, { 15, 65534, 65534 }
};

const struct peer *history_user(int user)
{
	return &users[user];
}

uint32_t chance_below(struct chance *chance, uint32_t bound)
{
	uint64_t mixed = chance->state += UINT64_C(0x9e3779b97f4a7c15);
	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((mixed >> 33) % bound);
}

bool chance_one_in(struct chance *chance, uint32_t n)
{
	return chance_below(chance, n) == 0;
}

void history_begin(struct history *history, struct chance *chance)
{
	static const struct engine_limits wide = { 64, 64, 64, 128 };
	static const enum history_mood moods[] = {
		MOOD_EVEN, MOOD_EVEN, MOOD_EVEN, MOOD_ROUGH, MOOD_ROUGH, MOOD_ROUGH,
		MOOD_DENSE, MOOD_DENSE, MOOD_DENSE, MOOD_TIGHT, MOOD_TIGHT, MOOD_TIGHT,
		MOOD_TIGHT, MOOD_BUSY
	};
	memset(history, 0, offsetof(struct history, step));
	history->config.admin_uid = 500;
	history->config.nobody_uid = 65534;
	history->config.limits = wide;
	if (chance_one_in(chance, 5))
		history->config.limits = (struct engine_limits){
			.clients = 2 + chance_below(chance, 3),
			.semaphores = 1 + chance_below(chance, 3),
			.waiters = 1 + chance_below(chance, 5),
			.handles = 2 + chance_below(chance, 4)
		};
	history->names = 1 + (int)chance_below(chance, HISTORY_NAMES);
	history->mood = moods[chance_below(chance, sizeof(moods) / sizeof(moods[0]))];
	history->length = 20 + (int)chance_below(chance, 70);
	if (history->mood == MOOD_DENSE)
		history->names = HISTORY_NAMES;
	else if (history->mood == MOOD_TIGHT || history->mood == MOOD_BUSY)
		history_begin_tight(history, chance);
}

/* A live session other than the observer's; any if none is found. */
static int pick_session(struct chance *chance, const struct model *model)
{
	int session = 1;
	for (int i = 0; i < 8; i++) {
		session = 1 + (int)chance_below(chance, MODEL_SESSIONS - 1);
		if (model->session[session].alive)
			break;
	}
	return session;
}

static uint32_t pick_handle(struct chance *chance, const struct model_session *session)
{
	uint32_t handle = 0;
	for (int i = 0; i < 12; i++) {
		handle = chance_below(chance, MODEL_HANDLES);
		if (session->handle[handle].open || chance_one_in(chance, 40))
			break;
	}
	return handle;
}

static uint32_t pick_number(struct chance *chance)
{
	if (chance_one_in(chance, 150))
		return 0;
	return chance_one_in(chance, 15) ? 3 + chance_below(chance, 4) :
	       1 + chance_below(chance, 3);
}

static uint32_t pick_kind(const struct history *history, struct chance *chance, bool holds)
{
	const uint32_t roll = chance_below(chance, 100);
	if (history->mood == MOOD_DENSE && chance_one_in(chance, 2))
		return roll < 50 ? WIRE_TERM_ACQUIRE : roll < 80 ? WIRE_TERM_POST :
		       WIRE_TERM_CONSUME;

	if (holds && roll < 35)
		return roll < 27 ? WIRE_TERM_RELEASE : WIRE_TERM_SETTLE;
	if (roll < 75)
		return WIRE_TERM_ACQUIRE;
	if (roll < 84)
		return WIRE_TERM_POST;
	if (roll < 92)
		return WIRE_TERM_CONSUME;
	return roll < 97 ? WIRE_TERM_RELEASE : WIRE_TERM_SETTLE;
}

static void make_terms(const struct history *history, struct chance *chance,
                       const struct model *model, struct step *step)
{
	const struct model_session *session = &model->session[step->session];
	const bool zero = chance_one_in(chance, 15);
	const uint32_t roll = chance_below(chance, 12);
	step->terms.count = 2 + (roll < 9 ? 0 : chance_below(chance, MODEL_TERMS - 1));
	if (history->mood != MOOD_DENSE && roll < 6)
		step->terms.count = 1;
	for (uint32_t i = 0; i < step->terms.count; i++) {
		struct wire_term *term = &step->terms.term[i];
		const struct model_handle *handle;
		term->handle = pick_handle(chance, session);
		handle = &session->handle[term->handle];
		term->kind = pick_kind(history, chance, handle->open &&
		                       model->sem[handle->sem].hold[session->client] > 0);
		term->n = pick_number(chance);
		if (zero) {
			term->kind = WIRE_TERM_WAIT_ZERO;
			term->n = chance_one_in(chance, 30);
		}
	}
	step->ns = ENGINE_FOREVER;
	if (chance_one_in(chance, 3))
		step->ns = 1000000 * (1 + (uint64_t)chance_below(chance, 20));
	if (chance_one_in(chance, history->mood == MOOD_DENSE ? 12 : 4))
		step->ns = ENGINE_TRY;
}

static void make_open(const struct history *history, struct chance *chance,
                      const struct model *model, struct step *step)
{
	static const uint32_t modes[] = { 0666, 0666, 0666, 0, 0660, 0644, 0640, 0622, 0446,
	                                  01666 };
	const struct model_session *session = &model->session[step->session];
	struct open_request *open = &step->open;
	while (open->handle < MODEL_HANDLES - 1 && session->handle[open->handle].open &&
	       !chance_one_in(chance, 40))
		open->handle++;
	if (!chance_one_in(chance, 8))
		open->flags |= WIRE_OPEN_CREATE;
	if (chance_one_in(chance, 4))
		open->flags |= WIRE_OPEN_RELEASE_POSTS;
	if (chance_one_in(chance, 4))
		open->flags |= WIRE_OPEN_LAST_CLOSE;
	if (chance_one_in(chance, 25))
		open->flags |= WIRE_OPEN_EXCLUSIVE;
	if (chance_one_in(chance, 15))
		open->flags |= WIRE_OPEN_RESET;
	open->initial = chance_below(chance, 5);
	if (history->mood != MOOD_DENSE && chance_one_in(chance, 2))
		open->max = open->initial + chance_below(chance, 4);
	if (chance_one_in(chance, 30))
		open->max = 1;
	open->mode = modes[0];
	if (history->mood == MOOD_ROUGH)
		open->mode = modes[chance_below(chance, chance_one_in(chance, 5) ? 10 : 9)];
	if (!chance_one_in(chance, 4))
		step->name = (char)('a' + (int)open->handle % history->names);
	open->bypass = chance_one_in(chance, 3) ? chance_below(chance, 4) : 0;
}

static void make_change(struct chance *chance, const struct history *history, struct step *step)
{
	struct change_request *change = &step->change;
	change->mask = 1u << chance_below(chance, 5);
	if (chance_one_in(chance, 3))
		change->mask |= 1u << chance_below(chance, 5);
	if (history->config.limits.semaphores < 10)
		change->mask &= ~(uint32_t)WIRE_CHANGE_UID;
	change->max = chance_below(chance, 8);
	change->mode = chance_one_in(chance, 10) ? 01000 : chance_one_in(chance, 2) ? 0666 : 0640;
	change->uid = 1000 + chance_below(chance, 3);
	change->gid = 2000 + chance_below(chance, 3);
	change->bypass = chance_below(chance, 4);
}

static bool any_died(const struct model *model)
{
	bool any = false;
	for (int i = 0; i < MODEL_SESSIONS; i++)
		any |= model->session[i].alive && model_has_died(model, i);
	for (int i = 0; i < model->clients; i++)
		any |= model->client[i].alive && model->client[i].died;
	return any;
}

/*
 * Either one process with its bound client and the sessions that speak for it, or a few sessions
 * and processes at random.
 */
static void pick_dead(const struct history *history, struct chance *chance, struct step *step)
{
	const unsigned all = (1u << MODEL_SESSIONS) - 2;
	step->slots = 1u << step->slot;
	step->bury = chance_one_in(chance, 2);
	if (chance_one_in(chance, 2)) {
		for (int i = 1; i < MODEL_SESSIONS; i++)
			if (history->process[i] == step->slot)
				step->sessions |= 1u << i;
		if (step->sessions != 0)
			return;
	}
	const unsigned some = chance_below(chance, all + 2), others = chance_below(chance, all + 2);
	step->sessions = some & others & all;
	if (chance_one_in(chance, 3))
		step->slots = chance_below(chance, 1u << HISTORY_BOUND);
}

static enum step_kind pick_step(const struct history *history, struct chance *chance,
                                const struct model *model, int session)
{
	static const struct { enum step_kind kind; uint32_t weight; } weights[] = {
		{ STEP_APPLY, 56 }, { STEP_OPEN, 10 }, { STEP_ADVANCE, 7 }, { STEP_CONNECT, 5 },
		{ STEP_CLOSE, 3 }, { STEP_CANCEL, 3 }, { STEP_DISCONNECT, 3 }, { STEP_BIND, 3 },
		{ STEP_DETACH, 3 }, { STEP_DIE, 4 }, { STEP_QUERY, 3 }, { STEP_SET, 2 },
		{ STEP_CHANGE, 4 }, { STEP_RESET, 1 }, { STEP_REMOVE, 1 }, { STEP_UNLINK, 1 },
		{ STEP_KICK, 2 }
	};
	uint32_t roll = chance_below(chance, 111);
	size_t i = 0;
	if (!model->session[session].alive)
		return STEP_CONNECT;
	if (model->session[session].used == 0 && chance_one_in(chance, 4))
		return STEP_BIND;
	if (model->session[session].used < history->names && !chance_one_in(chance, 5))
		return STEP_OPEN;
	if (any_died(model) && chance_one_in(chance, 5))
		return STEP_BURY;
	if (history->mood != MOOD_ROUGH &&
	    !chance_one_in(chance, history->mood == MOOD_DENSE ? 12 : 3))
		return STEP_APPLY;
	while (roll >= weights[i].weight)
		roll -= weights[i++].weight;
	return weights[i].kind;
}

void history_next(const struct history *history, struct chance *chance, const struct model *model,
                  struct step *step)
{
	memset(step, 0, sizeof(*step));
	if (history->mood == MOOD_TIGHT || history->mood == MOOD_BUSY) {
		if (history_next_tight(history, chance, model, step))
			return;
	} else {
		step->session = pick_session(chance, model);
	}
	step->kind = pick_step(history, chance, model, step->session);
	step->probe = chance_one_in(chance, 2);
	step->slot = (int)chance_below(chance, HISTORY_BOUND);
	step->name = (char)('a' + chance_below(chance, (uint32_t)history->names));
	step->back = chance_below(chance, 6);
	step->whose = (int)chance_below(chance, MODEL_SESSIONS);
	step->user = (int)chance_below(chance, 2);
	if (chance_one_in(chance, history->mood == MOOD_ROUGH ? 3 : 20))
		step->user = (int)chance_below(chance, HISTORY_USERS);
	step->change.handle = pick_handle(chance, &model->session[step->session]);
	step->change.max = chance_below(chance, 6);
	if (step->kind == STEP_CONNECT)
		step->session = 1 + (int)chance_below(chance, MODEL_SESSIONS - 1);
	else if (step->kind == STEP_APPLY)
		make_terms(history, chance, model, step);
	else if (step->kind == STEP_OPEN)
		make_open(history, chance, model, step);
	else if (step->kind == STEP_DIE)
		pick_dead(history, chance, step);
	else if (step->kind == STEP_CHANGE)
		make_change(chance, history, step);
	else if (step->kind == STEP_ADVANCE)
		step->ns = 500000 * (1 + (uint64_t)chance_below(chance, 30));
}
