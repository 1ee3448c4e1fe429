/*
 * table_set.c - the rows of set and reset.
 */
#include "config.h"

#include "tests/system/table.h"

/* ---- set ------------------------------------------------------------------------------------- */

START_TEST(set_holds)
{
	ck_assert_int_eq(semd_set(scene.owners, 1), 0);
	struct semd_info info = sem_info(scene.owners);
	ck_assert_uint_eq(info.held, 2);
	ck_assert_int_eq(info.available, -1);
	ck_assert_uint_eq(info.total, 1);
	ck_assert_int_eq(semd_release(scene.held, 2), 0);
	ck_assert_int_eq(sem_available(scene.owners), 1);
}
END_TEST

START_TEST(set_waiters)
{
	scene_wait();
	ck_assert_int_eq(semd_set(scene.owners, 0), 0);
	ck_assert_int_eq(semd_release(scene.held, 1), 0);
	ck_assert_int_eq(semd_set(scene.owners, 1), 0);
	ck_assert_uint_eq(sem_info(scene.owners).waiting, 1);
	ck_assert_int_eq(semd_set(scene.owners, 2), 0);
	ck_assert_int_eq(acquiring_end(&scene.wait), 0);
}
END_TEST

START_TEST(set_handles)
{
	ck_assert_int_eq(semd_set(scene.owners, 3), 0);
	ck_assert_int_eq(semd_acquire(scene.held, 1), 0);
	ck_assert_int_eq(semd_release(scene.held, 3), 0);
	ck_assert_int_eq(sem_available(scene.owners), 3);
}
END_TEST

/* ---- reset ----------------------------------------------------------------------------------- */

START_TEST(reset_holds)
{
	ck_assert_int_eq(semd_post(scene.owners, 5), 0);
	ck_assert_int_eq(semd_reset(scene.owners), 0);
	struct semd_info info = sem_info(scene.owners);
	ck_assert_uint_eq(info.held, 0);
	ck_assert_uint_eq(info.total, 2);
	ck_assert_int_eq(semd_release(scene.held, 1), SEMD_ERESET);
	ck_assert_int_eq(semd_release(scene.held, 1), SEMD_ENOTHELD);
}
END_TEST

START_TEST(reset_waiters)
{
	struct raw raw;
	scene_wait();
	raw_user(&raw, "sem", 0);
	uint64_t tag = raw_begin(&raw, WIRE_TERM_ACQUIRE, 3, -1);
	ck_assert(raw_waits(&raw));
	ck_assert_int_eq(semd_reset(scene.owners), 0);
	/*
	 * There is enough for the first waiter now; the other asks for more than there is and goes
	 * on waiting.
	 */
	ck_assert_int_eq(acquiring_end(&scene.wait), 0);
	ck_assert(raw_waits(&raw));
	ck_assert_int_eq(semd_set(scene.owners, 4), 0);
	ck_assert_int_eq(raw_take(&raw, tag), WIRE_OK);
	raw_leave(&raw);
}
END_TEST

START_TEST(reset_handles)
{
	/* The next call, whichever it is, returns ERESET and does nothing else. */
	int error = semd_reset(scene.owners);
	struct semd_info before = sem_info(scene.owners);
	ck_assert_int_eq(error, 0);
	ck_assert_int_eq(table_calls[_i](scene.held), SEMD_ERESET);
	struct semd_info after = sem_info(scene.owners);
	ck_assert_int_eq(after.available, before.available);
	ck_assert_uint_eq(after.total, before.total);
	ck_assert_uint_eq(after.posted, before.posted);
	ck_assert_uint_eq(after.used_up, before.used_up);
	ck_assert_uint_eq(after.bypass, before.bypass);
	ck_assert_int_ne(table_calls[_i](scene.held), SEMD_ERESET);
}
END_TEST

START_TEST(reset_handles_of_the_one_who_resets)
{
	/*
	 * The handle that asked has the reply; another handle of the same client is not told yet.
	 */
	struct semd_sem *second = sem_existing(scene.owner, "sem");
	ck_assert_int_eq(semd_reset(scene.owners), 0);
	ck_assert_int_eq(semd_try_acquire(scene.owners, 1), 0);
	ck_assert_int_eq(semd_try_acquire(second, 1), SEMD_ERESET);
	ck_assert_int_eq(semd_try_acquire(second, 1), 0);
	ck_assert_int_eq(semd_close(scene.held), 0);
}
END_TEST

void table_set_and_reset(Suite *suite)
{
	TCase *set = table_row(suite, "set");
	tcase_add_test(set, set_holds);
	tcase_add_test(set, set_waiters);
	tcase_add_test(set, set_handles);
	TCase *reset = table_row(suite, "reset");
	tcase_add_test(reset, reset_holds);
	tcase_add_test(reset, reset_waiters);
	tcase_add_loop_test(reset, reset_handles, 0, TABLE_CALLS);
	tcase_add_test(reset, reset_handles_of_the_one_who_resets);
}
