/*
 * test_client_loop_late_unix.c - a thread is woken to wait for room, but runs only when others have
 * used the room. /proc tells when the threads before it sleep.
 */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/suite.h"
#include "tests/unit/scripted.h"

enum { LEADER = 1, EARLY, LATE, LAST, FILLING };	/* permits that each asks for */
enum { FILLERS = 1500 };

static void read_until(struct peer *self, uint32_t wanted)
{
	struct apply_request request;
	do {
		peer_expect(self, WIRE_APPLY);
		if (apply_request_decode(&request, self->frame, self->size) != 0)
			support_die("the client sent a malformed request");
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

/* Waits until all other threads sleep. */
static void await_quiet(void)
{
	bool quiet;
	do {
		DIR *tasks = opendir("/proc/self/task");
		ck_assert_ptr_nonnull(tasks);
		quiet = true;
		for (struct dirent *task = readdir(tasks); task; task = readdir(tasks))
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

/*
 * EARLY waits for room and hands the wait on to LATE, which is suspended. Dispatch sends LATE's
 * request meanwhile, but LAST still needs room.
 */
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
	scripted_await(&gone_on);	/* EARLY has been sent, and hands the wait on */
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
	Suite *suite = suite_create("client_loop_late");
	TCase *cases = suite_case(suite, "room");
	tcase_add_test(cases, woken_too_late_to_wait_for_room);
	return suite;
}

int main(void)
{
	return suite_run(make_suite());
}
