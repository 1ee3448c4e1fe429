/*
 * rights_watch_unix.c - what another user's watcher is told, and which users' counters a user sees.
 */
#include "config.h"

#include "tests/system/rights.h"

#include <string.h>

/* Rows of the last call of semd_watch. */
struct told {
	int sems, gones;
	char name[SEMD_MAX_NAME + 1];
};

static int take_sem(void *arg, const struct semd_info *info)
{
	struct told *told = arg;
	told->sems++;
	snprintf(told->name, sizeof(told->name), "%s", info->name);
	return 0;
}

static int take_gone(void *arg, const char *name)
{
	struct told *told = arg;
	told->gones++;
	snprintf(told->name, sizeof(told->name), "%s", name);
	return 0;
}

static int look(struct semd_client *client, uint64_t *cursor, struct told *told)
{
	static const struct semd_watch_rows rows = { .sem = take_sem, .gone = take_gone };
	*told = (struct told){ .sems = 0 };
	return semd_watch(client, cursor, 0, &rows, told);
}

static bool is_told(const struct told *told, int sems, int gones, const char *name)
{
	return told->sems == sems && told->gones == gones && strcmp(told->name, name) == 0;
}

/* Tells when it has looked, and goes on when told to. */
static int watch_as_stranger(void *arg, support_descriptor link)
{
	struct semd_client *client;
	struct told told;
	uint64_t cursor = 0;
	(void)arg;
	CHECK(semd_connect(served.socket, 0, &client) == 0);
	CHECK(look(client, &cursor, &told) == 0);
	CHECK(is_told(&told, 1, 0, "public"));
	link_tell(link, 'b');
	CHECK(link_hear(link) == 'p');	/* "private": changed, new, removed */
	CHECK(look(client, &cursor, &told) == SEMD_EAGAIN);
	link_tell(link, 'n');
	CHECK(link_hear(link) == 'o');	/* "opened" may be read now */
	CHECK(look(client, &cursor, &told) == 0);
	CHECK(is_told(&told, 1, 0, "opened"));
	link_tell(link, 's');
	CHECK(link_hear(link) == 'g');	/* "public" is gone */
	CHECK(look(client, &cursor, &told) == 0);
	CHECK(is_told(&told, 0, 1, "public"));
	semd_disconnect(client);
	return 0;
}

START_TEST(stranger_is_told_of_what_it_may_read)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *private = sem_given(client, "private", 0660);
	struct semd_sem *opened = sem_given(client, "opened", 0660);
	sem_given(client, "public", 0664);
	user_fork(&process, &other, watch_as_stranger, NULL);
	ck_assert_int_eq(link_hear(process.link), 'b');
	ck_assert_int_eq(semd_post(private, 1), 0);
	ck_assert_int_eq(semd_remove(client, "private"), 0);
	sem_given(client, "private", 0600);
	ck_assert_int_eq(semd_unlink(client, "private"), 0);
	link_tell(process.link, 'p');
	ck_assert_int_eq(link_hear(process.link), 'n');
	sem_change_mode(opened, 0664);
	link_tell(process.link, 'o');
	ck_assert_int_eq(link_hear(process.link), 's');
	ck_assert_int_eq(semd_remove(client, "public"), 0);
	link_tell(process.link, 'g');
	child_await(&process);
	semd_disconnect(client);
}
END_TEST

static int ask_for_numbers(void *arg, support_descriptor link)
{
	struct semd_client *client;
	struct semd_stats stats = { .size = sizeof(stats) };
	(void)arg;
	(void)link;
	CHECK(semd_connect(served.socket, 0, &client) == 0);
	CHECK(try_create(client, "theirs") == 0);
	CHECK(semd_stats(client, &stats) == 0);
	CHECK(stats.clients == 3 && stats.semaphores == 3);
	CHECK(stats.my_clients == 1 && stats.my_semaphores == 1 && stats.my_handles == 1);
	semd_disconnect(client);
	return 0;
}

START_TEST(numbers_are_ones_own_and_of_all)
{
	served_open_to_all();
	struct semd_client *client = new_client(), *second = new_client();
	sem_new(client, "a", 1);
	sem_new(second, "b", 1);
	user_run(&other, ask_for_numbers, NULL);
	semd_disconnect(second);
	semd_disconnect(client);
}
END_TEST

void rights_of_watchers(Suite *suite)
{
	TCase *watching = served_case(suite, "watching");
	tcase_add_test(watching, stranger_is_told_of_what_it_may_read);
	tcase_add_test(watching, numbers_are_ones_own_and_of_all);
}
