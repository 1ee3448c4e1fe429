/*
 * ends.c - a process ends with all of its connections, and several processes that end together end
 * together: what some of them held never serves what others of them waited for.
 */
#include "config.h"

#include "tests/system/served.h"

#include <stdio.h>

enum { ROUNDS = 20 };

/* An item that is passed on: whoever takes it posts one of `full` in the same step. */
static const struct wire_terms pass_on = {
	2, { { 0, WIRE_TERM_CONSUME, 1 }, { 1, WIRE_TERM_POST, 1 } },
};

static struct semd_client *client;
static struct semd_sem *items, *full;

static void begin(void)
{
	client = new_client();
	items = sem_new(client, "items", 1);
	full = sem_new(client, "full", 0);
}

static void end(void)
{
	semd_disconnect(client);
}

static void hold_item(struct raw *raw)
{
	if (raw_create(raw, 0, "items", 1) != WIRE_OK ||
	    raw_term(raw, 0, WIRE_TERM_ACQUIRE, 1, -1) != WIRE_OK)
		support_die("the item cannot be held");
}

static void wait_for_item(struct raw *raw)
{
	struct apply_request apply = { .timeout = -1, .terms = pass_on };
	if (raw_create(raw, 0, "items", 1) != WIRE_OK || raw_create(raw, 1, "full", 0) != WIRE_OK)
		support_die("nothing to wait for");
	raw_send_apply(raw, &apply);
}

static void await_hold(void)
{
	while (sem_info(items).held != 1)
		sched_yield();
}

static void held_and_awaited(void)
{
	await_hold();
	sem_await_waiting(items, 1);
}

/* The item is back where it was, and nobody has passed it on. */
static void item_is_back(int round)
{
	struct semd_info info;
	ck_assert_int_eq(semd_try_acquire(items, 1), 0);
	ck_assert_int_eq(semd_release(items, 1), 0);
	info = sem_info(items);
	ck_assert_msg(info.available == 1 && info.used_up == 0 && info.waiting == 0,
	              "round %d: an item was taken", round);
	ck_assert_msg(sem_info(full).posted == 0, "round %d: a post that nobody made", round);
}

static void kill_it(struct process *process)
{
	process_kill(process);
	ck_assert_int_eq(process_await(process), PROCESS_KILLED);
}

/* ---- One process ------------------------------------------------------------------------------- */

static int hold_and_wait(void *arg, support_descriptor link)
{
	const bool holds_first = *(const bool *)arg;
	struct raw first, second;
	raw_connect(&first, served.socket);
	raw_connect(&second, served.socket);
	hold_item(holds_first ? &first : &second);
	wait_for_item(holds_first ? &second : &first);
	link_hear(link);
	return 0;
}

static void one_process(bool holds_first)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct process process;
		process_fork(&process, hold_and_wait, &holds_first, sizeof(holds_first));
		held_and_awaited();
		kill_it(&process);
		item_is_back(round);
		process_end(&process);
	}
}

START_TEST(the_connection_that_holds_was_opened_first)
{
	one_process(true);
}
END_TEST

START_TEST(the_connection_that_holds_was_opened_last)
{
	one_process(false);
}
END_TEST

/* Nobody waits for the process: the daemon may see its connections end before it sees the process end. */
START_TEST(connections_end_before_the_process_is_seen_to_end)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct process process;
		bool holds_first = round % 2;
		process_fork(&process, hold_and_wait, &holds_first, sizeof(holds_first));
		held_and_awaited();
		process_kill(&process);
		while (sem_info(items).held + sem_info(items).waiting > 0)
			sched_yield();
		item_is_back(round);
		ck_assert_int_eq(process_await(&process), PROCESS_KILLED);
		process_end(&process);
	}
}
END_TEST

/* ---- Clients bound to it ----------------------------------------------------------------------- */

static int hold_for_oneself(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_connect(&raw, served.socket);
	hold_item(&raw);
	link_hear(link);
	return 0;
}

/* One that lives waits on behalf of the process that is killed. */
START_TEST(a_wait_on_behalf_of_the_process_is_over)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct process process;
		struct raw speaker;
		process_fork(&process, hold_for_oneself, NULL, 0);
		await_hold();
		ck_assert_int_eq(raw_bound(&speaker, process.pid, process.handle), WIRE_OK);
		wait_for_item(&speaker);
		held_and_awaited();
		kill_it(&process);
		item_is_back(round);
		ck_assert_int_eq(raw_ended(&speaker), WIRE_ELOST);
		raw_close(&speaker);
		process_end(&process);
	}
}
END_TEST

/* ---- Several processes ------------------------------------------------------------------------- */

static int wait_for_oneself(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_connect(&raw, served.socket);
	wait_for_item(&raw);
	link_hear(link);
	return 0;
}

/* The daemon stands still meanwhile, and finds both ends in one look. */
static void two_processes(bool holder_first)
{
	struct raw asking;
	raw_user(&asking, "full", 0);
	for (int round = 0; round < ROUNDS; round++) {
		struct process holder, waiter;
		process_fork(&holder, hold_for_oneself, NULL, 0);
		await_hold();
		process_fork(&waiter, wait_for_oneself, NULL, 0);
		held_and_awaited();
		process_pause(&served.process);
		raw_go_ahead(&asking);
		kill_it(holder_first ? &holder : &waiter);
		kill_it(holder_first ? &waiter : &holder);
		uint64_t tag = raw_begin(&asking, WIRE_TERM_CONSUME, 1, 0);
		process_resume(&served.process);
		ck_assert_int_eq(raw_answer(&asking, tag), WIRE_EAGAIN);
		item_is_back(round);
		process_end(&holder);
		process_end(&waiter);
	}
	raw_leave(&asking);
}

START_TEST(the_process_that_holds_ends_first)
{
	two_processes(true);
}
END_TEST

START_TEST(the_process_that_waits_ends_first)
{
	two_processes(false);
}
END_TEST

/*
 * One that is killed lets go of all it holds before anybody is served: the first in line wants two and
 * gets both, though the one behind it may pass.
 */
static int hold_two(void *arg, support_descriptor link)
{
	struct raw first, second;
	(void)arg;
	raw_user(&first, "two", 2);
	raw_user(&second, "two", 2);
	if (raw_term(&first, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK ||
	    raw_term(&second, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK)
		return 1;
	link_tell(link, 'h');
	link_hear(link);
	return 0;
}

START_TEST(all_is_given_back_before_anybody_is_served)
{
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = 2, .bypass = 1,
	};
	struct semd_sem *two;
	struct process process;
	struct raw wants_two, wants_one;
	ck_assert_int_eq(semd_open(client, "two", &options, &two), 0);
	process_fork(&process, hold_two, NULL, 0);
	ck_assert_int_eq(link_hear(process.link), 'h');
	raw_user(&wants_two, "two", 2);
	uint64_t tag = raw_begin(&wants_two, WIRE_TERM_ACQUIRE, 2, -1);
	sem_await_waiting(two, 1);
	raw_user(&wants_one, "two", 2);
	raw_begin(&wants_one, WIRE_TERM_ACQUIRE, 1, -1);
	sem_await_waiting(two, 2);
	kill_it(&process);
	ck_assert_int_eq(raw_answer(&wants_two, tag), WIRE_OK);
	ck_assert_uint_eq(sem_info(two).waiting, 1);
	raw_leave(&wants_one);
	raw_leave(&wants_two);
	process_end(&process);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ends");
	TCase *ends = served_case(suite, "ends");
	tcase_add_checked_fixture(ends, begin, end);
	tcase_add_test(ends, the_connection_that_holds_was_opened_first);
	tcase_add_test(ends, the_connection_that_holds_was_opened_last);
	tcase_add_test(ends, connections_end_before_the_process_is_seen_to_end);
	tcase_add_test(ends, a_wait_on_behalf_of_the_process_is_over);
	tcase_add_test(ends, the_process_that_holds_ends_first);
	tcase_add_test(ends, the_process_that_waits_ends_first);
	tcase_add_test(ends, all_is_given_back_before_anybody_is_served);
	return suite_run(suite);
}
