/*
 * open.c - opens and closes semaphores.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/after_fork.h"
#include "client/lib/sized_struct.h"
#include "client/lib/text.h"

#define SAME(name) _Static_assert((int)SEMD_##name == (int)WIRE_OPEN_##name, #name)
SAME(CREATE);
SAME(EXCLUSIVE);
SAME(RESET);
SAME(LAST_CLOSE);
SAME(RELEASE_POSTS);
#undef SAME

static struct semd_sem *sem_new(struct semd_client *client, const char *name)
{
	size_t size = strlen(name) + 1;
	struct semd_sem *sem = calloc(1, sizeof(*sem) + size);
	if (!sem)
		return NULL;
	sem->client = client;
	memcpy(sem->name, name, size);
	return sem;
}

/* With the lock on opening held. */
static int open_next(struct semd_client *client, const struct semd_options *options,
                     struct semd_sem *sem)
{
	struct call call;
	struct open_reply reply;
	if (handles_next(&client->handles, &sem->number) != 0)
		return error_note(SEMD_ENOMEM);
	if (sem->number >= client->session.max_handles)
		return error_say(SEMD_EQUOTA, "a client of this daemon has at most %u handles; close what is "
		                 "not needed", client->session.max_handles);
	const struct open_request request = {
		.handle = sem->number,
		.flags = options->flags,
		.initial = options->initial,
		.max = options->max,
		.mode = options->mode,
		.bypass = options->bypass,
		.name = text_on_wire(sem->name),
	};
	call_init(&call);
	int r = call_open(client, &call, &request, &reply);
	if (r != 0)
		return r;
	sem->id = reply.id;
	sem->flags = options->flags & WIRE_OPEN_RELEASE_POSTS;
	handles_put(&client->handles, sem);
	return 0;
}

static int open_named(struct semd_client *client, const char *name,
                      const struct semd_options *options, struct semd_sem **result)
{
	struct semd_sem *sem = sem_new(client, name);
	if (!sem)
		return error_note(SEMD_ENOMEM);
	pthread_mutex_lock(&client->opening);
	int r = open_next(client, options, sem);
	pthread_mutex_unlock(&client->opening);
	if (r == 0)
		*result = sem;
	else
		free(sem);
	return r;
}

int semd_open(struct semd_client *client, const char *name, const struct semd_options *options,
              struct semd_sem **sem)
{
	struct semd_options known = { .size = sizeof(known) };
	int state;
	if (!client || !sem)
		return error_note(SEMD_EINVAL);
	*sem = NULL;
	if (!name || !text_is_name(name))
		return error_say(SEMD_EINVAL, "a name has 1 to %d bytes of UTF-8 without control "
		                 "characters", SEMD_MAX_NAME);
	if (options && !sized_struct_take(&known, sizeof(known), options))
		return error_say(SEMD_EINVAL, "struct semd_options: its size is not set, or it asks for "
		                 "more than this release knows");
	int r = client_enter(client, &state);
	if (r == 0)
		r = open_named(client, name, &known, sem);
	return client_leave(state, r);
}

/* The daemon does not know a handle that could not be opened again after a fork. */
static int close_number(struct semd_sem *sem)
{
	struct call call;
	struct close_reply reply;
	if (sem->failure || !after_fork_is_ours(sem->client))
		return 0;
	call_init(&call);
	return call_close(sem->client, &call, &(struct close_request){ .handle = sem->number }, &reply);
}

int semd_close(struct semd_sem *sem)
{
	int state;
	if (!sem)
		return error_note(SEMD_EINVAL);
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
	int r = close_number(sem);
	/* If CLOSE was not sent the number is still in use. Then the handle stays until the
	 * client goes. */
	if (r != SEMD_ENOMEM) {
		handles_remove(&sem->client->handles, sem);
		free(sem);
	}
	return client_leave(state, r);
}
