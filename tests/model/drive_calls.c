/*
 * drive_calls.c - one step as calls of the engine, and as calls of the model.
 */
#include "config.h"

#include <string.h>

#include "tests/model/drive.h"

bool drive_has_mode(enum step_kind kind)
{
	switch (kind) {
	case STEP_OPEN:
	case STEP_CLOSE:
	case STEP_APPLY:
	case STEP_QUERY:
	case STEP_SET:
	case STEP_CHANGE:
	case STEP_RESET:
	case STEP_REMOVE:
	case STEP_UNLINK:
		return true;
	default:
		return false;
	}
}

/*
 * A bound client belongs to one process and one user, and only sessions of that user may speak for
 * it.
 */
static bool is_usable(const struct drive *drive, const struct step *step)
{
	const struct client *client = drive->bound[step->slot];
	return !client || client_uid(client) == drive->peer[step->session].uid;
}

bool drive_session_is_dead(const struct drive *drive, const struct step *step, int session)
{
	const struct model_session *speaker = &drive->model.session[session];
	unsigned dies = step->kind == STEP_DIE ? step->sessions : 0;
	return speaker->alive && (speaker->died || (dies & 1u << session) != 0);
}

bool drive_client_is_dead(const struct drive *drive, const struct step *step, int slot)
{
	const int client = drive->bound_model[slot];
	unsigned dies = step->kind == STEP_DIE ? step->slots : 0;
	return client >= 0 && (drive->model.client[client].died || (dies & 1u << slot) != 0);
}

static bool any_is_dead(const struct drive *drive, const struct step *step)
{
	bool any = false;
	for (int i = 1; i < MODEL_SESSIONS; i++)
		any |= drive_session_is_dead(drive, step, i);
	for (int i = 0; i < HISTORY_BOUND; i++)
		any |= drive_client_is_dead(drive, step, i);
	return any;
}

/* A session detaches to its own process, so either both have ended or neither. */
static bool is_fitting(const struct drive *drive, const struct step *step)
{
	return !drive->bound[step->slot] ||
	       drive_session_is_dead(drive, step, step->session) ==
	       drive_client_is_dead(drive, step, step->slot);
}

bool drive_makes_sense(const struct drive *drive, const struct step *step)
{
	const struct model_session *session = &drive->model.session[step->session];
	bool own = session->alive && !drive->model.client[session->client].bound;
	switch (step->kind) {
	case STEP_ADVANCE:
		return true;
	case STEP_CONNECT:
		return !session->alive;
	case STEP_DISCONNECT:
		return session->alive && !session->died;
	case STEP_DIE:
	case STEP_BURY:
		return any_is_dead(drive, step);
	case STEP_BIND:
		/* A refused BIND would leave a client that nobody speaks for. */
		return own && is_usable(drive, step) &&
		       !drive_client_is_dead(drive, step, step->slot) &&
		       (session->used == 0 || drive->bound[step->slot]);
	case STEP_DETACH:
		return session->alive &&
		       (!own || (is_usable(drive, step) && is_fitting(drive, step)));
	case STEP_APPLY:
		return session->alive && drive->model.waiters < REPORT_PARTIES - 1;
	default:
		return session->alive;
	}
}

/* The bound client of the step's process, made if need be. */
static int find_bound(struct drive *drive, const struct step *step, struct session *successor_of)
{
	static const struct wire_text command = { "bound", 5 };
	if (drive->bound[step->slot])
		return WIRE_OK;
	return client_new_bound(drive->engine, &drive->peer[step->session],
	                        &drive->bound[step->slot], command, successor_of,
	                        &drive->bound[step->slot]);
}

/* The same. A client made for a process that has ended has died as well. */
static int find_heir(struct drive *drive, const struct step *step, struct session *session)
{
	const bool made = drive->bound[step->slot] == NULL;
	int status = find_bound(drive, step, session);
	if (status == WIRE_OK && made && drive_session_is_dead(drive, step, step->session))
		client_died(drive->engine, drive->bound[step->slot]);
	return status;
}

static int bind_or_detach(struct drive *drive, const struct step *step)
{
	struct session *session = drive->session[step->session];
	struct client *own = session_bound(session);
	if (step->kind == STEP_DETACH && own) {
		session_detach(drive->engine, session, own);
		return WIRE_OK;
	}
	int status = step->kind == STEP_DETACH ? find_heir(drive, step, session) :
		find_bound(drive, step, NULL);
	if (status != WIRE_OK)
		return status;
	if (step->kind == STEP_BIND)
		return session_bind(drive->engine, session, drive->bound[step->slot]);
	session_detach(drive->engine, session, drive->bound[step->slot]);
	return WIRE_OK;
}

uint64_t drive_kicked(const struct drive *drive, const struct step *step)
{
	if (step->whose == 0)
		return drive->bound[step->slot] ? client_id(drive->bound[step->slot]) : 0;
	if (!drive->model.session[step->whose].alive)
		return 0;
	return session_client_id(drive->session[step->whose]);
}

static int kick_engine(struct drive *drive, const struct step *step)
{
	return engine_kick(drive->engine, drive->session[step->session],
	                   drive_kicked(drive, step), &drive->kicked);
}

static int open_engine(struct drive *drive, const struct step *step, enum engine_mode mode)
{
	struct open_request request = step->open;
	request.name = (struct wire_text){ &step->name, 1 };
	return engine_open(drive->engine, drive->session[step->session], &request, mode,
	                   &drive->opened);
}

/* Buries all sessions and clients that have died. */
static void bury(struct drive *drive, const struct step *step)
{
	for (int i = 1; i < MODEL_SESSIONS; i++)
		if (drive_session_is_dead(drive, step, i))
			session_end(drive->engine, drive->session[i]);
	for (int i = 0; i < HISTORY_BOUND; i++) {
		struct client *client = drive->bound[i];
		if (!client || !drive_client_is_dead(drive, step, i))
			continue;
		drive->bound[i] = NULL;
		client_end(drive->engine, client);
	}
	engine_bury(drive->engine);
}

/* The others go on before the burial: waiters that only the ended waits held up are served. */
static void die(struct drive *drive, const struct step *step)
{
	for (int i = 1; i < MODEL_SESSIONS; i++)
		if (drive_session_is_dead(drive, step, i))
			session_died(drive->engine, drive->session[i]);
	for (int i = 0; i < HISTORY_BOUND; i++)
		if (drive_client_is_dead(drive, step, i))
			client_died(drive->engine, drive->bound[i]);
	if (step->bury)
		bury(drive, step);
	else
		engine_advance(drive->engine, drive->now);
}

static int engine_session_step(struct drive *drive, const struct step *step)
{
	const int slot = step->session;
	switch (step->kind) {
	case STEP_CONNECT:
		drive->peer[slot] = *history_user(step->user);
		drive->number[slot] = 0;
		return session_new(drive->engine, &drive->peer[slot], &drive->session[slot],
		                   &drive->session[slot]);
	case STEP_DISCONNECT:
		session_end(drive->engine, drive->session[slot]);
		return WIRE_OK;
	case STEP_DIE:
		die(drive, step);
		return WIRE_OK;
	case STEP_BURY:
		bury(drive, step);
		return WIRE_OK;
	default:
		return bind_or_detach(drive, step);
	}
}

static uint64_t deadline_of(const struct drive *drive, const struct step *step)
{
	if (step->ns == ENGINE_TRY || step->ns == ENGINE_FOREVER)
		return step->ns;
	return drive->now + step->ns;
}

static uint64_t cancelled_number(const struct drive *drive, const struct step *step)
{
	uint64_t last = drive->number[step->session];
	return last > step->back ? last - step->back : 0;
}

/* Requests of a session are numbered in order; drive->number is already this request's number. */
int drive_engine(struct drive *drive, const struct step *step, enum engine_mode mode)
{
	struct engine *engine = drive->engine;
	struct session *session = drive->session[step->session];
	const uint64_t number = drive->number[step->session];
	const uint32_t handle = step->change.handle;
	const struct wire_text name = { &step->name, 1 };
	switch (step->kind) {
	case STEP_OPEN:
		return open_engine(drive, step, mode);
	case STEP_CLOSE:
		return engine_close(engine, session, handle, mode);
	case STEP_APPLY:
		return engine_apply(engine, session, &step->terms, deadline_of(drive, step),
		                    number + 1000, number, mode);
	case STEP_CANCEL:
		return engine_cancel(engine, session, cancelled_number(drive, step));
	case STEP_QUERY:
		return engine_query(engine, session, handle, mode, &drive->row);
	case STEP_SET:
		return engine_set(engine, session, handle, step->change.max, mode);
	case STEP_CHANGE:
		return engine_change(engine, session, &step->change, mode);
	case STEP_RESET:
		return engine_reset(engine, session, handle, mode);
	case STEP_REMOVE:
		return engine_remove(engine, session, name, mode);
	case STEP_UNLINK:
		return engine_unlink(engine, session, name, mode);
	case STEP_KICK:
		return kick_engine(drive, step);
	case STEP_ADVANCE:
		engine_advance(engine, drive->now);
		return WIRE_OK;
	default:
		return engine_session_step(drive, step);
	}
}

static int bind_or_detach_model(struct drive *drive, const struct step *step)
{
	struct model *model = &drive->model;
	const struct model_session *session = &model->session[step->session];
	const bool made = drive->bound_model[step->slot] < 0;
	int client = drive->bound_model[step->slot];
	int status = WIRE_OK;
	if (model->client[session->client].bound) {
		model_detach(model, step->session, session->client);
		return WIRE_OK;
	}
	if (made)
		status = model_client_new_bound(model, &session->peer, step->slot,
		                                step->kind == STEP_DETACH ? step->session : -1,
		                                &client);
	if (status != WIRE_OK)
		return status;
	drive->bound_model[step->slot] = client;
	if (made)
		model->client[client].id = client_id(drive->bound[step->slot]);
	if (made && step->kind == STEP_DETACH && session->died)
		model_client_died(model, client);
	if (step->kind == STEP_BIND)
		return model_bind(model, step->session, client);
	model_detach(model, step->session, client);
	return WIRE_OK;
}

static void bury_in_model(struct drive *drive, const struct step *step)
{
	for (int i = 0; i < HISTORY_BOUND; i++)
		if (drive_client_is_dead(drive, step, i))
			drive->bound_model[i] = -1;
	model_bury(&drive->model);
}

static void die_in_model(struct drive *drive, const struct step *step)
{
	struct model *model = &drive->model;
	for (int i = 1; i < MODEL_SESSIONS; i++)
		if (drive_session_is_dead(drive, step, i))
			model_session_died(model, i);
	for (int i = 0; i < HISTORY_BOUND; i++)
		if (drive_client_is_dead(drive, step, i))
			model_client_died(model, drive->bound_model[i]);
	if (step->bury)
		bury_in_model(drive, step);
	else
		model_serve(model);
}

static int model_session_step(struct drive *drive, const struct step *step)
{
	struct model *model = &drive->model;
	int status;
	switch (step->kind) {
	case STEP_CONNECT:
		status = model_session_new(model, step->session, &drive->peer[step->session]);
		if (status == WIRE_OK && model->hint == WIRE_OK)
			model->client[model->session[step->session].client].id =
				session_client_id(drive->session[step->session]);
		return status;
	case STEP_DISCONNECT:
		model_session_end(model, step->session);
		return WIRE_OK;
	case STEP_DIE:
		die_in_model(drive, step);
		return WIRE_OK;
	case STEP_BURY:
		bury_in_model(drive, step);
		return WIRE_OK;
	default:
		return bind_or_detach_model(drive, step);
	}
}

/* A new semaphore of the model gets the engine's id; an older one must have it already. */
static int open_model(struct drive *drive, const struct step *step)
{
	struct model *model = &drive->model;
	struct open_request request = step->open;
	request.name = (struct wire_text){ &step->name, 1 };
	int status = model_open(model, step->session, &request);
	if (status != WIRE_OK || model->hint != WIRE_OK)
		return status;
	struct model_sem *sem =
		&model->sem[model->session[step->session].handle[request.handle].sem];
	for (int i = 0; i < model->sems && sem->id == 0; i++)
		if (model->sem[i].id == drive->opened)
			drive_fail(drive, "a new semaphore has the number of an old one");
	if (sem->id == 0)
		sem->id = drive->opened;
	if (sem->id != drive->opened)
		drive_fail(drive, "another semaphore was opened than the model opens");
	return status;
}

static int kick_model(struct drive *drive, const struct step *step)
{
	struct model *model = &drive->model;
	const struct model_session *whose = &model->session[step->whose];
	int client = -1;
	if (step->whose == 0)
		client = drive->bound_model[step->slot];
	else if (whose->alive)
		client = whose->client;
	int status = model_kick(model, step->session, client);
	if (status == WIRE_OK && drive->kicked.uid != model->client[client].uid)
		drive_fail(drive, "another user's client was kicked");
	return status;
}

int drive_model(struct drive *drive, const struct step *step)
{
	struct model *model = &drive->model;
	const uint64_t number = drive->number[step->session];
	const int handle = (int)step->change.handle;
	switch (step->kind) {
	case STEP_OPEN:
		return open_model(drive, step);
	case STEP_CLOSE:
		return model_close(model, step->session, handle);
	case STEP_APPLY:
		return model_apply(model, step->session, &step->terms, deadline_of(drive, step),
		                   number + 1000, number);
	case STEP_CANCEL:
		return model_cancel(model, step->session, cancelled_number(drive, step));
	case STEP_QUERY:
		return model_query(model, step->session, handle);
	case STEP_SET:
		return model_set(model, step->session, handle, step->change.max);
	case STEP_CHANGE:
		return model_change(model, step->session, &step->change);
	case STEP_RESET:
		return model_reset(model, step->session, handle);
	case STEP_REMOVE:
		return model_remove(model, step->session, step->name);
	case STEP_UNLINK:
		return model_unlink(model, step->session, step->name);
	case STEP_KICK:
		return kick_model(drive, step);
	case STEP_ADVANCE:
		model_advance(model, drive->now);
		return WIRE_OK;
	default:
		return model_session_step(drive, step);
	}
}
