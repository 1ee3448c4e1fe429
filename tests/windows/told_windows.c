/*
 * told_windows.c - events tell a daemon to end in order, and to read its configuration again.
 */
#include "config.h"

#include <string.h>
#include <windows.h>

#include "protocol/os/utf16_windows.h"
#include "tests/support/daemon.h"
#include "tests/support/raw.h"
#include "tests/support/suite.h"

static struct daemon daemon_;
static char folder[SUPPORT_PATH], file[SUPPORT_PATH];

static void make_folder(void)
{
	folder_make(folder, NULL);
	/* No code page has both characters. */
	path_join(file, folder, "\xce\xb1\xe2\x82\xac.conf");
}

static void end_daemon(void)
{
	daemon_end(&daemon_);
	folder_remove(folder);
}

static void write_file(const char *text)
{
	wchar_t name[SUPPORT_PATH];
	DWORD size;
	ck_assert(utf16_from_text(name, SUPPORT_PATH, file));
	HANDLE out = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
	ck_assert(out != INVALID_HANDLE_VALUE);
	ck_assert(WriteFile(out, text, (DWORD)strlen(text), &size, NULL));
	CloseHandle(out);
}

START_TEST(end_is_in_order)
{
	struct raw raw;
	daemon_start(&daemon_, NULL);
	raw_connect(&raw, daemon_.socket);
	daemon_ask_end(&daemon_.process);
	ck_assert_int_eq(raw_ended(&raw), WIRE_ECONN);
	raw_close(&raw);
	ck_assert_int_eq(process_await(&daemon_.process), 0);
}
END_TEST

static uint64_t most_clients(struct raw *raw)
{
	struct stats_request request = { .head.tag = 0 };
	struct stats_reply reply;
	ck_assert_int_eq(raw_ask_stats(raw, &request), WIRE_OK);
	ck_assert_int_eq(stats_reply_decode(&reply, raw->frame, raw->size), 0);
	return reply.max_clients;
}

/* Files with either line end take effect; a file that cannot be used changes nothing. */
START_TEST(configuration_is_read_again)
{
	struct raw raw;
	write_file("max-clients 7\r\n# a comment\r\n\r\nlog warning\n");
	daemon_start(&daemon_, OPTIONS("--config", file));
	raw_connect(&raw, daemon_.socket);
	ck_assert_uint_eq(most_clients(&raw), 7);
	write_file("max-clients 9");
	daemon_ask_reload(&daemon_.process);
	while (most_clients(&raw) == 7)
		;
	ck_assert_uint_eq(most_clients(&raw), 9);
	raw_leave(&raw);
	daemon_stop(&daemon_);
}
END_TEST

START_TEST(events_are_of_this_daemon_alone)
{
	static const char *const names[] = { "end", "reload" };
	daemon_start(&daemon_, NULL);
	for (int i = 0; i < 2; i++) {
		char name[64];
		snprintf(name, sizeof(name), "Global\\semd-%s-%lu", names[i],
		         (DWORD)daemon_.process.pid);
		HANDLE event = CreateEventA(NULL, FALSE, FALSE, name);
		DWORD error = GetLastError();
		ck_assert(event != NULL);
		ck_assert_uint_eq(error, ERROR_ALREADY_EXISTS);
		CloseHandle(event);
	}
	daemon_stop(&daemon_);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("told");
	TCase *tcase = suite_case(suite, "told");
	tcase_add_checked_fixture(tcase, make_folder, end_daemon);
	tcase_add_test(tcase, end_is_in_order);
	tcase_add_test(tcase, configuration_is_read_again);
	tcase_add_test(tcase, events_are_of_this_daemon_alone);
	return suite_run(suite);
}
