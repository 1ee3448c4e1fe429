/*
 * deadlocks.c - deadlocks through daemon and library: the clients in a deadlock, whether it is
 * certain, what ends it, and the log.
 */
#include "config.h"

#include "tests/system/served.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 8 };

/* The rows from the library, the clients of all deadlocks in one list. */
struct seen {
	unsigned count, members;
	bool sure[ROWS];
	uint32_t clients[ROWS];
	uint64_t member[ROWS];
	char text[256];		/* holds and waits, in order */
};

static int see_deadlock(void *arg, const struct semd_deadlock *deadlock)
{
	struct seen *seen = arg;
	seen->sure[seen->count] = deadlock->sure;
	seen->clients[seen->count++] = deadlock->clients;
	return 0;
}

static int see_client(void *arg, const struct semd_client_info *client)
{
	struct seen *seen = arg;
	seen->member[seen->members++] = client->client;
	return 0;
}

static void see_claim(struct seen *seen, const char *what, const struct semd_claim *claim)
{
	size_t size = strlen(seen->text);
	snprintf(seen->text + size, sizeof(seen->text) - size, "%s %s:%u ", what, claim->name,
	         claim->permits);
}

static int see_hold(void *arg, const struct semd_claim *hold)
{
	see_claim(arg, "holds", hold);
	return 0;
}

static int see_wait(void *arg, const struct semd_claim *wait)
{
	see_claim(arg, "waits", wait);
	return 0;
}

static const struct semd_deadlocks_rows see_all = {
	see_deadlock, { see_client, see_hold, see_wait },
};

static struct seen see(struct semd_client *client)
{
	struct seen seen = { .count = 0 };
	ck_assert_int_eq(semd_deadlocks(client, &see_all, &seen), 0);
	return seen;
}

static void none(struct semd_client *client)
{
	ck_assert_uint_eq(see(client).count, 0);
}

static struct raw raw[2];

/* Two raw clients: each holds a semaphore as handle 0 and waits for the other's. */
static void wait_crosswise(void)
{
	static const char *const names[] = { "a", "b" };
	for (int i = 0; i < 2; i++) {
		raw_user(&raw[i], names[i], 1);
		ck_assert_int_eq(raw_create(&raw[i], 1, names[1 - i], 1), WIRE_OK);
		ck_assert_int_eq(raw_term(&raw[i], 0, WIRE_TERM_ACQUIRE, 1, -1), WIRE_OK);
	}
	for (int i = 0; i < 2; i++) {
		struct apply_request apply = { .timeout = -1, .terms.count = 1 };
		apply.terms.term[0] = (struct wire_term){ .handle = 1, .kind = WIRE_TERM_ACQUIRE,
		                                          .n = 1 };
		raw_send_apply(&raw[i], &apply);
	}
}

static void leave(void)
{
	raw_leave(&raw[0]);
	raw_leave(&raw[1]);
}

/* Requests of different connections are not ordered, so the test waits until both wait. */
static void await_crosswise(struct semd_client *client)
{
	wait_crosswise();
	sem_await_waiting(sem_existing(client, "a"), 1);
	sem_await_waiting(sem_existing(client, "b"), 1);
}

START_TEST(two_are_told_of)
{
	struct semd_client *client = new_client();
	await_crosswise(client);
	struct seen seen = see(client);
	ck_assert_uint_eq(seen.count, 1);
	ck_assert(seen.sure[0]);
	ck_assert_uint_eq(seen.clients[0], 2);
	ck_assert_uint_eq(seen.members, 2);
	ck_assert_uint_eq(seen.member[0], raw[0].client);
	ck_assert_uint_eq(seen.member[1], raw[1].client);
	ck_assert_str_eq(seen.text, "holds a:1 waits b:1 holds b:1 waits a:1 ");
	ck_assert_int_eq(semd_deadlocks(client, NULL, NULL), SEMD_EINVAL);
	leave();
	none(client);
	semd_disconnect(client);
}
END_TEST

/*
 * A client that sends more while its request waits may go on anyway, so the deadlock is only
 * possible.
 */
START_TEST(one_that_goes_on_makes_it_possible)
{
	struct ping_request ping = { .head.tag = 0 };
	struct cancel_request cancel = { .request = 1 };
	struct semd_client *client = new_client();
	await_crosswise(client);
	ck_assert_int_eq(raw_ask_cancel(&raw[0], &cancel), WIRE_ENOENT);
	ck_assert(see(client).sure[0]);
	ck_assert_int_eq(raw_ask_ping(&raw[0], &ping), WIRE_OK);
	ck_assert(!see(client).sure[0]);
	leave();
	semd_disconnect(client);
}
END_TEST

START_TEST(one_that_threads_share_makes_it_possible)
{
	struct acquiring acquiring;
	struct semd_client *client = new_client(), *shared = new_client();
	struct semd_sem *sem = sem_new(shared, "one", 1);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	acquiring_begin(&acquiring, sem);
	sem_await_waiting(sem_existing(client, "one"), 1);
	struct seen seen = see(client);
	ck_assert_uint_eq(seen.count, 1);
	ck_assert(!seen.sure[0]);
	/* And it does go on. */
	ck_assert_int_eq(semd_release(sem, 1), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	none(client);
	semd_disconnect(shared);
	semd_disconnect(client);
}
END_TEST

/* A single thread that waits for permits that it holds itself. */
static int wait_for_itself(void *arg, support_descriptor link)
{
	struct semd_client *client;
	struct semd_sem *sem;
	(void)arg;
	if (semd_connect(served.socket, SEMD_NO_START, &client) != 0 ||
	    semd_open(client, "one", NULL, &sem) != 0 || semd_acquire(sem, 1) != 0)
		return 1;
	link_tell(link, 'h');
	return semd_acquire(sem, 1);
}

START_TEST(it_ends_with_a_process)
{
	struct process process;
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "one", 1);
	process_fork(&process, wait_for_itself, NULL, 0);
	ck_assert_int_eq(link_hear(process.link), 'h');
	sem_await_waiting(sem, 1);
	struct seen seen = see(client);
	ck_assert_uint_eq(seen.count, 1);
	ck_assert(seen.sure[0]);
	process_kill(&process);
	ck_assert_int_eq(process_await(&process), PROCESS_KILLED);
	none(client);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

START_TEST(it_ends_with_a_kick)
{
	struct semd_client *client = new_client();
	await_crosswise(client);
	ck_assert_int_eq(semd_kick(client, raw[0].client), 0);
	none(client);
	ck_assert(raw_receive(&raw[1]));
	ck_assert_int_eq(raw[1].head.status, WIRE_OK);
	leave();
	semd_disconnect(client);
}
END_TEST

START_TEST(it_ends_with_a_post)
{
	struct semd_client *client = new_client();
	await_crosswise(client);
	ck_assert_int_eq(semd_post(sem_existing(client, "a"), 1), 0);
	none(client);
	leave();
	semd_disconnect(client);
}
END_TEST

enum { MANY = 100 };

static int stop(void *arg, const struct semd_deadlock *deadlock)
{
	(void)deadlock;
	++*(int *)arg;
	return 42;
}

static int count(void *arg, const struct semd_deadlock *deadlock)
{
	*(unsigned *)arg += deadlock->clients;
	return 0;
}

START_TEST(many_are_told_of_in_pages)
{
	static const struct semd_deadlocks_rows see_count = { .deadlock = count };
	static const struct semd_deadlocks_rows see_first = { .deadlock = stop };
	static struct raw alone[MANY];
	struct semd_client *client = new_client();
	unsigned counted = 0;
	int calls = 0;
	for (int i = 0; i < MANY; i++) {
		char name[16];
		snprintf(name, sizeof(name), "%d", i);
		raw_user(&alone[i], name, 1);
		raw_term(&alone[i], 0, WIRE_TERM_ACQUIRE, 1, -1);
		raw_begin(&alone[i], WIRE_TERM_ACQUIRE, 1, -1);
		ck_assert(raw_waits(&alone[i]));
	}
	ck_assert_int_eq(semd_deadlocks(client, &see_count, &counted), 0);
	ck_assert_uint_eq(counted, MANY);
	ck_assert_int_eq(semd_deadlocks(client, &see_first, &calls), 42);
	ck_assert_int_eq(calls, 1);
	for (int i = 0; i < MANY; i++)
		raw_leave(&alone[i]);
	none(client);
	semd_disconnect(client);
}
END_TEST

/* ---- The log --------------------------------------------------------------------------------- */

/* The next line about a deadlock, NULL at the end of the log. */
static const char *next_told(void)
{
	const char *line;
	while ((line = process_line(&served_log)) != NULL && !strstr(line, "deadlock"))
		;
	return line;
}

START_TEST(it_is_logged_when_it_comes_into_being)
{
	char wanted[512], pid[32];
	struct semd_client *client = new_client();
	for (int i = 0; i < 2; i++) {
		wait_crosswise();
		snprintf(pid, sizeof(pid), "(pid %d, \"raw\")", (int)getpid());
		snprintf(wanted, sizeof(wanted),
		         "<4>semd: deadlock of 2 clients: client %lu %s holds a:1 "
		         "and waits for b:1; client %lu %s holds b:1 and waits for a:1: "
		         "end one of them with 'semd-cli kick %lu'", (unsigned long)raw[0].client, pid,
		         (unsigned long)raw[1].client, pid, (unsigned long)raw[0].client);
		ck_assert_str_eq(next_told(), wanted);
		leave();
	}
	semd_disconnect(client);
}
END_TEST

/*
 * Waits for permits that it holds itself. Its command line has 255 bytes that a log must not show
 * as they are. The wait has a time-out, so that the deadlock is only possible from its first
 * moment. If the PING were the reason instead, a search between the two requests would find a
 * certain deadlock.
 */
static void wait_alone(struct raw *alone, const char *name)
{
	static const int64_t hour = 3600 * 1000 * MILLISECOND;
	char text[256] = { 0 };
	struct label_request label = { .command = { text, 255 } };
	for (size_t i = 0; i < 255; i++)
		text[i] = i % 2 ? '\x1b' : '\n';
	raw_user(alone, name, 1);
	ck_assert_int_eq(raw_ask_label(alone, &label), WIRE_OK);
	raw_term(alone, 0, WIRE_TERM_ACQUIRE, 1, -1);
	raw_begin(alone, WIRE_TERM_ACQUIRE, 1, hour);
	ck_assert(raw_waits(alone));
}

START_TEST(words_of_clients_are_made_harmless)
{
	struct raw alone;
	char wanted[64];
	wait_alone(&alone, "one");
	const char *line = next_told();
	ck_assert_ptr_nonnull(strstr(line, "<6>semd: possible deadlock of 1 client: "));
	ck_assert_ptr_nonnull(strstr(line, "\"\\x0a\\x1b\\x0a\\x1b"));
	ck_assert_ptr_nonnull(strstr(line, "...\") holds one:1 and waits for one:1"));
	snprintf(wanted, sizeof(wanted), ": end it with 'semd-cli kick %lu'",
	         (unsigned long)alone.client);
	ck_assert_str_eq(line + strlen(line) - strlen(wanted), wanted);
	for (const char *c = line; *c != '\0'; c++)
		ck_assert(*c >= 0x20 && *c < 0x7f);
	raw_leave(&alone);
}
END_TEST

/* Each deadlock is found, since a client asks for deadlocks, but only a few are logged. */
START_TEST(a_log_has_its_bounds)
{
	struct semd_client *client = new_client();
	unsigned lines = 0;
	for (int i = 0; i < MANY; i++) {
		struct raw alone;
		wait_alone(&alone, "one");
		ck_assert_uint_eq(see(client).count, 1);
		raw_leave(&alone);
		none(client);
	}
	daemon_ask_end(&served_log);
	while (next_told())
		lines++;
	ck_assert_uint_ge(lines, 10);
	ck_assert_uint_lt(lines, MANY / 2);
	ck_assert_int_eq(process_await(&served_log), 0);
	semd_disconnect(client);
}
END_TEST

/*
 * Programs with threads or time-outs may always be in possible deadlocks; these must not keep
 * certain ones out of the log.
 */
START_TEST(possible_ones_leave_room_for_sure_ones)
{
	struct semd_client *client = new_client();
	for (int i = 0; i < MANY; i++) {
		struct raw alone;
		wait_alone(&alone, "one");
		ck_assert_uint_eq(see(client).count, 1);
		raw_leave(&alone);
		none(client);
	}
	const char *line = next_told();
	ck_assert_msg(strncmp(line, "<6>semd: possible deadlock", 26) == 0, "%.70s", line);
	await_crosswise(client);
	ck_assert_uint_eq(see(client).count, 1);
	leave();
	daemon_ask_end(&served_log);
	while ((line = next_told()) != NULL && strncmp(line, "<4>", 3) != 0)
		;
	ck_assert_ptr_nonnull(line);
	ck_assert_ptr_nonnull(strstr(line, "semd: deadlock of 2 clients: "));
	ck_assert_int_eq(process_await(&served_log), 0);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("deadlocks");
	TCase *told = served_case(suite, "told");
	tcase_add_test(told, two_are_told_of);
	tcase_add_test(told, one_that_goes_on_makes_it_possible);
	tcase_add_test(told, one_that_threads_share_makes_it_possible);
	tcase_add_test(told, it_ends_with_a_process);
	tcase_add_test(told, it_ends_with_a_kick);
	tcase_add_test(told, it_ends_with_a_post);
	tcase_add_test(told, many_are_told_of_in_pages);
	TCase *logged = served_log_case(suite, "logged");
	tcase_add_test(logged, it_is_logged_when_it_comes_into_being);
	tcase_add_test(logged, words_of_clients_are_made_harmless);
	tcase_add_test(logged, a_log_has_its_bounds);
	tcase_add_test(logged, possible_ones_leave_room_for_sure_ones);
	return suite_run(suite);
}
