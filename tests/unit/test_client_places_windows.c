/*
 * test_client_places_windows.c - where the library finds a daemon's pipe, which owners it trusts
 * there, and its messages if there is none.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <lmcons.h>

#include "client/lib/error.h"
#include "client/lib/os/place.h"
#include "client/semd.h"
#include "client/lib/os/socket.h"
#include "tests/support/suite.h"
#include "tests/support/support.h"

static const char system_pipe[] = "\\\\.\\pipe\\semd";

/* A pipe that only this test uses. */
static char own_pipe[64];

static void clear_environment(void)
{
	environment_set("SEMD_SOCKET", NULL);
	environment_set("SEMD_DAEMON", NULL);
	snprintf(own_pipe, sizeof(own_pipe), "\\\\.\\pipe\\semd-test-%lu", GetCurrentProcessId());
}

/* Listens on a pipe whose owner is this user. */
static HANDLE listen_at(const char *pipe)
{
	union {
		TOKEN_USER user;
		char room[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} own;
	SECURITY_DESCRIPTOR descriptor;
	SECURITY_ATTRIBUTES attributes = { .nLength = sizeof(attributes),
		.lpSecurityDescriptor = &descriptor };
	HANDLE token;
	DWORD size;
	ck_assert(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
	ck_assert(GetTokenInformation(token, TokenUser, &own, sizeof(own), &size));
	CloseHandle(token);
	ck_assert(InitializeSecurityDescriptor(&descriptor, SECURITY_DESCRIPTOR_REVISION));
	ck_assert(SetSecurityDescriptorOwner(&descriptor, own.user.User.Sid, FALSE));
	HANDLE made = CreateNamedPipeA(pipe, PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 4096, 4096, 0,
	                               &attributes);
	ck_assert(made != INVALID_HANDLE_VALUE);
	return made;
}

static void expect_said(const char *part)
{
	ck_assert_msg(strstr(error_said(), part), "\"%s\" does not say \"%s\"", error_said(), part);
}

START_TEST(told_addresses)
{
	static const char *const bad[] = {
		"", "semd", "/tmp/semd.sock", "\\\\.\\pipe\\", "\\\\server\\pipe\\semd",
		"\\\\.\\pipe\\a\\b", "\\\\.\\pipe\\\xff",
	};
	struct place place;
	char longest[300] = "\\\\.\\pipe\\";
	ck_assert(place_find(own_pipe, &place) == 0);
	ck_assert(place.kind == PLACE_TOLD);
	ck_assert_str_eq(place.path, own_pipe);
	environment_set("SEMD_SOCKET", system_pipe);
	ck_assert(place_find(NULL, &place) == 0);
	ck_assert(place.kind == PLACE_TOLD);
	ck_assert_str_eq(place.path, system_pipe);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ck_assert_msg(place_find(bad[i], &place) == SEMD_EINVAL, "%s is accepted", bad[i]);
	memset(longest + strlen(longest), 'x', 257 - strlen(longest));
	ck_assert(place_find(longest, &place) == SEMD_EINVAL);
	longest[256] = '\0';
	ck_assert(place_find(longest, &place) == 0);
}
END_TEST

/* The machine's pipe comes first, and the user's own is named after the user. */
START_TEST(found_addresses)
{
	struct place place;
	char user[UNLEN + 1], expected[UNLEN + 32];
	DWORD size = sizeof(user);
	if (WaitNamedPipeA(system_pipe, 1) || GetLastError() != ERROR_FILE_NOT_FOUND)
		suite_leave("this machine has a daemon of its own");
	ck_assert(GetUserNameA(user, &size));
	snprintf(expected, sizeof(expected), "%s-%s", system_pipe, user);
	ck_assert(place_find(NULL, &place) == 0);
	ck_assert(place.kind == PLACE_USER);
	ck_assert_str_eq(place.path, expected);
	HANDLE pipe = listen_at(system_pipe);
	ck_assert(place_find(NULL, &place) == 0);
	ck_assert(place.kind == PLACE_SYSTEM);
	ck_assert_str_eq(place.path, system_pipe);
	CloseHandle(pipe);
}
END_TEST

/* A pipe of this user is trusted as the user's own, but not as the machine's. */
START_TEST(owner_is_looked_at)
{
	struct place place;
	struct socket socket;
	HANDLE pipe = listen_at(own_pipe);
	ck_assert(place_find(own_pipe, &place) == 0);
	ck_assert(socket_connect(place.path, false, &socket) == 0);
	ck_assert(place_check_listener(&place, &socket) == 0);
	place.kind = PLACE_USER;
	ck_assert_msg(place_check_listener(&place, &socket) == 0, "%s", error_said());
	place.kind = PLACE_SYSTEM;
	ck_assert(place_check_listener(&place, &socket) == SEMD_ECONN);
	expect_said("not the system or an administrator");
	socket_close(&socket);
	CloseHandle(pipe);
}
END_TEST

START_TEST(nobody_listens)
{
	struct semd_client *client = (struct semd_client *)-1;
	ck_assert(semd_connect(own_pipe, 0, &client) == SEMD_ECONN);
	ck_assert_ptr_null(client);
	ck_assert_ptr_nonnull(strstr(semd_explain(), own_pipe));
	ck_assert(semd_connect(own_pipe, 1u << 31, &client) == SEMD_EINVAL);
	ck_assert(semd_connect(own_pipe, 0, NULL) == SEMD_EINVAL);
}
END_TEST

START_TEST(nothing_is_started)
{
	struct semd_client *client;
	struct place place;
	char program[SUPPORT_PATH];
	ck_assert(place_find(NULL, &place) == 0);
	if (WaitNamedPipeA(place.path, 1) || GetLastError() != ERROR_FILE_NOT_FOUND)
		suite_leave("this user has a daemon");
	ck_assert(semd_connect(NULL, SEMD_NO_START, &client) == SEMD_ECONN);
	environment_set("SEMD_DAEMON", "C:\\no\\such\\daemon.exe");
	ck_assert(semd_connect(NULL, 0, &client) == SEMD_ECONN);
	expect_said("C:\\no\\such\\daemon.exe");
	/* Started as a daemon, this program ends at once. */
	environment_set("SEMD_DAEMON", path_program(program, "tests/unit/test_client_places"));
	ck_assert(semd_connect(NULL, 0, &client) == SEMD_ECONN);
	expect_said("is not ready");
}
END_TEST

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return EXIT_FAILURE;
	Suite *suite = suite_create("client_places");
	TCase *places = suite_case(suite, "places");
	tcase_add_checked_fixture(places, clear_environment, NULL);
	tcase_add_test(places, told_addresses);
	tcase_add_test(places, found_addresses);
	tcase_add_test(places, owner_is_looked_at);
	tcase_add_test(places, nobody_listens);
	tcase_add_test(places, nothing_is_started);
	return suite_run(suite);
}
