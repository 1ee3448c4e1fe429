/*
 * access_windows.c - which users may open a daemon's pipe, by the access list that the pipe really
 * has. Only real Windows can show that the list is obeyed.
 */
#include "config.h"

#include <aclapi.h>
#include <stdlib.h>
#include <winternl.h>

#include "tests/support/daemon.h"
#include "tests/support/stream.h"
#include "tests/support/suite.h"

/*
 * The rights that a client needs, without FILE_CREATE_PIPE_INSTANCE: with that a client could
 * answer in place of the daemon.
 */
#define CLIENTS_RIGHTS \
	(FILE_GENERIC_READ | (FILE_GENERIC_WRITE & ~(DWORD)FILE_CREATE_PIPE_INSTANCE))

static struct daemon daemon_;

static void end_daemon(void)
{
	daemon_end(&daemon_);
}

/* Information of our token, which begins with a SID. Free it with free. */
static void *of_token(TOKEN_INFORMATION_CLASS which)
{
	HANDLE token;
	DWORD size = 0;
	ck_assert(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
	GetTokenInformation(token, which, NULL, 0, &size);
	void *found = malloc(size);
	ck_assert(GetTokenInformation(token, which, found, size, &size));
	CloseHandle(token);
	return found;
}

/* Checks an entry of the list: it must allow exactly these rights to this SID. */
static void check_entry(ACL *list, DWORD place, DWORD rights, PSID sid)
{
	ACCESS_ALLOWED_ACE *entry;
	ck_assert(GetAce(list, place, (void **)&entry));
	ck_assert_int_eq(entry->Header.AceType, ACCESS_ALLOWED_ACE_TYPE);
	ck_assert_int_eq(entry->Header.AceFlags, 0);
	ck_assert_uint_eq(entry->Mask, rights);
	ck_assert(EqualSid(&entry->SidStart, sid));
}

static void check_access(const char *address, bool everybody)
{
	TOKEN_USER *user = of_token(TokenUser);
	TOKEN_OWNER *owner_of_new = of_token(TokenOwner);
	BYTE known[SECURITY_MAX_SID_SIZE];
	DWORD size = sizeof(known);
	support_descriptor stream;
	PSECURITY_DESCRIPTOR descriptor;
	PSID owner;
	ACL *list;
	ck_assert_int_eq(stream_open(address, &stream), 0);
	ck_assert_uint_eq(GetSecurityInfo(stream, SE_KERNEL_OBJECT,
	                                  OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
	                                  &owner, NULL, &list, NULL, &descriptor), ERROR_SUCCESS);
	ck_assert(EqualSid(owner, everybody ? owner_of_new->Owner : user->User.Sid));
	ck_assert_int_eq(list->AceCount, everybody ? 2 : 1);
	check_entry(list, 0, FILE_ALL_ACCESS, user->User.Sid);
	ck_assert(CreateWellKnownSid(WinAuthenticatedUserSid, NULL, known, &size));
	if (everybody)
		check_entry(list, 1, CLIENTS_RIGHTS, known);
	LocalFree(descriptor);
	descriptor_close(&stream);
	free(user);
	free(owner_of_new);
}

START_TEST(users_own_is_for_nobody_else)
{
	daemon_start(&daemon_, NULL);
	check_access(daemon_.socket, false);
	daemon_stop(&daemon_);
}
END_TEST

START_TEST(machines_is_for_everybody)
{
	static const char pipe[] = "\\\\.\\pipe\\SEMD";
	char program[SUPPORT_PATH];
	struct ready ready;
	ready_open(&ready);
	process_start(&daemon_.process, &(struct start){
		.argv = OPTIONS(path_program(program, "semd"), "--socket", pipe, "--ready",
		                ready.option),
		.in = STREAM_NULL, .err = STREAM_NULL,
	});
	ck_assert(ready_wait(&ready, &daemon_.process));
	check_access(pipe, true);
	daemon_ask_end(&daemon_.process);
	ck_assert_int_eq(process_await(&daemon_.process), 0);
	process_end(&daemon_.process);
}
END_TEST

/* The type of a pipe has this flag, as far as Windows reports it. */
START_TEST(other_machines_are_rejected)
{
	enum { REJECTS_REMOTE = 2 };
	FILE_PIPE_LOCAL_INFORMATION information;
	IO_STATUS_BLOCK status;
	support_descriptor stream;
	daemon_start(&daemon_, NULL);
	ck_assert_int_eq(stream_open(daemon_.socket, &stream), 0);
	ck_assert_int_eq(NtQueryInformationFile(stream, &status, &information, sizeof(information),
	                                        FilePipeLocalInformation), 0);
	descriptor_close(&stream);
	daemon_stop(&daemon_);
	ck_assert_uint_eq(information.NamedPipeConfiguration, 2 /* duplex */);
	if ((information.NamedPipeType & REJECTS_REMOTE) == 0)
		suite_leave("here a pipe does not say whether it rejects them");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("access");
	TCase *tcase = suite_case(suite, "access");
	tcase_add_checked_fixture(tcase, NULL, end_daemon);
	tcase_add_test(tcase, users_own_is_for_nobody_else);
	tcase_add_test(tcase, machines_is_for_everybody);
	tcase_add_test(tcase, other_machines_are_rejected);
	return suite_run(suite);
}
