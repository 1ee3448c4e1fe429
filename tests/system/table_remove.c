/*
 * table_remove.c - the rows of remove and unlink.
 */
#include "config.h"

#include "tests/system/table.h"

/* ---- remove ---------------------------------------------------------------------------------- */

START_TEST(remove_holds)
{
	ck_assert_int_eq(semd_remove(scene.owner, "sem"), 0);
	ck_assert_int_eq(semd_release(scene.held, 1), SEMD_EREMOVED);
	struct semd_sem *new = sem_new(scene.holder, "sem", 2);
	ck_assert_uint_eq(sem_info(new).held, 0);
	ck_assert_int_eq(semd_release(new, 1), SEMD_ENOTHELD);
}
END_TEST

START_TEST(remove_waiters)
{
	scene_wait();
	ck_assert_int_eq(semd_remove(scene.owner, "sem"), 0);
	ck_assert_int_eq(acquiring_end(&scene.wait), SEMD_EREMOVED);
}
END_TEST

START_TEST(remove_waiters_for_zero)
{
	struct raw raw;
	raw_user(&raw, "stock", 1);
	uint64_t tag = raw_begin(&raw, WIRE_TERM_WAIT_ZERO, 0, -1);
	ck_assert(raw_waits(&raw));
	ck_assert_int_eq(semd_remove(scene.owner, "stock"), 0);
	ck_assert_int_eq(raw_take(&raw, tag), WIRE_EREMOVED);
	raw_leave(&raw);
}
END_TEST

/*
 * The waiter waits for both permits of "two" and wants to post to "sem"; the waiter behind it goes
 * on.
 */
START_TEST(remove_waiters_elsewhere)
{
	struct raw raw;
	struct semd_sem *two = sem_new(scene.owner, "two", 2);
	ck_assert_int_eq(semd_acquire(two, 1), 0);
	raw_user(&raw, "two", 0);
	ck_assert_int_eq(raw_create(&raw, 1, "sem", 0), WIRE_OK);
	struct apply_request apply = { .timeout = -1, .terms = { .count = 2, .term = {
		{ .handle = 0, .kind = WIRE_TERM_ACQUIRE, .n = 2 },
		{ .handle = 1, .kind = WIRE_TERM_POST, .n = 1 },
	} } };
	raw_send_apply(&raw, &apply);
	ck_assert(raw_waits(&raw));
	acquiring_begin(&scene.wait, sem_existing(scene.waiter, "two"));
	sem_await_waiting(two, 2);
	ck_assert_int_eq(semd_remove(scene.owner, "sem"), 0);
	ck_assert_int_eq(raw_take(&raw, apply.head.tag), WIRE_EREMOVED);
	ck_assert_int_eq(acquiring_end(&scene.wait), 0);
	raw_leave(&raw);
}
END_TEST

START_TEST(remove_handles)
{
	ck_assert_int_eq(semd_remove(scene.owner, "sem"), 0);
	ck_assert_int_eq(open_existing(scene.owner, "sem"), SEMD_ENOENT);
	sem_new(scene.waiter, "sem", 9);	/* another semaphore; old handles are not of it */
	for (int i = 0; i < 2 * TABLE_CALLS; i++) {
		ck_assert_int_eq(table_calls[i % TABLE_CALLS](scene.held), SEMD_EREMOVED);
		ck_assert_int_eq(table_calls[i % TABLE_CALLS](scene.owners), SEMD_EREMOVED);
	}
	ck_assert_int_eq(semd_close(scene.held), 0);
}
END_TEST

/* ---- unlink ---------------------------------------------------------------------------------- */

START_TEST(unlink_holds)
{
	ck_assert_int_eq(semd_unlink(scene.owner, "sem"), 0);
	ck_assert_uint_eq(sem_info(scene.owners).held, 2);
	ck_assert_int_eq(semd_release(scene.held, 1), 0);
	ck_assert_int_eq(sem_available(scene.owners), 1);
}
END_TEST

START_TEST(unlink_waiters)
{
	scene_wait();
	ck_assert_int_eq(semd_unlink(scene.owner, "sem"), 0);
	ck_assert_uint_eq(sem_info(scene.owners).waiting, 1);
	ck_assert_int_eq(semd_release(scene.held, 1), 0);
	ck_assert_int_eq(acquiring_end(&scene.wait), 0);
}
END_TEST

START_TEST(unlink_handles)
{
	ck_assert_int_eq(semd_unlink(scene.owner, "sem"), 0);
	ck_assert_int_eq(open_existing(scene.owner, "sem"), SEMD_ENOENT);
	ck_assert_uint_eq(sem_info(scene.held).flags, SEMD_INFO_UNLINKED);
	for (int i = 0; i < TABLE_CALLS; i++)
		ck_assert_int_ne(table_calls[i](scene.held), SEMD_EREMOVED);
}
END_TEST

/* Only one semaphore is permitted: whether the old one is gone. */
static bool there_is_room(struct semd_client *client)
{
	struct semd_sem *sem;
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE | SEMD_LAST_CLOSE, .initial = 1,
	};
	int error = semd_open(client, "another", &options, &sem);
	if (error == SEMD_EQUOTA)
		return false;
	ck_assert_int_eq(error, 0);
	ck_assert_int_eq(semd_close(sem), 0);
	return true;
}

START_TEST(unlink_handles_the_last)
{
	daemon_start(&served, OPTIONS("--max-semaphores", "1"));
	scene_begin();
	ck_assert_int_eq(semd_release(scene.held, 2), 0);
	ck_assert_int_eq(semd_unlink(scene.owner, "sem"), 0);
	ck_assert_int_eq(semd_close(scene.owners), 0);
	ck_assert(!there_is_room(scene.owner));
	ck_assert_int_eq(semd_close(scene.held), 0);
	ck_assert(there_is_room(scene.owner));
	scene_end();
	daemon_stop(&served);
}
END_TEST

START_TEST(unlink_holds_the_last)
{
	daemon_start(&served, OPTIONS("--max-semaphores", "1"));
	scene_begin();
	ck_assert_int_eq(semd_unlink(scene.owner, "sem"), 0);
	ck_assert_int_eq(semd_close(scene.owners), 0);
	ck_assert_int_eq(semd_close(scene.held), 0);
	ck_assert(!there_is_room(scene.owner));
	semd_disconnect(scene.holder);
	ck_assert(there_is_room(scene.owner));
	scene.holder = NULL;
	scene_end();
	daemon_stop(&served);
}
END_TEST

void table_remove_and_unlink(Suite *suite)
{
	TCase *removing = table_row(suite, "remove");
	tcase_add_test(removing, remove_holds);
	tcase_add_test(removing, remove_waiters);
	tcase_add_test(removing, remove_waiters_for_zero);
	tcase_add_test(removing, remove_waiters_elsewhere);
	tcase_add_test(removing, remove_handles);
	TCase *unlinking = table_row(suite, "unlink");
	tcase_add_test(unlinking, unlink_holds);
	tcase_add_test(unlinking, unlink_waiters);
	tcase_add_test(unlinking, unlink_handles);
	TCase *last = suite_case(suite, "unlink, the last");
	tcase_add_test(last, unlink_handles_the_last);
	tcase_add_test(last, unlink_holds_the_last);
}
