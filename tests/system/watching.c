/*
 * watching.c - WATCH and STATS, through the daemon and the library.
 */
#include "config.h"

#include "tests/system/served.h"

#include <string.h>

/* ---- The library ----------------------------------------------------------------------------- */

struct seen {
	int sems, gones, misses;
	struct semd_info info;		/* of the last row */
	char gone[SEMD_MAX_NAME + 1];
	int result;			/* to return from each callback */
};

static int see_sem(void *arg, const struct semd_info *info)
{
	struct seen *seen = arg;
	seen->sems++;
	seen->info = *info;
	return seen->result;
}

static int see_gone(void *arg, const char *name)
{
	struct seen *seen = arg;
	seen->gones++;
	snprintf(seen->gone, sizeof(seen->gone), "%s", name);
	return seen->result;
}

static int see_missed(void *arg)
{
	struct seen *seen = arg;
	seen->misses++;
	return seen->result;
}

static const struct semd_watch_rows see_all = { see_sem, see_gone, see_missed };

static int look(struct semd_client *client, uint64_t *cursor, struct seen *seen)
{
	*seen = (struct seen){ .result = seen->result };
	return semd_watch(client, cursor, 0, &see_all, seen);
}

/* A thread that watches until it is told of a change. */
struct watching {
	struct semd_client *client;
	uint64_t cursor;
	int64_t timeout;
	struct seen seen;
	pthread_t thread;
	int result;
};

static void *watch(void *arg)
{
	struct watching *watching = arg;
	watching->result = semd_watch(watching->client, &watching->cursor, watching->timeout,
	                              &see_all, &watching->seen);
	return NULL;
}

static uint64_t watchers_now(struct semd_client *client)
{
	struct semd_stats stats = { .size = sizeof(stats) };
	ck_assert_int_eq(semd_stats(client, &stats), 0);
	return stats.watchers;
}

/* Starts the thread, and returns when it waits. */
static void watching_begin(struct watching *watching, struct semd_client *client, uint64_t cursor,
                           int64_t timeout)
{
	struct semd_client *other = new_client();
	*watching = (struct watching){ .client = client, .cursor = cursor, .timeout = timeout };
	uint64_t before = watchers_now(other);
	ck_assert(pthread_create(&watching->thread, NULL, watch, watching) == 0);
	while (watchers_now(other) == before)
		;
	semd_disconnect(other);
}

static int watching_end(struct watching *watching)
{
	pthread_join(watching->thread, NULL);
	return watching->result;
}

START_TEST(begins_with_all_then_waits)
{
	struct watching watching;
	struct seen seen = { .result = 0 };
	uint64_t cursor = 0;
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new(other, "gpu", 3);
	sem_new(other, "disk", 1);
	ck_assert_int_eq(look(client, &cursor, &seen), 0);
	ck_assert_int_eq(seen.sems, 2);
	ck_assert_str_eq(seen.info.name, "disk");
	ck_assert_int_eq(look(client, &cursor, &seen), SEMD_EAGAIN);

	watching_begin(&watching, client, cursor, SEMD_FOREVER);
	ck_assert_int_eq(semd_acquire(sem, 2), 0);
	ck_assert_int_eq(watching_end(&watching), 0);
	ck_assert_int_eq(watching.seen.sems, 1);
	ck_assert_str_eq(watching.seen.info.name, "gpu");
	ck_assert_int_eq(watching.seen.info.available, 1);
	ck_assert_uint_eq(watching.seen.info.held, 2);

	watching_begin(&watching, client, watching.cursor, SEMD_FOREVER);
	ck_assert_int_eq(semd_remove(other, "gpu"), 0);
	ck_assert_int_eq(watching_end(&watching), 0);
	ck_assert_int_eq(watching.seen.gones, 1);
	ck_assert_str_eq(watching.seen.gone, "gpu");
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

/* A watcher learns of a death without any other request. */
START_TEST(tells_of_the_dead)
{
	struct watching watching;
	struct semd_client *client = new_client(), *dying = new_client();
	struct seen seen = { .result = 0 };
	uint64_t cursor = 0;
	ck_assert_int_eq(semd_acquire(sem_new_with(dying, "x", 1, 1, SEMD_LAST_CLOSE), 1), 0);
	ck_assert_int_eq(look(client, &cursor, &seen), 0);
	watching_begin(&watching, client, cursor, SEMD_FOREVER);
	semd_disconnect(dying);
	ck_assert_int_eq(watching_end(&watching), 0);
	ck_assert_int_eq(watching.seen.gones, 1);
	semd_disconnect(client);
}
END_TEST

START_TEST(time_runs_out)
{
	uint64_t cursor = 0;
	struct seen seen = { .result = 0 };
	struct semd_client *client = new_client();
	ck_assert_int_eq(semd_watch(client, &cursor, MILLISECOND, &see_all, &seen), SEMD_ETIMEDOUT);
	ck_assert_int_eq(look(client, &cursor, &seen), SEMD_EAGAIN);
	sem_new(client, "x", 1);
	ck_assert_int_eq(look(client, &cursor, &seen), 0);
	ck_assert_int_eq(seen.sems, 1);
	ck_assert_int_eq(seen.misses, 0);
	semd_disconnect(client);
}
END_TEST

START_TEST(callbacks_end_it)
{
	uint64_t cursor = 0;
	struct seen seen = { .result = 42 };
	struct semd_client *client = new_client();
	sem_new(client, "x", 1);
	sem_new(client, "y", 1);
	ck_assert_int_eq(look(client, &cursor, &seen), 42);
	ck_assert_int_eq(seen.sems, 1);
	ck_assert_uint_eq(cursor, 0);
	seen.result = 0;
	ck_assert_int_eq(look(client, &cursor, &seen), 0);
	ck_assert_int_eq(seen.sems, 2);

	/* Rows that the callback refused are not lost silently. */
	seen.result = 42;
	ck_assert_int_eq(semd_remove(client, "x"), 0);
	ck_assert_int_eq(look(client, &cursor, &seen), 42);
	seen.result = 0;
	ck_assert_int_eq(look(client, &cursor, &seen), 0);
	ck_assert_int_eq(seen.misses, 1);
	ck_assert_uint_eq(cursor, 0);
	ck_assert_int_eq(look(client, &cursor, &seen), 0);
	ck_assert_int_eq(seen.sems, 1);
	semd_disconnect(client);
}
END_TEST

/* A watcher that begins after the last one has left must get past its first page. */
START_TEST(all_pages_after_a_watcher_has_left)
{
	enum { MANY = 70 };
	uint64_t cursor = 0;
	struct seen seen = { .result = 0 };
	struct semd_client *client = new_client(), *leaver = new_client();
	char name[16];
	int sems = 0;
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		sem_new(client, name, 1);
	}
	ck_assert_int_eq(look(leaver, &cursor, &seen), 0);
	ck_assert_int_eq(semd_remove(client, "n0"), 0);
	semd_disconnect(leaver);
	cursor = 0;
	for (int page = 0; page < 2; page++) {
		ck_assert_int_eq(look(client, &cursor, &seen), 0);
		ck_assert_int_eq(seen.misses, 0);
		sems += seen.sems;
	}
	ck_assert_int_eq(sems, MANY - 1);
	semd_disconnect(client);
}
END_TEST

START_TEST(none_of_its_functions_need_be)
{
	static const struct semd_watch_rows none = { .sem = NULL };
	uint64_t cursor = 0;
	struct semd_client *client = new_client();
	sem_new(client, "x", 1);
	ck_assert_int_eq(semd_watch(client, &cursor, 0, &none, NULL), 0);
	ck_assert_int_eq(semd_remove(client, "x"), 0);
	ck_assert_int_eq(semd_watch(client, &cursor, 0, &none, NULL), 0);
	cursor = 1;
	ck_assert_int_eq(semd_watch(client, &cursor, 0, &none, NULL), 0);
	ck_assert_int_eq(semd_watch(client, NULL, 0, &none, NULL), SEMD_EINVAL);
	ck_assert_int_eq(semd_watch(client, &cursor, 0, NULL, NULL), SEMD_EINVAL);
	semd_disconnect(client);
}
END_TEST

START_TEST(one_of_a_client_and_detach_ends_it)
{
	struct watching watching;
	struct seen seen = { .result = 0 };
	uint64_t cursor = 0;
	struct semd_client *client = new_client();
	watching_begin(&watching, client, 0, SEMD_FOREVER);
	ck_assert_int_eq(look(client, &cursor, &seen), SEMD_EINVAL);
	ck_assert_int_eq(semd_detach(client), 0);
	ck_assert_int_eq(watching_end(&watching), SEMD_ECANCELED);
}
END_TEST

/* ---- The daemon ------------------------------------------------------------------------------ */

/* The reply to a WATCH; its rows are counted. */
static struct watch_reply ask(struct raw *raw, uint64_t cursor, int64_t timeout)
{
	struct watch_request watch = { .cursor = cursor, .timeout = timeout };
	struct watch_reply reply;
	ck_assert_int_eq(raw_ask_watch(raw, &watch), WIRE_OK);
	ck_assert_int_eq(watch_reply_decode(&reply, raw->frame, raw->size), 0);
	return reply;
}

START_TEST(cancel_comes_first)
{
	struct raw raw;
	struct watch_request watch = { .timeout = -1 };
	struct cancel_request cancel = { .request = 0 };
	raw_connect(&raw, served.socket);
	ck_assert_int_eq(raw_ask_cancel(&raw, &cancel), WIRE_ENOENT);
	raw_send_watch(&raw, &watch);
	ck_assert(raw_waits(&raw));
	raw_send_cancel(&raw, &cancel);
	ck_assert_int_eq(raw_take(&raw, watch.head.tag), WIRE_ECANCELED);
	ck_assert_uint_eq(raw.head.opcode, WIRE_WATCH);
	ck_assert_int_eq(raw_take(&raw, cancel.head.tag), WIRE_OK);
	raw_leave(&raw);
}
END_TEST

/* All changes of a semaphore in a turn of the daemon are told once. */
START_TEST(a_turn_is_told_once)
{
	enum { REQUESTS = 100, WATCHING = 50 };
	struct raw watching[WATCHING], raw;
	struct watch_request watch[WATCHING];
	raw_user(&raw, "busy", 0);
	for (int i = 0; i < WATCHING; i++) {
		raw_connect(&watching[i], served.socket);
		watch[i] = (struct watch_request){
			.cursor = ask(&watching[i], 0, 0).next, .timeout = -1,
		};
		raw_send_watch(&watching[i], &watch[i]);
		ck_assert(raw_waits(&watching[i]));
	}
	process_pause(&served.process);
	for (int i = 0; i < REQUESTS; i++)
		raw_begin(&raw, WIRE_TERM_POST, 1, 0);
	process_resume(&served.process);
	uint64_t rows = raw_count_opcode(WIRE_SEM);
	for (int i = 0; i < WATCHING; i++)
		ck_assert_int_eq(raw_answer(&watching[i], watch[i].head.tag), WIRE_OK);
	ck_assert_uint_eq(raw_count_opcode(WIRE_SEM) - rows, WATCHING);
	for (int i = 0; i < WATCHING; i++)
		raw_leave(&watching[i]);
	raw_leave(&raw);
}
END_TEST

/* For a watcher that never reads no more is kept than for others, and it delays no other. */
START_TEST(slow_one_is_kept_nothing_for)
{
	enum { NAMES = 64, ROUNDS = 200 };
	struct raw slow, busy;
	char name[WIRE_MAX_TEXT + 1];
	raw_connect(&busy, served.socket);
	memset(name, 'x', sizeof(name));
	for (uint32_t i = 0; i < NAMES; i++) {
		snprintf(name + WIRE_MAX_TEXT - 4, 5, "%04u", (unsigned)i);
		ck_assert_int_eq(raw_create(&busy, i, name, 0), WIRE_OK);
	}
	raw_connect(&slow, served.socket);
	struct watch_request watch = { .cursor = ask(&slow, 0, 0).next, .timeout = -1 };
	raw_send_watch(&slow, &watch);
	for (int round = 0; round < ROUNDS; round++)
		for (uint32_t i = 0; i < NAMES; i++)
			ck_assert_int_eq(raw_term(&busy, i, WIRE_TERM_POST, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_answer(&slow, watch.head.tag), WIRE_OK);
	/* The remaining changes are told at once, in their present state. */
	uint64_t rows = raw_count_opcode(WIRE_SEM);
	struct watch_reply reply;
	ck_assert_int_eq(watch_reply_decode(&reply, slow.frame, slow.size), 0);
	do
		reply = ask(&slow, reply.next, 0);
	while (reply.more);
	ck_assert_uint_eq(raw_count_opcode(WIRE_SEM) - rows, NAMES);
	raw_leave(&slow);
	raw_leave(&busy);
}
END_TEST

static int hold_until_killed(void *arg, support_descriptor link)
{
	struct semd_client *client = new_client();
	(void)arg;
	int r = semd_acquire(sem_existing(client, "x"), 1);
	link_tell(link, 'h');
	link_hear(link);
	return r;
}

/* A client that has seen a process end is told that its permits are back. */
START_TEST(looks_for_the_dead_first)
{
	struct process holder, noise;
	struct raw raw;
	raw_user(&raw, "x", 1);
	noise_begin(&noise);
	process_fork(&holder, hold_until_killed, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	for (int i = 0; i < 100; i++) {
		struct sem_event row;
		struct watch_request watch = { .cursor = 0 };
		process_kill(&holder);
		process_await(&holder);
		raw_send_watch(&raw, &watch);
		do
			ck_assert(raw_receive(&raw));
		while (raw.head.opcode != WIRE_SEM);
		ck_assert_int_eq(sem_event_decode(&row, raw.frame, raw.size), 0);
		ck_assert_int_eq(row.available, 1);
		ck_assert_int_eq(raw_answer(&raw, watch.head.tag), WIRE_OK);
		process_end(&holder);
		process_fork(&holder, hold_until_killed, NULL, 0);
		ck_assert_int_eq(link_hear(holder.link), 'h');
	}
	process_end(&holder);
	noise_end(&noise);
	raw_leave(&raw);
}
END_TEST

START_TEST(daemon_in_numbers)
{
	struct semd_stats stats = { .size = sizeof(stats) };
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new(client, "x", 2);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_acquire(sem_existing(other, "x"), 1), 0);
	ck_assert_int_eq(semd_try_acquire(sem, 1), SEMD_EAGAIN);
	ck_assert_int_eq(semd_timed_acquire(sem, 1, 1), SEMD_ETIMEDOUT);
	semd_disconnect(other);
	ck_assert_int_eq(semd_stats(client, &stats), 0);
	ck_assert_uint_eq(stats.clients, 1);
	ck_assert_uint_eq(stats.connections, 1);
	ck_assert_uint_eq(stats.semaphores, 1);
	ck_assert_uint_eq(stats.holds, 1);
	ck_assert_uint_ge(stats.requests, 6);
	ck_assert_uint_eq(stats.granted_at_once, 2);
	ck_assert_uint_eq(stats.refused, 1);
	ck_assert_uint_eq(stats.timed_out, 1);
	ck_assert_uint_eq(stats.ended, 1);
	ck_assert_uint_eq(stats.taken_back, 1);
	ck_assert_uint_eq(stats.my_clients, 1);
	ck_assert_uint_eq(stats.my_handles, 1);
	ck_assert_uint_eq(stats.max_unsent, 1024 * 1024);
	ck_assert_int_eq(semd_stats(client, NULL), SEMD_EINVAL);
	semd_disconnect(client);
}
END_TEST

/* Programs that know fewer or more fields than the library. */
START_TEST(numbers_of_other_releases)
{
	struct { struct semd_stats stats; uint64_t more; } newer = { .stats.size = sizeof(newer) };
	struct semd_stats older = { .size = offsetof(struct semd_stats, clients), .clients = 7 };
	struct semd_client *client = new_client();
	newer.more = 7;
	ck_assert_int_eq(semd_stats(client, &newer.stats), 0);
	ck_assert_uint_eq(newer.more, 0);
	ck_assert_uint_eq(newer.stats.clients, 1);
	ck_assert_int_eq(semd_stats(client, &older), 0);
	ck_assert_uint_eq(older.clients, 7);
	older.size = 1;
	ck_assert_int_eq(semd_stats(client, &older), SEMD_EINVAL);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("watching");
	TCase *library = served_case(suite, "library");
	tcase_add_test(library, begins_with_all_then_waits);
	tcase_add_test(library, tells_of_the_dead);
	tcase_add_test(library, time_runs_out);
	tcase_add_test(library, callbacks_end_it);
	tcase_add_test(library, all_pages_after_a_watcher_has_left);
	tcase_add_test(library, none_of_its_functions_need_be);
	tcase_add_test(library, one_of_a_client_and_detach_ends_it);
	TCase *daemon = served_case(suite, "daemon");
	tcase_add_test(daemon, cancel_comes_first);
	tcase_add_test(daemon, a_turn_is_told_once);
	tcase_add_test(daemon, slow_one_is_kept_nothing_for);
	tcase_add_test(daemon, looks_for_the_dead_first);
	tcase_add_test(daemon, daemon_in_numbers);
	tcase_add_test(daemon, numbers_of_other_releases);
	return suite_run(suite);
}
