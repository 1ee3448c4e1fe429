/*
 * after_fork.c - see after_fork.h.
 *
 * The child inherits the client in the state that the parent's threads had left it in, and those
 * threads do not exist in the child. So the child drops everything about the connection without
 * reading it, locks included. It opens the semaphores again by name; a handle stays valid only if
 * the semaphore is the same.
 */
#include "config.h"

#include "client/lib/after_fork.h"

#include <string.h>

#include "client/lib/call.h"
#include "client/lib/client.h"
#include "client/lib/error.h"
#include "client/lib/hello.h"
#include "client/lib/os/forks.h"
#include "client/lib/text.h"

static void adopt(struct semd_client *client)
{
	forks_lock();
	if (client->adopted != forks_generation()) {
		pthread_mutex_init(&client->opening, NULL);
		pthread_mutex_init(&client->mutex, NULL);
		ready_inherit(&client->ready);
		client_start_over(client);
		session_disown(&client->session);
		handles_renumber(&client->handles);
		client->adopted = forks_generation();
	}
	forks_unlock();
}

static bool is_connected(struct semd_client *client)
{
	return atomic_load_explicit(&client->generation, memory_order_acquire) == forks_generation();
}

bool after_fork_is_ours(struct semd_client *client)
{
	adopt(client);
	return is_connected(client);
}

static int give_up(struct semd_client *client, uint32_t number)
{
	struct call call;
	struct close_reply reply;
	call_init(&call);
	return call_close(client, &call, &(struct close_request){ .handle = number }, &reply);
}

/* A failure to open stays with the handle. The result is the failure of the client as a whole. */
static int open_again(struct semd_client *client, struct semd_sem *sem)
{
	struct call call;
	struct open_reply reply;
	const struct open_request request = {
		.handle = sem->number,
		.flags = sem->flags,
		.name = text_on_wire(sem->name),
	};
	call_init(&call);
	int r = call_open(client, &call, &request, &reply);
	if (r == 0 && reply.id != sem->id) {
		sem->failure = SEMD_EREMOVED;
		return give_up(client, sem->number);
	}
	sem->failure = r;
	return client->session.failure;
}

static int begin_anew(struct semd_client *client)
{
	int r = hello(client);
	if (r == SOCKET_NOBODY)
		r = SEMD_ECONN;
	for (uint32_t i = 0; r == 0 && i < client->handles.count; i++)
		r = open_again(client, client->handles.at[i]);
	if (r == 0)
		return 0;
	pthread_mutex_lock(&client->mutex);
	session_fail(client, r, error_said());
	pthread_mutex_unlock(&client->mutex);
	return r;
}

int after_fork_renew(struct semd_client *client)
{
	int r = 0;
	adopt(client);
	pthread_mutex_lock(&client->opening);
	if (!is_connected(client)) {
		r = begin_anew(client);
		atomic_store_explicit(&client->generation, forks_generation(), memory_order_release);
	}
	pthread_mutex_unlock(&client->opening);
	return r;
}
