/*
 * table.c - the effects of set, reset, remove, unlink, close and detach on holds, waiters and
 * handles. Each test is a cell of the table, named by row and column, in the file of its row. Other
 * effects are in lifetimes.c and resize.c; the row of kick is kick.c.
 */
#include "config.h"

#include "tests/system/table.h"

struct scene scene;

void scene_begin(void)
{
	scene.owner = new_client();
	scene.holder = new_client();
	scene.waiter = new_client();
	scene.owners = sem_new(scene.owner, "sem", 2);
	scene.held = sem_existing(scene.holder, "sem");
	ck_assert_int_eq(semd_acquire(scene.held, 2), 0);
}

void scene_wait(void)
{
	acquiring_begin(&scene.wait, sem_existing(scene.waiter, "sem"));
	sem_await_waiting(scene.owners, 1);
}

void scene_end(void)
{
	semd_disconnect(scene.waiter);
	semd_disconnect(scene.holder);
	semd_disconnect(scene.owner);
}

int open_existing(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	int error = semd_open(client, name, NULL, &sem);
	return error != 0 ? error : semd_close(sem);
}

/* ---- All calls with a handle ----------------------------------------------------------------- */

static int do_acquire(struct semd_sem *sem)
{
	return semd_try_acquire(sem, 1);
}

static int do_release(struct semd_sem *sem)
{
	return semd_release(sem, 1);
}

static int do_settle(struct semd_sem *sem)
{
	return semd_settle(sem, 1);
}

static int do_post(struct semd_sem *sem)
{
	return semd_post(sem, 1);
}

static int do_consume(struct semd_sem *sem)
{
	return semd_consume(sem, 1, 0);
}

static int do_query(struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	return semd_query(sem, &info);
}

static int do_set(struct semd_sem *sem)
{
	return semd_set(sem, 7);
}

static int do_change(struct semd_sem *sem)
{
	const struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_BYPASS, .bypass = 7,
	};
	return semd_change(sem, &change);
}

int (*const table_calls[TABLE_CALLS])(struct semd_sem *sem) = {
	do_acquire, do_release, do_settle, do_post, do_consume, do_query, do_set, do_change,
	semd_reset,
};

TCase *table_row(Suite *suite, const char *name)
{
	TCase *tcase = served_case(suite, name);
	tcase_add_checked_fixture(tcase, scene_begin, scene_end);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("table");
	table_set_and_reset(suite);
	table_remove_and_unlink(suite);
	table_close_and_detach(suite);
	return suite_run(suite);
}
