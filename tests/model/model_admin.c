/*
 * model_admin.c - opening, closing, queries, and the requests that only the owner may make.
 */
#include <string.h>

#include "tests/model/model.h"

static int handles_of(const struct model *model, uint32_t uid)
{
	int count = 0;
	for (int i = 0; i < MODEL_SESSIONS; i++)
		for (int k = 0; k < MODEL_HANDLES; k++)
			count += model->session[i].alive && model->session[i].peer.uid == uid &&
			         model->session[i].handle[k].open;
	return count;
}

static bool has_handle(const struct model *model, int client, int sem)
{
	for (int i = 0; i < MODEL_SESSIONS; i++)
		for (int k = 0; k < MODEL_HANDLES; k++)
			if (model->session[i].alive && model->session[i].client == client &&
			    model->session[i].handle[k].open &&
			    model->session[i].handle[k].sem == sem)
				return true;
	return false;
}

/* A hold without a handle counts as a handle. */
static int bare_holds_of(const struct model *model, uint32_t uid)
{
	int count = 0;
	for (int i = 0; i < model->sems; i++)
		for (int k = 0; k < model->clients; k++)
			count += model->client[k].uid == uid && model->sem[i].hold[k] > 0 &&
			         !has_handle(model, k, i);
	return count;
}

static int sems_of(const struct model *model, uint32_t uid)
{
	int count = 0;
	for (int i = 0; i < model->sems; i++)
		count += model->sem[i].alive && model->sem[i].creator == uid;
	return count;
}

static int create(struct model *model, int session, const struct open_request *request)
{
	const struct peer *peer = &model->session[session].peer;
	struct model_sem *sem = &model->sem[model->sems];
	for (int i = 0; i < model->sems; i++)
		model->seen->anew += model->sem[i].alive &&
		                     model->sem[i].name == request->name.data[0];
	memset(sem, 0, sizeof(*sem));
	sem->alive = sem->named = true;
	sem->last_close = (request->flags & WIRE_OPEN_LAST_CLOSE) != 0;
	sem->name = request->name.data[0];
	sem->creator = sem->uid = peer->uid;
	sem->gid = peer->gid;
	sem->mode = request->mode != 0 ? request->mode : 0600;
	sem->initial = request->initial;
	sem->max = request->max != 0 ? request->max : WIRE_MAX_PERMITS;
	sem->bypass = request->bypass;
	sem->available = request->initial;
	return model->sems++;
}

/*
 * Makes holds void, sets the total to the initial value, and marks every handle but one for ERESET.
 */
static void reset(struct model *model, int index, const struct model_handle *asked)
{
	struct model_sem *sem = &model->sem[index];
	memset(sem->hold, 0, sizeof(sem->hold));
	sem->available = sem->initial;
	for (int i = 0; i < MODEL_SESSIONS; i++)
		for (int k = 0; k < MODEL_HANDLES; k++) {
			struct model_handle *handle = &model->session[i].handle[k];
			if (handle->open && handle->sem == index && handle != asked)
				handle->reset = true;
		}
	model_serve(model);
}

/* The set of errors of an opening, empty if it is granted. */
static unsigned open_faults(const struct model *model, int session,
                            const struct open_request *request)
{
	const uint32_t flags = request->flags;
	const struct peer *peer = &model->session[session].peer;
	uint32_t max = request->max != 0 ? request->max : WIRE_MAX_PERMITS;
	int found = model_find(model, request->name.data[0]);
	int client = model->session[session].client;
	unsigned faults = 0;
	if (((flags & (WIRE_OPEN_EXCLUSIVE | WIRE_OPEN_LAST_CLOSE)) != 0 &&
	     (flags & WIRE_OPEN_CREATE) == 0) ||
	    ((flags & WIRE_OPEN_EXCLUSIVE) != 0 && (flags & WIRE_OPEN_RESET) != 0) ||
	    request->initial > max || request->mode > 0777)
		faults |= model_bit(WIRE_EINVAL);
	if (found < 0) {
		if ((flags & WIRE_OPEN_CREATE) == 0)
			faults |= model_bit(WIRE_ENOENT);
		else if (peer->uid == model->config.nobody_uid)
			faults |= model_bit(WIRE_EACCES);
		else if (sems_of(model, peer->uid) >= (int)model->config.limits.semaphores)
			faults |= model_bit(WIRE_EQUOTA);
	} else {
		if ((flags & WIRE_OPEN_EXCLUSIVE) != 0)
			faults |= model_bit(WIRE_EEXIST);
		if (!model_may(model, session, &model->sem[found], 6) ||
		    ((flags & WIRE_OPEN_RESET) != 0 &&
		     !model_owns(model, session, &model->sem[found])))
			faults |= model_bit(WIRE_EACCES);
	}
	/* A new handle replaces the hold that was charged as a handle. */
	if (!(found >= 0 && model->sem[found].hold[client] > 0 &&
	      !has_handle(model, client, found)) &&
	    handles_of(model, peer->uid) + bare_holds_of(model, peer->uid) >=
	    (int)model->config.limits.handles)
		faults |= model_bit(WIRE_EQUOTA);
	return faults;
}

int model_open(struct model *model, int session, const struct open_request *request)
{
	struct model_session *speaker = &model->session[session];
	struct model_handle *handle = &speaker->handle[request->handle];
	if (request->handle >= model->config.limits.handles)
		return WIRE_EQUOTA;
	if ((int)request->handle > speaker->used || handle->open)
		return WIRE_EPROTO;
	if ((int)request->handle == speaker->used)
		speaker->used++;
	memset(handle, 0, sizeof(*handle));
	unsigned faults = open_faults(model, session, request);
	if (faults != 0) {
		handle->failed = model_first(faults);
		return handle->failed;
	}
	int sem = model_find(model, request->name.data[0]);
	*handle = (struct model_handle){
		.open = true, .sem = sem >= 0 ? sem : create(model, session, request),
		.release_posts = (request->flags & WIRE_OPEN_RELEASE_POSTS) != 0
	};
	handle->reads = model_may(model, session, &model->sem[handle->sem], 4);
	handle->writes = model_may(model, session, &model->sem[handle->sem], 2);
	if (sem >= 0 && (request->flags & WIRE_OPEN_RESET) != 0) {
		model->sem[sem].initial = request->initial;
		if (model->sem[sem].max < request->initial)
			model->sem[sem].max = request->initial;
		reset(model, sem, handle);
	}
	return WIRE_OK;
}

int model_close(struct model *model, int session, int handle)
{
	struct model_session *speaker = &model->session[session];
	if (model_handle_fault(model, session, handle) == WIRE_EPROTO)
		return WIRE_EPROTO;
	for (int i = model->waiters - 1; i >= 0 && speaker->handle[handle].open; i--) {
		const struct model_waiter *waiter = &model->waiter[i];
		bool named = false;
		for (int k = 0; k < waiter->vector.count; k++)
			named |= waiter->vector.term[k].handle == handle;
		if (waiter->session == session && named)
			model_answer(model, i, WIRE_ECANCELED);
	}
	memset(&speaker->handle[handle], 0, sizeof(speaker->handle[handle]));
	model_serve(model);
	return WIRE_OK;
}

/* Checks a request on one handle, in the order of model_apply. */
static int admit(struct model *model, int session, int handle, bool owner, bool valid,
                 bool forbidden)
{
	struct model_handle *named = &model->session[session].handle[handle];
	int fault = model_handle_fault(model, session, handle);
	if (fault != WIRE_OK)
		return fault;
	if (!valid)
		return WIRE_EINVAL;
	if (forbidden ||
	    (owner ? !model_owns(model, session, &model->sem[named->sem]) : !named->reads))
		return WIRE_EACCES;
	if (!named->reset)
		return WIRE_OK;
	named->reset = false;
	return WIRE_ERESET;
}

int model_query(struct model *model, int session, int handle)
{
	return admit(model, session, handle, false, true, false);
}

int model_set(struct model *model, int session, int handle, uint32_t total)
{
	int status = admit(model, session, handle, true, total <= WIRE_MAX_PERMITS, false);
	if (status != WIRE_OK)
		return status;
	struct model_sem *sem = &model->sem[model->session[session].handle[handle].sem];
	if (sem->max < total)
		sem->max = total;
	sem->available = (int64_t)total - model_held(sem);
	model_serve(model);
	return WIRE_OK;
}

/* Whether a user who is not an administrator asks to give the semaphore away. */
static bool gives_away(const struct model *model, int session, int handle,
                       const struct change_request *request)
{
	const struct model_handle *named = &model->session[session].handle[handle];
	const uint32_t uid = model->session[session].peer.uid;
	return (request->mask & WIRE_CHANGE_UID) != 0 && named->open && named->sem >= 0 &&
	       request->uid != model->sem[named->sem].uid && uid != 0 &&
	       uid != model->config.admin_uid;
}

static bool max_fits(const struct model_sem *sem, const struct change_request *request)
{
	const uint32_t max = request->max != 0 ? request->max : WIRE_MAX_PERMITS;
	return (request->mask & WIRE_CHANGE_MAX) == 0 ||
	       ((int64_t)max >= model_total(sem) && max >= sem->initial);
}

static void change(struct model_sem *sem, const struct change_request *request)
{
	if ((request->mask & WIRE_CHANGE_MAX) != 0)
		sem->max = request->max != 0 ? request->max : WIRE_MAX_PERMITS;
	if ((request->mask & WIRE_CHANGE_MODE) != 0)
		sem->mode = request->mode;
	if ((request->mask & WIRE_CHANGE_UID) != 0)
		sem->uid = request->uid;
	if ((request->mask & WIRE_CHANGE_GID) != 0)
		sem->gid = request->gid;
	if ((request->mask & WIRE_CHANGE_BYPASS) != 0)
		sem->bypass = request->bypass;
}

int model_change(struct model *model, int session, const struct change_request *request)
{
	bool valid = (request->mask & ~31u) == 0 &&
	             ((request->mask & WIRE_CHANGE_MODE) == 0 || request->mode <= 0777);
	int status = admit(model, session, (int)request->handle, true, valid,
	                   gives_away(model, session, (int)request->handle, request));
	if (status != WIRE_OK)
		return status;
	struct model_sem *sem = &model->sem[model->session[session].handle[request->handle].sem];
	if (!max_fits(sem, request))
		return WIRE_EINVAL;
	change(sem, request);
	for (int i = 0; i < MODEL_CHANGES; i++)
		model->seen->changed[i] += (request->mask & 1u << i) != 0;
	model_serve(model);
	return WIRE_OK;
}

int model_reset(struct model *model, int session, int handle)
{
	struct model_handle *named = &model->session[session].handle[handle];
	int status = admit(model, session, handle, true, true, false);
	if (status == WIRE_OK)
		reset(model, named->sem, named);
	return status;
}

/* The semaphore of that name if the session may remove it, else -1 and the error. */
static int find_to_end(struct model *model, int session, char name, int *status)
{
	int found = model_find(model, name);
	if (found < 0)
		*status = WIRE_ENOENT;
	else if (!model_owns(model, session, &model->sem[found]))
		*status = WIRE_EACCES;
	else
		*status = WIRE_OK;
	return *status == WIRE_OK ? found : -1;
}

int model_remove(struct model *model, int session, char name)
{
	int status;
	int found = find_to_end(model, session, name, &status);
	if (found < 0)
		return status;
	for (int i = model->waiters - 1; i >= 0; i--)
		if (model_names(&model->waiter[i].vector, found))
			model_answer(model, i, WIRE_EREMOVED);
	memset(model->sem[found].hold, 0, sizeof(model->sem[found].hold));
	model->sem[found].named = model->sem[found].alive = false;
	model->sem[found].removed = true;
	model_serve(model);
	return WIRE_OK;
}

int model_unlink(struct model *model, int session, char name)
{
	int status;
	int found = find_to_end(model, session, name, &status);
	if (found < 0)
		return status;
	model->sem[found].named = false;
	model_serve(model);
	return WIRE_OK;
}
