/*
 * pidwatch_windows.c - processes by handle.
 *
 * The handles themselves show whether a process has ended; one call looks at 64 of them. Waits by
 * threads of the system only wake the loop. A process is identified by its pid and its start time.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/os/pidwatch.h"
#include "daemon/os/stream_windows.h"
#include "protocol/array.h"

enum { RIGHTS = SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION };

int pidwatch_of_pid(uint32_t pid, struct pidwatch *proc)
{
	*proc = (struct pidwatch){ .handle = pid == 0 ? NULL : OpenProcess(RIGHTS, FALSE, pid) };
	if (proc->handle)
		return WIRE_OK;
	switch (pid == 0 ? ERROR_INVALID_PARAMETER : GetLastError()) {
	case ERROR_INVALID_PARAMETER:
		return WIRE_ENOENT;
	case ERROR_ACCESS_DENIED:
		return WIRE_EACCES;
	case ERROR_NOT_ENOUGH_MEMORY:
	case ERROR_OUTOFMEMORY:
		return WIRE_ENOMEM;
	default:
		return WIRE_EQUOTA;
	}
}

/* A client whose end of the pipe is closed counts as ended, even if its process still runs. */
int pidwatch_of_stream(uv_os_fd_t stream, uint32_t pid, struct pidwatch *proc)
{
	int status = pidwatch_of_pid(pid, proc);
	if (status == WIRE_OK && stream_is_connected(stream))
		return WIRE_OK;
	if (status == WIRE_OK)
		pidwatch_close(proc);
	return status == WIRE_OK || !stream_is_connected(stream) ? WIRE_ENOENT : status;
}

void pidwatch_close(struct pidwatch *proc)
{
	CloseHandle(proc->handle);
}

static uint64_t in_one(FILETIME time)
{
	return (uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime;
}

int pidwatch_identify(const struct pidwatch *proc, uint32_t pid, struct pidwatch_identity *identity)
{
	FILETIME began, ended, kernel, user;
	if (!GetProcessTimes(proc->handle, &began, &ended, &kernel, &user))
		return -1;
	*identity = (struct pidwatch_identity){ .id = in_one(began), .pid = pid };
	return 0;
}

bool pidwatch_has_ended(const struct pidwatch *proc)
{
	return WaitForSingleObject(proc->handle, 0) == WAIT_OBJECT_0;
}

/* The exit code of a process is set before its handles are closed. */
bool pidwatch_is_ending(const struct pidwatch *proc)
{
	DWORD code;
	return pidwatch_has_ended(proc) ||
		(GetExitCodeProcess(proc->handle, &code) && code != STILL_ACTIVE);
}

int pidwatch_owner(const struct pidwatch *proc, uint32_t pid, struct peers *peers, uint32_t *uid)
{
	TOKEN_USER *user = users_of_process(proc->handle);
	int error = -1;
	(void)pid;
	if (user)
		error = users_number(&peers->users, user->User.Sid, uid);
	free(user);
	return error;
}

static void woken(uv_async_t *async)
{
	struct pidwatch_set *set = async->data;
	set->found(set->arg);
}

int pidwatch_set_init(struct pidwatch_set *set, uv_loop_t *loop, void (*found)(void *arg),
                      void *arg)
{
	*set = (struct pidwatch_set){ .found = found, .arg = arg };
	set->ended.data = set;
	return uv_async_init(loop, &set->ended, woken);
}

/* When it returns, no callback of the wait runs any more. */
static void stop_waiting(struct pidwatch *proc)
{
	if (proc->wait)
		UnregisterWaitEx(proc->wait, INVALID_HANDLE_VALUE);
	proc->wait = NULL;
}

void pidwatch_set_close(struct pidwatch_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		stop_waiting(set->procs[i]);
	uv_close((uv_handle_t *)&set->ended, NULL);
}

void pidwatch_set_deinit(struct pidwatch_set *set)
{
	free(set->handles);
	free(set->procs);
}

static int grow(struct pidwatch_set *set)
{
	size_t room = set->room;
	HANDLE *handles = array_grow(set->handles, &room, set->count + 1, sizeof(HANDLE));
	if (!handles)
		return -1;
	set->handles = handles;
	struct pidwatch **procs = array_grow(set->procs, &set->room, set->count + 1,
	                                     sizeof(struct pidwatch *));
	if (!procs)
		return -1;
	set->procs = procs;
	return 0;
}

static void CALLBACK one_has_ended(void *arg, BOOLEAN timed_out)
{
	struct pidwatch_set *set = arg;
	(void)timed_out;
	uv_async_send(&set->ended);
}

int pidwatch_set_add(struct pidwatch_set *set, struct pidwatch *proc, void *whose)
{
	if (grow(set) != 0)
		return WIRE_ENOMEM;
	/* Not in the wait thread: Wine 8 crashes when such a wait is stopped just as it ends. */
	if (!RegisterWaitForSingleObject(&proc->wait, proc->handle, one_has_ended, set, INFINITE,
	                                 WT_EXECUTEONLYONCE))
		return WIRE_EQUOTA;
	proc->whose = whose;
	proc->place = set->count;
	set->handles[set->count] = proc->handle;
	set->procs[set->count] = proc;
	set->count++;
	return WIRE_OK;
}

void pidwatch_set_remove(struct pidwatch_set *set, struct pidwatch *proc)
{
	struct pidwatch *last = set->procs[--set->count];
	set->procs[proc->place] = last;
	set->handles[proc->place] = last->handle;
	last->place = proc->place;
	stop_waiting(proc);
	CloseHandle(proc->handle);
}

size_t pidwatch_set_ended(struct pidwatch_set *set, void *whose[PIDWATCH_SET_ROOM])
{
	size_t at = 0, found = 0;
	while (at < set->count && found < PIDWATCH_SET_ROOM) {
		size_t left = set->count - at;
		DWORD asked = left < MAXIMUM_WAIT_OBJECTS ? (DWORD)left : MAXIMUM_WAIT_OBJECTS;
		DWORD first = WaitForMultipleObjects(asked, set->handles + at, FALSE, 0);
		if (first < asked) {
			at += first;
			whose[found++] = set->procs[at++]->whose;
		} else {
			at += asked;
		}
	}
	return found;
}
