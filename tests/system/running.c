/*
 * running.c - how the daemon begins and ends: its socket, its locks, signals, idleness, wrong use.
 */
#include "config.h"

#include "tests/system/served.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char folder[SUPPORT_PATH], path[SUPPORT_PATH], program[SUPPORT_PATH];

static void folder_begin(void)
{
	folder_make(folder, NULL);
	path_join(path, folder, "semd.sock");
	path_program(program, "semd");
}

static void folder_end(void)
{
	folder_remove(folder);
}

/* A daemon that binds `path` itself. Returns when it accepts connections, false when it ended. */
static bool run(struct process *process, const char *const *options)
{
	const char *argv[16] = { program, "--socket", path, "--ready", "3" };
	int ends[2];
	char byte;
	for (size_t i = 0; options != NULL && options[i] != NULL; i++)
		argv[i + 5] = options[i];
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	process_start(process, &(struct start){
		.argv = argv, .in = STREAM_NULL, .err = STREAM_PIPE, .pass = ends[1],
	});
	close(ends[1]);
	ck_assert(descriptor_wait(ends[0], SUPPORT_LIMIT));
	ssize_t count = read(ends[0], &byte, 1);
	bool ready = count == 1;
	if (ready) {
		/* It says so once and closes. */
		ck_assert_int_eq(byte, '\n');
		ck_assert(descriptor_wait(ends[0], SUPPORT_LIMIT));
		ck_assert_int_eq(read(ends[0], &byte, 1), 0);
	}
	close(ends[0]);
	return ready;
}

static void ends_with(struct process *process, int status)
{
	ck_assert_int_eq(process_await(process), status);
	process_end(process);
}

static bool exists(const char *name)
{
	struct stat info;
	return lstat(name, &info) == 0;
}

static struct semd_client *client_at(const char *address)
{
	struct semd_client *client;
	int error = semd_connect(address, SEMD_NO_START, &client);
	ck_assert_msg(error == 0, "connect: %s", semd_explain());
	return client;
}

START_TEST(signal_ends_it_in_order)
{
	static const int signals[] = { SIGTERM, SIGINT };
	struct process daemon;
	struct raw raw;
	ck_assert(run(&daemon, NULL));
	struct semd_client *client = client_at(path);
	struct semd_sem *sem = sem_new(client, "one", 1);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	raw_connect(&raw, path);
	process_signal(&daemon, signals[_i]);
	ck_assert_int_eq(raw_ended(&raw), WIRE_ECONN);
	ends_with(&daemon, 0);
	ck_assert_int_eq(semd_release(sem, 1), SEMD_ECONN);
	ck_assert(!exists(path));
	raw_close(&raw);
	semd_disconnect(client);
}
END_TEST

/* The machine's is for everybody, a user's for nobody else. */
START_TEST(socket_has_its_mode)
{
	struct process daemon;
	struct stat info;
	ck_assert(run(&daemon, NULL));
	ck_assert_int_eq(lstat(path, &info), 0);
	ck_assert(S_ISSOCK(info.st_mode));
	ck_assert_uint_eq(info.st_mode & 0777, getuid() == 0 ? 0666 : 0600);
	daemon_ask_end(&daemon);
	ends_with(&daemon, 0);
}
END_TEST

START_TEST(second_one_is_locked_out)
{
	struct process first, second;
	ck_assert(run(&first, NULL));
	ck_assert(!run(&second, NULL));
	ends_with(&second, 1);
	semd_disconnect(client_at(path));
	daemon_ask_end(&first);
	ends_with(&first, 0);
}
END_TEST

/* The lock alone decides: with nobody on the socket, and nothing there. */
START_TEST(lock_is_respected)
{
	struct process daemon;
	char lock[SUPPORT_PATH];
	int fd = open(path_join(lock, folder, "semd.sock.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(flock(fd, LOCK_EX), 0);
	ck_assert(!run(&daemon, NULL));
	ends_with(&daemon, 1);
	close(fd);
	ck_assert(run(&daemon, NULL));
	daemon_ask_end(&daemon);
	ends_with(&daemon, 0);
	ck_assert(exists(lock));
}
END_TEST

START_TEST(stale_socket_is_replaced)
{
	struct process daemon;
	ck_assert(run(&daemon, NULL));
	process_kill(&daemon);
	ends_with(&daemon, -SIGKILL);
	ck_assert(exists(path));
	ck_assert(run(&daemon, NULL));
	semd_disconnect(client_at(path));
	daemon_ask_end(&daemon);
	ends_with(&daemon, 0);
}
END_TEST

START_TEST(file_in_the_way_is_left_alone)
{
	struct process daemon;
	FILE *file = fopen(path, "we");
	ck_assert_ptr_nonnull(file);
	fputs("precious", file);
	fclose(file);
	ck_assert(!run(&daemon, NULL));
	ends_with(&daemon, 1);
	struct stat info;
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_int_eq(info.st_size, strlen("precious"));
}
END_TEST

START_TEST(path_too_long_is_refused)
{
	struct process daemon;
	char name[200];
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	path_join(path, folder, name);
	ck_assert(!run(&daemon, NULL));
	ends_with(&daemon, 1);
}
END_TEST

START_TEST(path_that_is_gone_ends_it)
{
	struct process daemon;
	ck_assert(run(&daemon, NULL));
	ck_assert_int_eq(unlink(path), 0);
	ends_with(&daemon, 0);
}
END_TEST

/* Somebody else's socket in its place: it ends, and leaves that one where it is. */
START_TEST(path_that_is_anothers_ends_it)
{
	struct process daemon;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char other[SUPPORT_PATH];
	ck_assert(run(&daemon, NULL));
	strcpy(address.sun_path, path_join(other, folder, "other"));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(rename(other, path), 0);
	ends_with(&daemon, 0);
	ck_assert(exists(path));
	close(fd);
}
END_TEST

START_TEST(idle_one_leaves)
{
	struct process daemon;
	ck_assert(run(&daemon, OPTIONS("--idle-exit", "1")));
	ends_with(&daemon, 0);
	ck_assert(!exists(path));
}
END_TEST

/* A folder made in one whose group is handed down has that bit as well. */
START_TEST(users_own_folder_is_made)
{
	struct process daemon;
	char runtime[SUPPORT_PATH + 20];
	ck_assert_int_eq(chmod(folder, 02700), 0);
	snprintf(runtime, sizeof(runtime), "XDG_RUNTIME_DIR=%s", folder);
	process_start(&daemon, &(struct start){
		.argv = OPTIONS(program, "--idle-exit", "0"), .environment = OPTIONS(runtime),
		.in = STREAM_NULL, .err = STREAM_NULL,
	});
	ends_with(&daemon, 0);
	ck_assert(exists(path_join(path, folder, "semd/semd.sock.lock")));
}
END_TEST

static int hold_detached(void *arg, support_descriptor link)
{
	(void)arg;
	struct semd_client *client = client_at(path);
	struct semd_sem *sem = sem_new_with(client, "goes", 1, 0, SEMD_LAST_CLOSE);
	if (semd_acquire(sem, 1) != 0 || semd_detach(client) != 0)
		return 1;
	link_tell(link, 'd');
	link_hear(link);
	return 0;
}

enum { LONGER_THAN_IDLE = 1500 };

/* A client, a hold, or a semaphore that would be lost: each keeps it. */
START_TEST(busy_one_stays)
{
	struct process daemon, holder;
	ck_assert(run(&daemon, OPTIONS("--idle-exit", "1")));
	struct semd_client *client = client_at(path);
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	sem_new(client, "stays", 1);
	semd_disconnect(client);
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	client = client_at(path);
	ck_assert_int_eq(semd_remove(client, "stays"), 0);
	process_fork(&holder, hold_detached, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'd');
	semd_disconnect(client);
	ck_assert(!descriptor_wait(daemon.handle, LONGER_THAN_IDLE));
	process_end(&holder);
	ends_with(&daemon, 0);
}
END_TEST

static const struct {
	const char *option, *value;
	int status;
	const char *said;	/* on standard error */
} uses[] = {
	{ "--no-such-option", NULL, 2, "no-such-option" },
	{ "--idle-exit", "soon", 2, "idle-exit" },
	{ "--max-clients", "-1", 2, "max-clients" },
	{ "--max-unsent", "99999999999999999999", 2, "max-unsent" },
	{ "--log", "loudly", 2, "log" },
	{ "--state", "/no/such/state", 1, "state" },
	{ "--ready", "9", 1, "ready" },	/* not open */
	{ "--config", "/no/such/file", 1, "/no/such/file" },
	{ "superfluous", NULL, 2, "superfluous" },
};

START_TEST(wrong_use_is_told)
{
	struct process daemon;
	const char *argv[] = { program, uses[_i].option, uses[_i].value, NULL };
	bool said = false;
	process_start(&daemon, &(struct start){
		.argv = argv, .in = STREAM_NULL, .out = STREAM_PIPE, .err = STREAM_PIPE,
	});
	/* process_line reads `out`: here it is the errors that count. */
	int out = daemon.out;
	daemon.out = daemon.err;
	daemon.err = out;
	for (const char *line; (line = process_line(&daemon)) != NULL;)
		said = said || strstr(line, uses[_i].said) != NULL;
	ck_assert_msg(said, "nothing is said of %s", uses[_i].said);
	ends_with(&daemon, uses[_i].status);
}
END_TEST

START_TEST(version_is_told)
{
	struct process daemon;
	process_start(&daemon, &(struct start){
		.argv = OPTIONS(program, "--version"), .in = STREAM_NULL, .out = STREAM_PIPE,
	});
	const char *line = process_line(&daemon);
	ck_assert_ptr_nonnull(line);
	ck_assert_str_eq(line, "semd " PACKAGE_VERSION);
	ends_with(&daemon, 0);
}
END_TEST

/* A file gives what the command line does not. */
START_TEST(configuration_is_read)
{
	struct process daemon;
	struct raw raw;
	char config[SUPPORT_PATH];
	FILE *file = fopen(path_join(config, folder, "config"), "we");
	ck_assert_ptr_nonnull(file);
	fputs("# a comment\n\nmax-handles 1\n", file);
	fclose(file);
	ck_assert(run(&daemon, OPTIONS("--config", config, "--no-state")));
	raw_connect(&raw, path);
	ck_assert_int_eq(raw_create(&raw, 0, "a", 1), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 1, "b", 1), WIRE_EQUOTA);
	raw_leave(&raw);

	/* SIGHUP reads it again; the change is seen, if not by the next request, by a later one. */
	file = fopen(config, "we");
	ck_assert_ptr_nonnull(file);
	fputs("max-handles 2\n", file);
	fclose(file);
	daemon_ask_reload(&daemon);
	raw_connect(&raw, path);
	ck_assert_int_eq(raw_create(&raw, 0, "a", 1), WIRE_OK);
	while (raw_create(&raw, 1, "b", 1) == WIRE_EQUOTA)
		;
	raw_leave(&raw);
	daemon_ask_end(&daemon);
	ends_with(&daemon, 0);
}
END_TEST

/* More is said on standard error than a pipe holds, and nobody reads it. */
START_TEST(nobody_reads_its_log)
{
	enum { LINES = 2000 };
	struct process daemon;
	ck_assert(run(&daemon, OPTIONS("--log", "debug")));
	for (int i = 0; i < LINES; i++) {
		static const uint8_t nonsense[WIRE_HEAD_SIZE];
		struct raw raw;
		raw_open(&raw, path);
		ck_assert(raw_send(&raw, nonsense, sizeof(nonsense)));
		ck_assert_int_eq(raw_ended(&raw), WIRE_EPROTO);
		raw_close(&raw);
	}
	daemon_ask_end(&daemon);
	ends_with(&daemon, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("running");
	TCase *running = suite_case(suite, "running");
	tcase_add_checked_fixture(running, folder_begin, folder_end);
	tcase_add_loop_test(running, signal_ends_it_in_order, 0, 2);
	tcase_add_test(running, socket_has_its_mode);
	tcase_add_test(running, second_one_is_locked_out);
	tcase_add_test(running, lock_is_respected);
	tcase_add_test(running, stale_socket_is_replaced);
	tcase_add_test(running, file_in_the_way_is_left_alone);
	tcase_add_test(running, path_too_long_is_refused);
	tcase_add_test(running, path_that_is_gone_ends_it);
	tcase_add_test(running, path_that_is_anothers_ends_it);
	tcase_add_test(running, idle_one_leaves);
	tcase_add_test(running, users_own_folder_is_made);
	tcase_add_test(running, busy_one_stays);
	tcase_add_test(running, nobody_reads_its_log);
	TCase *use = suite_case(suite, "use");
	tcase_add_checked_fixture(use, folder_begin, folder_end);
	tcase_add_loop_test(use, wrong_use_is_told, 0, sizeof(uses) / sizeof(uses[0]));
	tcase_add_test(use, version_is_told);
	tcase_add_test(use, configuration_is_read);
	return suite_run(suite);
}
