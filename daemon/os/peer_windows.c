/*
 * peer_windows.c - the process and the user at the other end of a pipe.
 *
 * The daemon impersonates the client of the pipe just long enough to learn its user. A client that
 * does not ask for an impersonation level when it opens the pipe cannot be impersonated before its
 * first bytes were read; the user of its process is taken instead. If both fail, the peer's user is
 * USERS_NOBODY. The only group of a user is the user itself.
 */
#include "config.h"

#include <stdlib.h>

#include "daemon/os/peer.h"
#include "daemon/os/stream_windows.h"

int peers_init(struct peers *peers)
{
	TOKEN_USER *user = users_of_process(GetCurrentProcess());
	int error = -1;
	users_init(&peers->users);
	if (user)
		error = users_number(&peers->users, user->User.Sid, &peers->own);
	free(user);
	return error;
}

void peers_deinit(struct peers *peers)
{
	users_deinit(&peers->users);
}

uint32_t peers_own_user(const struct peers *peers)
{
	return peers->own;
}

uint32_t peers_nobody(const struct peers *peers)
{
	(void)peers;
	return USERS_NOBODY;
}

/* The user that the thread impersonates; NULL: unknown. */
static TOKEN_USER *user_passed_for(void)
{
	TOKEN_USER *user;
	HANDLE token;
	if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
		return NULL;
	user = users_of_token(token);
	CloseHandle(token);
	return user;
}

static TOKEN_USER *user_of_client_process(HANDLE stream, DWORD pid)
{
	HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
	TOKEN_USER *user;
	if (!process)
		return NULL;
	user = users_of_process(process);
	if (!stream_is_connected(stream)) {
		free(user);
		user = NULL;
	}
	CloseHandle(process);
	return user;
}

static TOKEN_USER *user_of_stream(HANDLE stream, DWORD pid)
{
	TOKEN_USER *user;
	if (!ImpersonateNamedPipeClient(stream))
		return user_of_client_process(stream, pid);
	user = user_passed_for();
	/* Going on as another user would be unsafe. */
	if (!RevertToSelf())
		abort();
	return user;
}

int peer_of_stream(struct peers *peers, uv_os_fd_t stream, struct peer *peer)
{
	uint32_t number = USERS_NOBODY;
	TOKEN_USER *user;
	int error = 0;
	DWORD pid;
	if (!GetNamedPipeClientProcessId(stream, &pid))
		return -1;
	user = user_of_stream(stream, pid);
	if (user)
		error = users_number(&peers->users, user->User.Sid, &number);
	free(user);
	*peer = (struct peer){ .pid = pid, .uid = number, .gid = number };
	return error;
}

bool peer_in_group(struct peers *peers, const void *of, uv_os_fd_t stream, uint32_t gid)
{
	(void)peers;
	(void)of;
	(void)stream;
	(void)gid;
	return false;
}

void peer_forget(struct peers *peers, const void *of)
{
	(void)peers;
	(void)of;
}
