/*
 * model.c - objects of the model: rights, lifetimes, sessions and clients and their ends.
 */
#include <string.h>

#include "tests/model/model.h"

void model_init(struct model *model, const struct engine_config *config, struct model_seen *seen)
{
	memset(model, 0, sizeof(*model));
	model->config = *config;
	model->seen = seen;
}

void model_step(struct model *model, int hint)
{
	model->hint = hint;
	model->answers = 0;
	model->unbounds = 0;
	model->lost = model->kicked = 0;
}

unsigned model_bit(int status)
{
	return status == ENGINE_WAITS ? 1u << 31 : 1u << status;
}

int model_first(unsigned set)
{
	static const int order[] = {
		WIRE_EINVAL, WIRE_ENOENT, WIRE_EEXIST, WIRE_EACCES, WIRE_ERESET, WIRE_EQUOTA
	};
	size_t i = 0;
	while ((set & model_bit(order[i])) == 0)
		i++;
	return order[i];
}

int64_t model_held(const struct model_sem *sem)
{
	int64_t held = 0;
	for (int i = 0; i < MODEL_CLIENTS; i++)
		held += sem->hold[i];
	return held;
}

int64_t model_total(const struct model_sem *sem)
{
	return sem->available + model_held(sem);
}

int model_find(const struct model *model, char name)
{
	for (int i = 0; i < model->sems; i++)
		if (model->sem[i].named && model->sem[i].name == name)
			return i;
	return -1;
}

/* User 1001 is in the group of user 1000 as well. */
bool model_in_group(const struct peer *peer, uint32_t gid)
{
	return peer->uid == 1001 && gid == 2000;
}

static bool is_root(const struct model *model, int session)
{
	uint32_t uid = model->session[session].peer.uid;
	return uid == 0 || uid == model->config.admin_uid;
}

bool model_owns(const struct model *model, int session, const struct model_sem *sem)
{
	uint32_t uid = model->session[session].peer.uid;
	if (is_root(model, session))
		return true;
	return uid != model->config.nobody_uid && uid == sem->uid;
}

/* `want` is 4 for reading, 2 for writing, 6 for either. */
bool model_may(const struct model *model, int session, const struct model_sem *sem, unsigned want)
{
	const struct peer *peer = &model->session[session].peer;
	unsigned bits = sem->mode;
	if (is_root(model, session))
		return true;
	if (model_owns(model, session, sem))
		bits >>= 6;
	else if (peer->gid == sem->gid || model_in_group(peer, sem->gid))
		bits >>= 3;
	return (bits & want) != 0;
}

int model_handle_fault(const struct model *model, int session, int handle)
{
	const struct model_session *speaker = &model->session[session];
	const struct model_handle *named = &speaker->handle[handle];
	if (named->open)
		return model->sem[named->sem].removed ? WIRE_EREMOVED : WIRE_OK;
	if (handle >= (int)model->config.limits.handles)
		return WIRE_EQUOTA;	/* its opening, if any, failed with this */
	return named->failed != 0 ? named->failed : WIRE_EPROTO;
}

/* Ends a wait: the waiter leaves the line and its answer is noted. */
void model_answer(struct model *model, int waiter, int status)
{
	struct model_waiter *from = &model->waiter[waiter];
	model->answer[model->answers++] = (struct model_answer){
		.session = from->session,
		.tag = from->tag,
		.number = from->number,
		.status = status,
		.wait_zero = model_is_wait_zero(&from->vector)
	};
	model->waiters--;
	memmove(from, from + 1, (size_t)(model->waiters - waiter) * sizeof(*from));
}

/* Ends all waits of a session. */
static void end_waits(struct model *model, int session, int status)
{
	for (int i = model->waiters - 1; i >= 0; i--)
		if (model->waiter[i].session == session)
			model_answer(model, i, status);
}

static bool is_kept(const struct model *model, int sem)
{
	for (int i = 0; i < MODEL_SESSIONS; i++)
		for (int k = 0; k < MODEL_HANDLES && model->session[i].alive; k++)
			if (model->session[i].handle[k].open &&
			    model->session[i].handle[k].sem == sem)
				return true;
	return model_held(&model->sem[sem]) > 0;
}

bool model_is_spoken_for(const struct model *model, int client)
{
	for (int i = 0; i < MODEL_SESSIONS; i++)
		if (model->session[i].alive && model->session[i].client == client)
			return true;
	return false;
}

static bool holds_any(const struct model *model, int client)
{
	for (int i = 0; i < model->sems; i++)
		if (model->sem[i].hold[client] > 0)
			return true;
	return false;
}

void model_sweep(struct model *model)
{
	for (int i = 0; i < model->sems; i++) {
		struct model_sem *sem = &model->sem[i];
		if (sem->alive && (sem->last_close || !sem->named) && !is_kept(model, i))
			sem->alive = sem->named = false;
	}
	for (int i = 0; i < model->clients; i++) {
		struct model_client *client = &model->client[i];
		if (!client->alive || !client->bound || model_is_spoken_for(model, i) ||
		    holds_any(model, i))
			continue;
		client->alive = false;
		model->unbound[model->unbounds++] = client->slot;
		model->seen->unbound++;
	}
}

static bool waits(const struct model *model, int client)
{
	for (int i = 0; i < model->waiters; i++)
		if (model->session[model->waiter[i].session].client == client)
			return true;
	return false;
}

bool model_is_within(const struct model *model, int clients, int sems)
{
	for (int i = 0; i < model->clients; i++)
		clients -= holds_any(model, i) || waits(model, i);
	for (int i = 0; i < model->sems; i++)
		sems -= model->sem[i].alive;
	return clients >= 0 && sems >= 0;
}

static void release_holds(struct model *model, int client)
{
	for (int i = 0; i < model->sems; i++) {
		model->sem[i].available += model->sem[i].hold[client];
		model->sem[i].hold[client] = 0;
	}
}

static int clients_of(const struct model *model, uint32_t uid)
{
	int count = 0;
	for (int i = 0; i < model->clients; i++)
		count += model->client[i].alive && model->client[i].uid == uid;
	return count;
}

static int sessions_of(const struct model *model, uint32_t uid)
{
	int count = 0;
	for (int i = 0; i < MODEL_SESSIONS; i++)
		count += model->session[i].alive && model->session[i].peer.uid == uid;
	return count;
}

static int add_client(struct model *model, uint32_t uid, bool bound, int slot)
{
	model->client[model->clients] = (struct model_client){
		.alive = true, .bound = bound, .uid = uid, .slot = slot
	};
	return model->clients++;
}

int model_session_new(struct model *model, int session, const struct peer *peer)
{
	struct model_session *made = &model->session[session];
	int cap = (int)model->config.limits.clients;
	if (clients_of(model, peer->uid) >= cap || sessions_of(model, peer->uid) >= cap)
		return WIRE_EQUOTA;
	memset(made, 0, sizeof(*made));
	made->alive = true;
	made->peer = *peer;
	made->client = made->own = add_client(model, peer->uid, false, -1);
	return WIRE_OK;
}

/* Ends waits without answers, since the session is gone. */
static void drop_waits(struct model *model, int session)
{
	int answers = model->answers;
	end_waits(model, session, WIRE_OK);
	model->answers = answers;
}

static void end_client(struct model *model, int client)
{
	release_holds(model, client);
	model->client[client].alive = false;
}

static void end_session(struct model *model, int session)
{
	struct model_session *ended = &model->session[session];
	drop_waits(model, session);
	if (ended->own >= 0)
		end_client(model, ended->own);
	ended->alive = false;
}

void model_session_end(struct model *model, int session)
{
	end_session(model, session);
	model_serve(model);
}

/* A client that replaces the session's own is not charged in addition to it. */
int model_client_new_bound(struct model *model, const struct peer *peer, int slot, int successor_of,
                           int *client)
{
	int count = clients_of(model, peer->uid);
	if (successor_of >= 0)
		count--;
	if (count >= (int)model->config.limits.clients)
		return WIRE_EQUOTA;
	*client = add_client(model, peer->uid, true, slot);
	return WIRE_OK;
}

/* ---- Ends of processes ----------------------------------------------------------------------- */

bool model_has_died(const struct model *model, int session)
{
	const struct model_session *speaker = &model->session[session];
	return speaker->died || model->client[speaker->client].died;
}

static void note_waits(struct model *model, int session)
{
	for (int i = 0; i < model->waiters; i++)
		model->seen->died_waiting += model->waiter[i].session == session;
}

void model_session_died(struct model *model, int session)
{
	model->session[session].died = true;
	note_waits(model, session);
	drop_waits(model, session);
}

void model_client_died(struct model *model, int client)
{
	model->client[client].died = true;
	for (int i = 0; i < MODEL_SESSIONS; i++)
		if (model->session[i].alive && model->session[i].client == client) {
			note_waits(model, i);
			drop_waits(model, i);
		}
}

void model_bury(struct model *model)
{
	unsigned long buried = 0;
	for (int i = 0; i < MODEL_SESSIONS; i++) {
		if (!model->session[i].alive || !model_has_died(model, i))
			continue;
		if (!model->session[i].died)
			model->lost |= 1u << i;
		model->seen->spoke_for_dead += !model->session[i].died;
		end_session(model, i);
		buried++;
	}
	for (int i = 0; i < model->clients; i++)
		if (model->client[i].alive && model->client[i].died)
			end_client(model, i);
	model->seen->buried_together += buried > 1 ? buried : 0;
	model_serve(model);
}

/* ---- Kicks ----------------------------------------------------------------------------------- */

static bool may_kick(const struct model *model, int session, int client)
{
	const struct model_session *speaker = &model->session[session];
	return is_root(model, session) || speaker->client == client ||
	       (speaker->peer.uid != model->config.nobody_uid &&
	        speaker->peer.uid == model->client[client].uid);
}

int model_kick(struct model *model, int session, int client)
{
	if (client < 0)
		return WIRE_ENOENT;
	if (!may_kick(model, session, client))
		return WIRE_EACCES;
	if (model->client[client].bound)
		model->unbound[model->unbounds++] = model->client[client].slot;
	for (int i = 0; i < MODEL_SESSIONS; i++)
		if (model->session[i].alive && model->session[i].client == client) {
			model->lost |= 1u << i;
			model->kicked |= 1u << i;
			end_session(model, i);
		}
	end_client(model, client);
	model_serve(model);
	model->seen->kicked++;
	return WIRE_OK;
}

int model_bind(struct model *model, int session, int client)
{
	struct model_session *speaker = &model->session[session];
	if (speaker->used > 0)		/* no waits without handles */
		return WIRE_EINVAL;
	speaker->client = client;
	model_sweep(model);
	return WIRE_OK;
}

void model_detach(struct model *model, int session, int client)
{
	struct model_session *speaker = &model->session[session];
	int own = speaker->own;
	end_waits(model, session, WIRE_ECANCELED);
	memset(speaker->handle, 0, sizeof(speaker->handle));
	speaker->used = 0;
	if (own >= 0 && speaker->client == own) {
		for (int i = 0; i < model->sems; i++) {
			model->sem[i].hold[client] += model->sem[i].hold[own];
			model->sem[i].hold[own] = 0;
		}
		model->client[own].alive = false;
		speaker->client = client;
		speaker->own = -1;
	}
	model_serve(model);
}

uint64_t model_deadline(const struct model *model)
{
	uint64_t next = ENGINE_FOREVER;
	for (int i = 0; i < model->waiters; i++)
		if (model->waiter[i].deadline < next)
			next = model->waiter[i].deadline;
	return next;
}
