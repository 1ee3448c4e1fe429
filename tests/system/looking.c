/*
 * looking.c - queries of a program: list, show, query, the daemon's name.
 */
#include "config.h"

#include "tests/system/served.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct seen {
	int sems, holders, waiters;
	struct semd_info info;
	uint32_t holder_permits, waiter_permits, lacking;
	uint32_t pid;
	uint64_t holder, held_by;
	char command[64];
	char lacking_of[64];
};

static int see_sem(void *arg, const struct semd_info *info)
{
	struct seen *seen = arg;
	seen->sems++;
	seen->info = *info;
	return 0;
}

static int see_holder(void *arg, const struct semd_party *holder)
{
	struct seen *seen = arg;
	seen->holders++;
	seen->holder = holder->client;
	seen->holder_permits = holder->permits;
	seen->pid = holder->pid;
	snprintf(seen->command, sizeof(seen->command), "%s", holder->command);
	return 0;
}

static int see_waiter(void *arg, const struct semd_party *waiter)
{
	struct seen *seen = arg;
	seen->waiters++;
	seen->waiter_permits = waiter->permits;
	if (waiter->lack_count != 1 || waiter->lacks[0].held_by_count != 1)
		return 0;
	seen->lacking = waiter->lacks[0].permits;
	seen->held_by = waiter->lacks[0].held_by[0];
	snprintf(seen->lacking_of, sizeof(seen->lacking_of), "%s", waiter->lacks[0].name);
	return 0;
}

static const struct semd_show_rows see_all = { see_sem, see_holder, see_waiter };

START_TEST(show_tells_who_holds_and_who_waits)
{
	struct acquiring acquiring;
	struct seen seen = { .sems = 0 };
	struct semd_client *holder = new_client(), *waiter = new_client();
	struct semd_sem *sem = sem_new(holder, "gpu", 3);
	ck_assert_int_eq(semd_label(holder, "the holder"), 0);
	ck_assert_int_eq(semd_acquire(sem, 3), 0);
	acquiring_begin(&acquiring, sem_existing(waiter, "gpu"));
	sem_await_waiting(sem, 1);

	ck_assert_int_eq(semd_show(holder, "gpu", &see_all, &seen), 0);
	ck_assert_int_eq(seen.sems, 1);
	ck_assert_str_eq(seen.info.name, "gpu");
	ck_assert_uint_eq(seen.info.held, 3);
	ck_assert_uint_eq(seen.info.waiting, 1);
	ck_assert_int_eq(seen.holders, 1);
	ck_assert_uint_eq(seen.holder_permits, 3);
	ck_assert_int_eq((pid_t)seen.pid, getpid());
	ck_assert_str_eq(seen.command, "the holder");
	ck_assert_int_eq(seen.waiters, 1);
	ck_assert_uint_eq(seen.waiter_permits, 1);
	ck_assert_uint_eq(seen.lacking, 1);
	ck_assert_str_eq(seen.lacking_of, "gpu");
	ck_assert_uint_eq(seen.held_by, seen.holder);

	ck_assert_int_eq(semd_show(holder, "none", &see_all, &seen), SEMD_ENOENT);
	semd_disconnect(holder);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	semd_disconnect(waiter);
}
END_TEST

enum { MANY = 200 };

static int mark(void *arg, const struct semd_info *info)
{
	static const char prefix[] = "listed-";
	unsigned char *marks = arg;
	if (strncmp(info->name, prefix, sizeof(prefix) - 1) != 0)
		return 0;
	unsigned long i = strtoul(info->name + sizeof(prefix) - 1, NULL, 10);
	if (i < MANY)
		marks[i]++;
	return 0;
}

static int stop(void *arg, const struct semd_info *info)
{
	(void)info;
	++*(int *)arg;
	return 42;
}

START_TEST(list_finds_each_once)
{
	unsigned char marks[MANY] = { 0 };
	int calls = 0;
	struct semd_client *client = new_client();
	for (int i = 0; i < MANY; i++) {
		char name[32];
		snprintf(name, sizeof(name), "listed-%d", i);
		sem_new(client, name, 1);
	}
	ck_assert_int_eq(semd_list(client, mark, marks), 0);
	for (int i = 0; i < MANY; i++)
		ck_assert_uint_eq(marks[i], 1);
	ck_assert_int_eq(semd_list(client, stop, &calls), 42);
	ck_assert_int_eq(calls, 1);
	ck_assert_int_eq(semd_ping(client), 0);
	semd_disconnect(client);
}
END_TEST

START_TEST(daemon_tells_its_release_and_pid)
{
	char release[32];
	uint32_t pid;
	struct semd_client *client = new_client();
	ck_assert_int_eq(semd_daemon(client, release, sizeof(release), &pid), 0);
	ck_assert_str_eq(release, PACKAGE_VERSION);
	ck_assert_str_eq(semd_version(), PACKAGE_VERSION);
	ck_assert_int_eq((pid_t)pid, served.process.pid);
	semd_disconnect(client);
}
END_TEST

START_TEST(semaphore_of_another_client_is_not_taken)
{
	struct semd_client *client = new_client(), *other = new_client();
	const struct semd_op ops[] = {
		{ sem_new(client, "a", 1), SEMD_ACQUIRE, 1 },
		{ sem_new(other, "b", 1), SEMD_ACQUIRE, 1 },
	};
	ck_assert_int_eq(semd_apply(client, ops, 2, 0), SEMD_EINVAL);
	ck_assert_int_eq(sem_available(ops[0].sem), 1);
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

/*
 * A client that asks for many pages at once gets them one by one, and others are served in between.
 */
START_TEST(pages_keep_nobody_waiting)
{
	enum { PAGES = 100 };
	struct raw looking, other;
	struct list_request list = { .cursor = 0 };
	struct open_request open = {
		.flags = WIRE_OPEN_CREATE, .name = raw_text("made between two pages"),
	};
	raw_connect(&other, served.socket);
	raw_connect(&looking, served.socket);
	process_pause(&served.process);
	for (int i = 0; i < PAGES; i++)
		raw_send_list(&looking, &list);
	raw_send_open(&other, &open);
	process_resume(&served.process);
	int rows = 0;
	do {
		ck_assert(raw_receive(&looking));
		rows += looking.head.opcode == WIRE_SEM;
	} while (looking.head.opcode != WIRE_LIST || looking.head.tag != list.head.tag);
	ck_assert_int_gt(rows, 0);
	raw_leave(&looking);
	raw_leave(&other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("looking");
	TCase *looking = served_case(suite, "looking");
	tcase_add_test(looking, show_tells_who_holds_and_who_waits);
	tcase_add_test(looking, list_finds_each_once);
	tcase_add_test(looking, daemon_tells_its_release_and_pid);
	TCase *calls = served_case(suite, "calls");
	tcase_add_test(calls, semaphore_of_another_client_is_not_taken);
	tcase_add_test(looking, pages_keep_nobody_waiting);
	return suite_run(suite);
}
