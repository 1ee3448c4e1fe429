/*
 * kick.c - a kicked client: its waits end, its holds go to waiters, its connection ends with ELOST,
 * and its program goes on. A blocked acquire that completes shows that the holds were released.
 */
#include "config.h"

#include "tests/system/client_rows.h"
#include "tests/system/served.h"

#include <string.h>

/* A client that observes, and its only permit's semaphore. */
static struct semd_client *client;
static struct semd_sem *one;

/* Another client, which waits for that permit. */
static struct semd_client *other;
static struct acquiring acquiring;

static void begin(void)
{
	client = new_client();
	one = sem_new(client, "one", 1);
	other = new_client();
}

static void end(void)
{
	semd_disconnect(other);
	semd_disconnect(client);
}

static void begin_waiting(uint64_t after)
{
	acquiring_begin(&acquiring, sem_existing(other, "one"));
	sem_await_waiting(one, after + 1);
}

/* Every call through the kicked client fails with ELOST. */
static void is_lost(struct semd_client *kicked, struct semd_sem *sem)
{
	struct semd_sem *another;
	struct semd_info info = { .size = sizeof(info) };
	struct semd_change change = { .size = sizeof(change) };
	const struct semd_options options = { .size = sizeof(options), .flags = SEMD_CREATE };
	ck_assert_int_eq(semd_acquire(sem, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_try_acquire(sem, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_release(sem, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_settle(sem, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_post(sem, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_consume(sem, 1, 0), SEMD_ELOST);
	ck_assert_int_eq(semd_query(sem, &info), SEMD_ELOST);
	ck_assert_int_eq(semd_set(sem, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_change(sem, &change), SEMD_ELOST);
	ck_assert_int_eq(semd_reset(sem), SEMD_ELOST);
	ck_assert_int_eq(semd_open(kicked, "one", NULL, &another), SEMD_ELOST);
	ck_assert_int_eq(semd_open(kicked, "new", &options, &another), SEMD_ELOST);
	ck_assert_int_eq(semd_remove(kicked, "one"), SEMD_ELOST);
	ck_assert_int_eq(semd_unlink(kicked, "one"), SEMD_ELOST);
	ck_assert_int_eq(semd_label(kicked, "again"), SEMD_ELOST);
	ck_assert_int_eq(semd_kick(kicked, client_number(client)), SEMD_ELOST);
	ck_assert_int_eq(semd_ping(kicked), SEMD_ELOST);
	ck_assert_int_eq(semd_close(sem), SEMD_ELOST);
}

START_TEST(holds_go_to_those_who_wait)
{
	struct semd_client *holder = new_client();
	struct semd_sem *held = sem_existing(holder, "one");
	ck_assert_int_eq(semd_acquire(held, 1), 0);
	begin_waiting(0);
	ck_assert_int_eq(semd_kick(client, client_number(holder)), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	is_lost(holder, held);
	semd_disconnect(holder);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
}
END_TEST

/* The program only has to connect again. */
START_TEST(a_new_connection_is_another_client)
{
	struct semd_client *holder = new_client();
	ck_assert_int_eq(semd_acquire(sem_existing(holder, "one"), 1), 0);
	uint64_t before = client_number(holder);
	ck_assert_int_eq(semd_kick(client, before), 0);
	semd_disconnect(holder);
	holder = new_client();
	ck_assert_uint_ne(client_number(holder), before);
	ck_assert_int_eq(semd_acquire(sem_existing(holder, "one"), 1), 0);
	semd_disconnect(holder);
}
END_TEST

START_TEST(a_blocked_call_is_lost)
{
	struct acquiring kicked;
	struct semd_client *waiter = new_client();
	struct semd_sem *awaited = sem_existing(waiter, "one");
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	acquiring_begin(&kicked, awaited);
	sem_await_waiting(one, 1);
	begin_waiting(1);
	ck_assert_int_eq(semd_kick(client, client_number(waiter)), 0);
	ck_assert_int_eq(acquiring_end(&kicked), SEMD_ELOST);
	is_lost(waiter, awaited);
	/* The waiter behind is no longer held up. */
	ck_assert_uint_eq(sem_info(one).waiting, 1);
	ck_assert_int_eq(semd_release(one, 1), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	semd_disconnect(waiter);
}
END_TEST

/* A client that holds and waits is not granted what it held. */
START_TEST(waits_end_before_holds_go)
{
	struct acquiring kicked;
	struct semd_client *holder = new_client();
	struct semd_sem *held = sem_existing(holder, "one");
	ck_assert_int_eq(semd_acquire(held, 1), 0);
	acquiring_begin(&kicked, held);
	sem_await_waiting(one, 1);
	begin_waiting(1);
	ck_assert_int_eq(semd_kick(client, client_number(holder)), 0);
	ck_assert_int_eq(acquiring_end(&kicked), SEMD_ELOST);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	semd_disconnect(holder);
}
END_TEST

static void note(void *arg, int result)
{
	*(int *)arg = result;
}

/* A request started before gets ELOST as one started after; semd_dispatch reports it once. */
START_TEST(what_was_started_is_lost)
{
	int before = 1, after = 1, told = 0;
	struct semd_client *waiter = new_client();
	const struct semd_op op = { sem_existing(waiter, "one"), SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	ck_assert_int_eq(semd_start(waiter, &op, 1, SEMD_FOREVER, note, &before, NULL), 0);
	sem_await_waiting(one, 1);
	ck_assert_int_eq(semd_kick(client, client_number(waiter)), 0);
	ck_assert_uint_eq(sem_info(one).waiting, 0);
	ck_assert_int_eq(semd_start(waiter, &op, 1, SEMD_FOREVER, note, &after, NULL), 0);
	while (before > 0 || after > 0 || !told) {
		ck_assert(descriptor_wait(semd_fd(waiter), SUPPORT_LIMIT));
		int r = semd_dispatch(waiter);
		ck_assert(r == 0 || r == SEMD_ELOST);
		told += r == SEMD_ELOST;
	}
	ck_assert_int_eq(before, SEMD_ELOST);
	ck_assert_int_eq(after, SEMD_ELOST);
	ck_assert_int_eq(told, 1);
	ck_assert_int_eq(semd_acquire(op.sem, 1), SEMD_ELOST);
	ck_assert(strstr(semd_explain(), "kicked"));
	semd_disconnect(waiter);
}
END_TEST

static int idle(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

static struct semd_client *client_for(const struct process *process)
{
	struct semd_client *speaker;
	ck_assert_int_eq(semd_connect_for(served.socket, SEMD_NO_START, process->handle, &speaker),
	                 0);
	return speaker;
}

/* As `semd-cli acquire --for` leaves it: a bound client with a hold and no connection. */
START_TEST(holds_of_a_process_go_and_the_process_stays)
{
	struct process process;
	process_fork(&process, idle, NULL, 0);
	struct semd_client *speaker = client_for(&process);
	uint64_t number = client_number(speaker);
	ck_assert_int_eq(semd_acquire(sem_existing(speaker, "one"), 1), 0);
	semd_disconnect(speaker);
	begin_waiting(0);
	ck_assert_int_eq(semd_kick(client, number), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	ck_assert_int_eq(semd_kick(client, number), SEMD_ENOENT);
	/* A new bound client for the process may start, which again ends with the process. */
	speaker = client_for(&process);
	ck_assert_uint_ne(client_number(speaker), number);
	ck_assert_int_eq(semd_release(acquiring.sem, 1), 0);
	ck_assert_int_eq(semd_acquire(sem_existing(speaker, "one"), 1), 0);
	semd_disconnect(speaker);
	begin_waiting(0);
	link_tell(process.link, 'e');
	ck_assert_int_eq(process_await(&process), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	process_end(&process);
}
END_TEST

START_TEST(all_who_speak_for_a_process_lose_it)
{
	struct process process;
	struct acquiring kicked;
	process_fork(&process, idle, NULL, 0);
	struct semd_client *holder = client_for(&process), *waiter = client_for(&process);
	struct semd_sem *held = sem_existing(holder, "one"), *awaited = sem_existing(waiter, "one");
	ck_assert_uint_eq(client_number(holder), client_number(waiter));
	ck_assert_int_eq(semd_acquire(held, 1), 0);
	acquiring_begin(&kicked, awaited);
	sem_await_waiting(one, 1);
	begin_waiting(1);
	ck_assert_int_eq(semd_kick(client, client_number(holder)), 0);
	ck_assert_int_eq(acquiring_end(&kicked), SEMD_ELOST);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	is_lost(holder, held);
	is_lost(waiter, awaited);
	ck_assert_int_eq(semd_detach(holder), SEMD_ELOST);
	semd_disconnect(waiter);
	link_tell(process.link, 'e');
	ck_assert_int_eq(process_await(&process), 0);
	process_end(&process);
}
END_TEST

START_TEST(one_may_kick_oneself)
{
	struct semd_client *holder = new_client();
	struct semd_sem *held = sem_existing(holder, "one");
	ck_assert_int_eq(semd_acquire(held, 1), 0);
	begin_waiting(0);
	ck_assert_int_eq(semd_kick(holder, client_number(holder)), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	is_lost(holder, held);
	semd_disconnect(holder);
}
END_TEST

START_TEST(one_that_was_kicked_keeps_nothing_by_detaching)
{
	struct semd_client *holder = new_client();
	ck_assert_int_eq(semd_acquire(sem_existing(holder, "one"), 1), 0);
	begin_waiting(0);
	ck_assert_int_eq(semd_kick(client, client_number(holder)), 0);
	ck_assert_int_eq(semd_detach(holder), SEMD_ELOST);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
}
END_TEST

/*
 * Between the detach and the end of its connection, the client has the number of its process's
 * bound client and no longer its own.
 */
START_TEST(one_in_the_midst_of_a_detach)
{
	struct raw raw;
	struct detach_request detach = { .head.tag = 0 };
	struct detach_reply reply;
	raw_user(&raw, "one", 1);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_ask_detach(&raw, &detach), WIRE_OK);
	ck_assert_int_eq(detach_reply_decode(&reply, raw.frame, raw.size), 0);
	begin_waiting(0);
	ck_assert_int_eq(semd_kick(client, raw.client), SEMD_ENOENT);
	ck_assert_int_eq(semd_kick(client, reply.client), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	ck_assert_int_eq(raw_ended(&raw), WIRE_ELOST);
	raw_close(&raw);
}
END_TEST

/* Requests sent before the kick are carried out, later ones are not; this holds for DETACH too. */
START_TEST(one_whose_detach_comes_too_late)
{
	struct raw raw;
	struct detach_request detach = { .head.tag = 0 };
	struct kick_request kick;
	raw_user(&raw, "one", 1);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	begin_waiting(0);
	kick.client = raw.client;
	raw_send_kick(&raw, &kick);
	raw_send_detach(&raw, &detach);
	ck_assert_int_eq(raw_take(&raw, kick.head.tag), WIRE_OK);
	ck_assert_int_eq(raw_ended(&raw), WIRE_ELOST);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	raw_close(&raw);
}
END_TEST

/* The reply to a kick of oneself is the last before END; waits get no replies. */
START_TEST(the_end_comes_last)
{
	struct raw raw;
	struct kick_request kick;
	raw_user(&raw, "one", 1);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	uint64_t seen = raw.seen;
	raw_begin(&raw, WIRE_TERM_ACQUIRE, 1, -1);
	kick.client = raw.client;
	raw_send_kick(&raw, &kick);
	ck_assert_int_eq(raw_take(&raw, kick.head.tag), WIRE_OK);
	ck_assert_uint_eq(raw.head.number, seen + 1);
	ck_assert(raw_receive(&raw));
	ck_assert_uint_eq(raw.head.opcode, WIRE_END);
	ck_assert_uint_eq(raw.head.status, WIRE_ELOST);
	ck_assert_uint_eq(raw.head.tag, 0);
	ck_assert(!raw_receive(&raw));
	raw_close(&raw);
	ck_assert_int_eq(sem_available(one), 1);
}
END_TEST

START_TEST(who_never_was_is_not_found)
{
	struct semd_client *gone = new_client();
	uint64_t number = client_number(gone);
	semd_disconnect(gone);
	ck_assert_int_eq(semd_kick(client, number), SEMD_ENOENT);
	ck_assert_int_eq(semd_kick(client, 0), SEMD_ENOENT);
	ck_assert_int_eq(semd_kick(client, number + 1000), SEMD_ENOENT);
	ck_assert_int_eq(semd_kick(client, UINT64_MAX), SEMD_ENOENT);
	ck_assert_int_eq(semd_kick(NULL, number), SEMD_EINVAL);
	ck_assert_int_eq(semd_ping(client), 0);
}
END_TEST

/* ---- Ends of processes are found before the kick --------------------------------------------- */

/* Tells its client number, sends a post when told to, and kills itself. */
static int post_and_die(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_user(&raw, "one", 1);
	link_tell(link, (char)raw.client);
	link_hear(link);
	raw_begin(&raw, WIRE_TERM_POST, 1, 0);
	process_die();
}

START_TEST(a_dead_one_is_not_found_and_what_it_sent_counts)
{
	struct process poster;
	struct raw raw;
	raw_user(&raw, "one", 1);
	process_fork(&poster, post_and_die, NULL, 0);
	struct kick_request kick = { .client = (uint64_t)link_hear(poster.link) };
	process_pause(&served.process);
	raw_go_ahead(&raw);
	link_tell(poster.link, 'p');
	ck_assert_int_eq(process_await(&poster), PROCESS_KILLED);
	process_end(&poster);
	raw_send_kick(&raw, &kick);
	process_resume(&served.process);
	ck_assert_int_eq(raw_answer(&raw, kick.head.tag), WIRE_ENOENT);
	ck_assert_int_eq(sem_available(one), 2);
	raw_leave(&raw);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kick");
	TCase *kick = served_case(suite, "kick");
	tcase_add_checked_fixture(kick, begin, end);
	tcase_add_test(kick, holds_go_to_those_who_wait);
	tcase_add_test(kick, a_new_connection_is_another_client);
	tcase_add_test(kick, a_blocked_call_is_lost);
	tcase_add_test(kick, waits_end_before_holds_go);
	tcase_add_test(kick, what_was_started_is_lost);
	tcase_add_test(kick, holds_of_a_process_go_and_the_process_stays);
	tcase_add_test(kick, all_who_speak_for_a_process_lose_it);
	tcase_add_test(kick, one_may_kick_oneself);
	tcase_add_test(kick, one_that_was_kicked_keeps_nothing_by_detaching);
	tcase_add_test(kick, one_in_the_midst_of_a_detach);
	tcase_add_test(kick, one_whose_detach_comes_too_late);
	tcase_add_test(kick, the_end_comes_last);
	tcase_add_test(kick, who_never_was_is_not_found);
	tcase_add_test(kick, a_dead_one_is_not_found_and_what_it_sent_counts);
	return suite_run(suite);
}
