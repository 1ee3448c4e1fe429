/*
 * test_client_loop_edge.c - what a loop, or a thread that waits, must be told though it comes at a bad
 * moment: with an edge-triggered loop, while callbacks run, before a thread that was woken goes on.
 */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/unit/scripted.h"

enum { FIRST, SECOND };		/* outcomes */

static int epoll;		/* edge-triggered */

static void begin(void (*script)(struct peer *peer))
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLET };
	scripted_begin(0, script);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	ck_assert_int_eq(epoll_ctl(epoll, EPOLL_CTL_ADD, semd_fd(client), &event), 0);
}

static void end(void)
{
	close(epoll);
	scripted_end();
}

static int turn(void)
{
	struct epoll_event event;
	ck_assert_int_eq(epoll_wait(epoll, &event, 1, SUPPORT_LIMIT), 1);
	return semd_dispatch(client);
}

/* ---- The end of the connection ------------------------------------------------------------------- */

static void answer_and_go(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head apply = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &apply, WIRE_OK);
}

/* Both are there before the loop looks, who is woken once for the two. */
START_TEST(reply_and_end_at_once)
{
	int r = 0;
	begin(answer_and_go);
	scripted_start(FIRST);
	peer_stop(&peer);
	while (r == 0)
		r = turn();
	ck_assert_int_eq(r, SEMD_ECONN);
	ck_assert(outcome[FIRST].count == 1 && outcome[FIRST].result == 0);
	close(epoll);
	semd_disconnect(client);
}
END_TEST

/* ---- While a callback runs, another thread reads ------------------------------------------------------- */

/* The callback is over when the other thread has read what comes before the answer to its PING. */
static void ping(void *arg, int result)
{
	outcome_note(arg, result);
	semd_ping(client);
}

/* One thread waits and reads for all, which dispatch has noticed, so that nothing but a result wakes the
 * loop. The first of two requests is told with ping. */
static void begin_two(struct waiter *waiter, void (*script)(struct peer *peer))
{
	begin(script);
	waiter_start(waiter, 1);
	scripted_await(&gone_on);
	ck_assert_int_eq(semd_dispatch(client), 0);
	const struct semd_op op = { sem, SEMD_ACQUIRE, 1 };
	ck_assert_int_eq(semd_start(client, &op, 1, SEMD_FOREVER, ping, &outcome[FIRST], NULL), 0);
	scripted_start(SECOND);
}

static void answer_second_with_ping(struct peer *self)
{
	scripted_serve_open(self);
	const struct wire_head of_thread = peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head one = peer_expect(self, WIRE_APPLY);
	const struct wire_head two = peer_expect(self, WIRE_APPLY);
	peer_answer(self, &one, WIRE_OK);
	const struct wire_head ping = peer_expect(self, WIRE_PING);
	peer_answer(self, &two, WIRE_OK);
	peer_answer(self, &ping, WIRE_OK);
	const struct wire_head last = peer_expect(self, WIRE_PING);
	peer_answer(self, &of_thread, WIRE_OK);
	peer_answer(self, &last, WIRE_OK);
	peer_drain(self);
}

START_TEST(known_while_a_callback_runs)
{
	struct waiter waiter;
	begin_two(&waiter, answer_second_with_ping);
	while (outcome[SECOND].count == 0)
		ck_assert_int_eq(turn(), 0);
	ck_assert_int_eq(outcome[FIRST].count, 1);
	ck_assert(outcome[SECOND].count == 1 && outcome[SECOND].result == 0);
	ck_assert_int_eq(semd_ping(client), 0);
	waiter_expect(&waiter, 0);
	end();
}
END_TEST

static void go_at_ping(struct peer *self)
{
	scripted_serve_open(self);
	peer_expect(self, WIRE_APPLY);
	sem_post(&gone_on);
	const struct wire_head one = peer_expect(self, WIRE_APPLY);
	peer_expect(self, WIRE_APPLY);
	peer_answer(self, &one, WIRE_OK);
	peer_expect(self, WIRE_PING);
}

/* An error is returned when all callbacks have run, not before. */
START_TEST(failed_while_a_callback_runs)
{
	struct waiter waiter;
	int r = 0;
	begin_two(&waiter, go_at_ping);
	while (r == 0)
		r = turn();
	ck_assert_int_eq(r, SEMD_ECONN);
	ck_assert(outcome[FIRST].count == 1 && outcome[FIRST].result == 0);
	ck_assert(outcome[SECOND].count == 1 && outcome[SECOND].result == SEMD_ECONN);
	ck_assert(!loop_has_work(client));
	waiter_expect(&waiter, SEMD_ECONN);
	end();
}
END_TEST

/* ---- A thread that is woken to wait for room, and comes when others have used it ----------------------- */

enum { LEADER = 1, EARLY, LATE, LAST, FILLING, FILLERS = 1500 };	/* how many permits each wants */

static void read_until(struct peer *self, uint32_t wanted)
{
	struct apply_request request;
	do {
		peer_expect(self, WIRE_APPLY);
		if (apply_request_decode(&request, self->frame, self->size) != 0)
			support_die("a request that cannot be read");
	} while (request.terms.term[0].n != wanted);
	sem_post(&gone_on);
}

static void read_in_steps(struct peer *self)
{
	scripted_serve_open(self);
	read_until(self, LEADER);
	for (uint32_t step = EARLY; step <= LAST; step++) {
		scripted_await(&go);
		read_until(self, step);
	}
}

static bool sleeps(const char *task)
{
	char path[64], text[256] = "";
	snprintf(path, sizeof(path), "/proc/self/task/%.20s/stat", task);
	FILE *file = fopen(path, "re");
	if (!file)
		return false;
	size_t size = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	const char *name_end = strrchr(text, ')');
	return size > 0 && name_end && name_end[1] == ' ' && name_end[2] == 'S';
}

/* Waits until all threads but this one wait. */
static void await_quiet(void)
{
	bool quiet;
	do {
		DIR *tasks = opendir("/proc/self/task");
		struct dirent *task;
		ck_assert_ptr_nonnull(tasks);
		quiet = true;
		while ((task = readdir(tasks)))
			if (task->d_name[0] != '.' && atoi(task->d_name) != getpid())
				quiet &= sleeps(task->d_name);
		closedir(tasks);
	} while (!quiet);
}

static void line_up(struct waiter *waiter, uint32_t n, struct outcome *filling)
{
	waiter_start(waiter, n);
	await_quiet();
	for (int i = 0; i < FILLERS; i++)
		loop_start(client, sem, SEMD_ACQUIRE, FILLING, SEMD_FOREVER, filling);
}

/* The one that waits for room hands on to the next, whose request then leaves without it; yet a third
 * needs room. */
START_TEST(woken_too_late_to_wait_for_room)
{
	struct waiter waiter[LAST + 1];
	struct outcome filling = { 0 };
	scripted_begin(0, read_in_steps);
	for (uint32_t n = LEADER; n <= LAST; n++)
		line_up(&waiter[n], n, &filling);
	scripted_await(&gone_on);
	waiter_stop(&waiter[LATE]);
	sem_post(&go);
	scripted_await(&gone_on);	/* EARLY has been sent, and hands on */
	sem_post(&go);
	while (sem_trywait(&gone_on) != 0)
		ck_assert_int_eq(semd_dispatch(client), 0);
	waiter_let_go();
	sem_post(&go);
	scripted_await(&gone_on);	/* LAST has been sent, and nobody dispatches */
	for (uint32_t n = LEADER; n <= LAST; n++)
		waiter_expect(&waiter[n], SEMD_ECONN);
	scripted_end();
}
END_TEST

static Suite *make_suite(void)
{
	Suite *suite = suite_create("client_loop_edge");
	TCase *cases = suite_case(suite, "edge");
	tcase_add_test(cases, reply_and_end_at_once);
	tcase_add_test(cases, known_while_a_callback_runs);
	tcase_add_test(cases, failed_while_a_callback_runs);
	cases = suite_case(suite, "room");
	tcase_add_test(cases, woken_too_late_to_wait_for_room);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
