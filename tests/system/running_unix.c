/*
 * running_unix.c - start and end of the daemon on Unix: its socket, its lock, its signals, and the
 * ready line.
 */
#include "config.h"

#include "tests/system/runs.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void send_sigterm(const struct process *daemon)
{
	process_signal(daemon, SIGTERM);
}

static void send_sigint(const struct process *daemon)
{
	process_signal(daemon, SIGINT);
}

START_TEST(signal_ends_it_in_order)
{
	runs_ends_in_order(_i == 0 ? send_sigterm : send_sigint);
}
END_TEST

/* The machine's socket is for all users, a user's socket only for that user. */
START_TEST(socket_has_its_mode)
{
	struct process daemon;
	struct stat info;
	ck_assert(runs_start(&daemon, NULL));
	ck_assert_int_eq(lstat(runs_address, &info), 0);
	ck_assert(S_ISSOCK(info.st_mode));
	ck_assert_uint_eq(info.st_mode & 0777, getuid() == 0 ? 0666 : 0600);
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
}
END_TEST

/* The lock alone decides, also without a listener and without a socket. */
START_TEST(lock_is_respected)
{
	struct process daemon;
	char lock[SUPPORT_PATH];
	int fd = open(path_join(lock, runs_folder, "semd.sock.lock"), O_RDWR | O_CREAT | O_CLOEXEC,
	              0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert(!runs_start(&daemon, NULL));
	runs_ends_with(&daemon, 1);
	close(fd);
	ck_assert(runs_start(&daemon, NULL));
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
	ck_assert(address_exists(lock));
}
END_TEST

START_TEST(stale_socket_is_replaced)
{
	struct process daemon;
	ck_assert(runs_start(&daemon, NULL));
	process_kill(&daemon);
	runs_ends_with(&daemon, PROCESS_KILLED);
	ck_assert(address_exists(runs_address));
	ck_assert(runs_start(&daemon, NULL));
	semd_disconnect(runs_client());
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
}
END_TEST

START_TEST(file_in_the_way_is_left_alone)
{
	struct process daemon;
	FILE *file = fopen(runs_address, "we");
	ck_assert_ptr_nonnull(file);
	fputs("precious", file);
	fclose(file);
	ck_assert(!runs_start(&daemon, NULL));
	runs_ends_with(&daemon, 1);
	struct stat info;
	ck_assert_int_eq(stat(runs_address, &info), 0);
	ck_assert_int_eq(info.st_size, strlen("precious"));
}
END_TEST

START_TEST(path_that_is_gone_ends_it)
{
	struct process daemon;
	ck_assert(runs_start(&daemon, NULL));
	ck_assert_int_eq(unlink(runs_address), 0);
	runs_ends_with(&daemon, 0);
}
END_TEST

/* If another daemon's socket is in its place, the daemon ends and leaves that socket alone. */
START_TEST(path_that_is_anothers_ends_it)
{
	struct process daemon;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char other[SUPPORT_PATH];
	ck_assert(runs_start(&daemon, NULL));
	strcpy(address.sun_path, path_join(other, runs_folder, "other"));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(rename(other, runs_address), 0);
	runs_ends_with(&daemon, 0);
	ck_assert(address_exists(runs_address));
	close(fd);
}
END_TEST

/* A new folder in a folder with the set-group-ID bit inherits that bit. */
START_TEST(users_own_folder_is_made)
{
	struct process daemon;
	char runtime[SUPPORT_PATH + 20];
	ck_assert_int_eq(chmod(runs_folder, 02700), 0);
	snprintf(runtime, sizeof(runtime), "XDG_RUNTIME_DIR=%s", runs_folder);
	process_start(&daemon, &(struct start){
		.argv = OPTIONS(runs_program, "--idle-exit", "0"), .environment = OPTIONS(runtime),
		.in = STREAM_NULL, .err = STREAM_NULL,
	});
	runs_ends_with(&daemon, 0);
	ck_assert(address_exists(path_join(runs_address, runs_folder, "semd/semd.sock.lock")));
}
END_TEST

/* Connects again and again until told to end. Each accepted connection must be served. */
static int knock_again_and_again(void *arg, support_descriptor link)
{
	struct hello_request hello = {
		.min_version = SEMD_PROTOCOL_VERSION, .max_version = SEMD_PROTOCOL_VERSION,
	};
	(void)arg;
	while (!descriptor_wait(link, 0)) {
		struct raw raw;
		if (raw_try_open(&raw, runs_address) != 0)
			continue;
		int status = raw_ask_hello(&raw, &hello);
		raw_leave(&raw);
		if (status != WIRE_OK)
			return 1;
	}
	return 0;
}

START_TEST(idle_one_serves_all_that_have_connected)
{
	enum { KNOCKERS = 2, LIVES = 30 };
	struct process knockers[KNOCKERS];
	for (int i = 0; i < KNOCKERS; i++)
		process_fork(&knockers[i], knock_again_and_again, NULL, 0);
	for (int life = 0; life < LIVES; life++) {
		struct process daemon;
		process_start(&daemon, &(struct start){
			.argv = OPTIONS(runs_program, "--socket", runs_address, "--idle-exit", "0"),
			.in = STREAM_NULL, .err = STREAM_NULL,
		});
		runs_ends_with(&daemon, 0);
	}
	for (int i = 0; i < KNOCKERS; i++)
		link_tell(knockers[i].link, 'e');
	for (int i = 0; i < KNOCKERS; i++) {
		ck_assert_int_eq(process_await(&knockers[i]), 0);
		process_end(&knockers[i]);
	}
}
END_TEST

/* The starter waits for a line. The daemon writes it once and closes the descriptor. */
START_TEST(ready_one_says_so)
{
	struct process daemon;
	int ends[2];
	char byte;
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	process_start(&daemon, &(struct start){
		.argv = OPTIONS(runs_program, "--socket", runs_address, "--ready", "3"),
		.in = STREAM_NULL, .pass = ends[1],
	});
	close(ends[1]);
	ck_assert(descriptor_wait(ends[0], SUPPORT_LIMIT));
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert_int_eq(byte, '\n');
	ck_assert(descriptor_wait(ends[0], SUPPORT_LIMIT));
	ck_assert_int_eq(read(ends[0], &byte, 1), 0);
	close(ends[0]);
	daemon_ask_end(&daemon);
	runs_ends_with(&daemon, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("running on Unix");
	TCase *running = runs_case(suite, "running");
	tcase_add_loop_test(running, signal_ends_it_in_order, 0, 2);
	tcase_add_test(running, socket_has_its_mode);
	tcase_add_test(running, lock_is_respected);
	tcase_add_test(running, stale_socket_is_replaced);
	tcase_add_test(running, file_in_the_way_is_left_alone);
	tcase_add_test(running, path_that_is_gone_ends_it);
	tcase_add_test(running, path_that_is_anothers_ends_it);
	tcase_add_test(running, users_own_folder_is_made);
	tcase_add_test(running, idle_one_serves_all_that_have_connected);
	tcase_add_test(running, ready_one_says_so);
	return suite_run(suite);
}
