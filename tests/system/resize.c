/*
 * resize.c - changes of a semaphore in use: its total to any number, its max, its bypass. Effects
 * on holds, waiters and handles are in table.c, the rights needed in rights_table_unix.c.
 */
#include "config.h"

#include "tests/system/served.h"

static int change(struct semd_sem *sem, struct semd_change change)
{
	change.size = sizeof(change);
	return semd_change(sem, &change);
}

static int change_max(struct semd_sem *sem, uint32_t max)
{
	return change(sem, (struct semd_change){ .mask = SEMD_CHANGE_MAX, .max = max });
}

static int change_bypass(struct semd_sem *sem, uint32_t bypass)
{
	return change(sem, (struct semd_change){ .mask = SEMD_CHANGE_BYPASS, .bypass = bypass });
}

START_TEST(total_may_be_anything_while_permits_are_held)
{
	static const uint32_t totals[] = { 4, 3, 2, 1, 0, 1, 4, 9, SEMD_MAX_PERMITS, 0, 3 };
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new_with(client, "set", 4, 4, 0);
	struct semd_sem *theirs = sem_existing(other, "set");
	uint32_t max = 4;
	ck_assert_int_eq(semd_acquire(sem, 3), 0);
	for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++) {
		ck_assert_int_eq(semd_set(sem, totals[i]), 0);
		struct semd_info info = sem_info(sem);
		max = totals[i] > max ? totals[i] : max;
		ck_assert_int_eq(info.available, (int64_t)totals[i] - 3);
		ck_assert_uint_eq(info.held, 3);
		ck_assert_uint_eq(info.total, totals[i]);
		ck_assert_uint_eq(info.max, max);
		ck_assert_uint_eq(info.initial, 4);
		int error = semd_try_acquire(theirs, 1);
		ck_assert_int_eq(error, totals[i] > 3 ? 0 : SEMD_EAGAIN);
		ck_assert_int_eq(semd_release(theirs, 1), error == 0 ? 0 : SEMD_ENOTHELD);
	}
	ck_assert_int_eq(semd_set(sem, SEMD_MAX_PERMITS + 1u), SEMD_EINVAL);
	ck_assert_uint_eq(sem_info(sem).total, 3);
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

/* With a total of 0 released permits vanish. A permit posted after that is granted. */
START_TEST(nothing_is_granted_until_it_is_positive)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "drain", 3);
	struct raw raw;
	ck_assert_int_eq(semd_acquire(sem, 3), 0);
	ck_assert_int_eq(semd_set(sem, 0), 0);
	raw_user(&raw, "drain", 0);
	uint64_t tag = raw_begin(&raw, WIRE_TERM_CONSUME, 1, -1);
	for (int64_t left = -2; left <= 0; left++) {
		ck_assert_int_eq(semd_release(sem, 1), 0);
		ck_assert_int_eq(sem_available(sem), left);
		ck_assert(raw_waits(&raw));
	}
	ck_assert_int_eq(semd_post(sem, 1), 0);
	ck_assert_int_eq(raw_take(&raw, tag), WIRE_OK);
	raw_leave(&raw);
	semd_disconnect(client);
}
END_TEST

/* Settling below the total leaves no debt for later posts. */
START_TEST(what_is_settled_below_the_total_is_forgiven)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "settle", 3);
	ck_assert_int_eq(semd_acquire(sem, 3), 0);
	ck_assert_int_eq(semd_set(sem, 1), 0);
	ck_assert_int_eq(semd_settle(sem, 2), 0);
	ck_assert_uint_eq(sem_info(sem).total, 0);
	ck_assert_int_eq(sem_available(sem), -1);
	ck_assert_int_eq(semd_settle(sem, 1), 0);
	ck_assert_int_eq(semd_post(sem, 1), 0);
	ck_assert_int_eq(semd_try_acquire(sem, 1), 0);
	semd_disconnect(client);
}
END_TEST

START_TEST(waiters_are_considered_in_their_order)
{
	enum { WAITERS = 3 };
	static const uint32_t wanted[WAITERS] = { 2, 1, 1 };
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "grow", 2);
	struct raw raw[WAITERS];
	uint64_t tag[WAITERS];
	ck_assert_int_eq(semd_acquire(sem, 2), 0);
	for (int i = 0; i < WAITERS; i++) {
		raw_user(&raw[i], "grow", 0);
		tag[i] = raw_begin(&raw[i], WIRE_TERM_ACQUIRE, wanted[i], -1);
		ck_assert(raw_waits(&raw[i]));
	}
	ck_assert_int_eq(semd_set(sem, 3), 0);	/* enough for all but the first */
	for (int i = 0; i < WAITERS; i++)
		ck_assert(raw_waits(&raw[i]));
	ck_assert_int_eq(semd_set(sem, 5), 0);
	ck_assert_int_eq(raw_take(&raw[0], tag[0]), WIRE_OK);
	ck_assert_int_eq(raw_take(&raw[1], tag[1]), WIRE_OK);
	ck_assert(raw_waits(&raw[2]));
	ck_assert_int_eq(semd_set(sem, 6), 0);
	ck_assert_int_eq(raw_take(&raw[2], tag[2]), WIRE_OK);
	for (int i = 0; i < WAITERS; i++)
		raw_leave(&raw[i]);
	semd_disconnect(client);
}
END_TEST

/* A smaller total can put the first waiter out of reach, and then it holds up no other. */
START_TEST(waiters_are_considered_when_the_total_falls_too)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "fall", 5);
	struct raw first, second;
	ck_assert_int_eq(semd_acquire(sem, 2), 0);
	raw_user(&first, "fall", 0);
	raw_user(&second, "fall", 0);
	uint64_t many = raw_begin(&first, WIRE_TERM_ACQUIRE, 5, -1);
	ck_assert(raw_waits(&first));
	uint64_t one = raw_begin(&second, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&second));
	ck_assert_int_eq(semd_set(sem, 4), 0);
	ck_assert_int_eq(raw_take(&second, one), WIRE_OK);
	ck_assert(raw_waits(&first));
	ck_assert_int_eq(semd_set(sem, 8), 0);
	ck_assert_int_eq(raw_take(&first, many), WIRE_OK);
	raw_leave(&second);
	raw_leave(&first);
	semd_disconnect(client);
}
END_TEST

START_TEST(change_takes_what_the_mask_says)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new_with(client, "change", 4, 4, 0);
	const struct semd_info before = sem_info(sem);
	const struct semd_change all = {
		.mask = SEMD_CHANGE_MAX | SEMD_CHANGE_MODE, .max = 8, .mode = 0640, .bypass = 5,
		.uid = 1, .gid = 1,
	};
	ck_assert_uint_eq(before.uid, served_uid());
	ck_assert_int_eq(change(sem, all), 0);
	struct semd_info info = sem_info(sem);
	ck_assert_uint_eq(info.max, 8);
	ck_assert_uint_eq(info.mode, 0640);
	ck_assert_uint_eq(info.bypass, 0);
	ck_assert_uint_eq(info.uid, before.uid);
	ck_assert_uint_eq(info.gid, before.gid);
	ck_assert_int_eq(change_bypass(sem, 5), 0);
	ck_assert_uint_eq(sem_info(sem).bypass, 5);
	ck_assert_int_eq(change(sem, (struct semd_change){ .mask = 32 }), SEMD_EINVAL);
	ck_assert_int_eq(change(sem, (struct semd_change){
		.mask = SEMD_CHANGE_MODE | SEMD_CHANGE_BYPASS, .mode = 01000, .bypass = 9,
	}), SEMD_EINVAL);
	ck_assert_uint_eq(sem_info(sem).bypass, 5);
	semd_disconnect(client);
}
END_TEST

START_TEST(max_bounds_what_comes_after_it)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "max", 2);
	ck_assert_int_eq(semd_post(sem, 2), 0);
	ck_assert_int_eq(change_max(sem, 5), 0);
	ck_assert_int_eq(semd_post(sem, 2), SEMD_EOVERFLOW);
	ck_assert_int_eq(semd_post(sem, 1), 0);
	ck_assert_int_eq(semd_post(sem, 1), SEMD_EOVERFLOW);
	ck_assert_int_eq(semd_try_acquire(sem, 6), SEMD_EIMPOSSIBLE);
	/* max must not be below the total, nor below the initial value. */
	ck_assert_int_eq(change_max(sem, 4), SEMD_EINVAL);
	ck_assert_int_eq(semd_set(sem, 0), 0);
	ck_assert_int_eq(change_max(sem, 1), SEMD_EINVAL);
	ck_assert_int_eq(change_max(sem, 2), 0);
	ck_assert_int_eq(semd_post(sem, 3), SEMD_EOVERFLOW);
	ck_assert_int_eq(change_max(sem, 0), 0);
	ck_assert_int_eq(semd_post(sem, SEMD_MAX_PERMITS), 0);
	ck_assert_int_eq(semd_post(sem, 1), SEMD_EOVERFLOW);
	semd_disconnect(client);
}
END_TEST

START_TEST(bypass_counts_for_those_who_wait_already)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "bypass", 3);
	struct raw many, one, another;
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	raw_user(&many, "bypass", 0);
	raw_user(&one, "bypass", 0);
	raw_user(&another, "bypass", 0);
	raw_begin(&many, WIRE_TERM_ACQUIRE, 3, -1);
	ck_assert(raw_waits(&many));
	uint64_t tag = raw_begin(&one, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&one));
	ck_assert_int_eq(change_bypass(sem, 1), 0);
	ck_assert_int_eq(raw_take(&one, tag), WIRE_OK);
	tag = raw_begin(&another, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&another));
	ck_assert_int_eq(change_bypass(sem, 2), 0);
	ck_assert_int_eq(raw_take(&another, tag), WIRE_OK);
	raw_leave(&another);
	raw_leave(&one);
	raw_leave(&many);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("resize");
	TCase *total = served_case(suite, "total");
	tcase_add_test(total, total_may_be_anything_while_permits_are_held);
	tcase_add_test(total, nothing_is_granted_until_it_is_positive);
	tcase_add_test(total, what_is_settled_below_the_total_is_forgiven);
	tcase_add_test(total, waiters_are_considered_in_their_order);
	tcase_add_test(total, waiters_are_considered_when_the_total_falls_too);
	TCase *others = served_case(suite, "change");
	tcase_add_test(others, change_takes_what_the_mask_says);
	tcase_add_test(others, max_bounds_what_comes_after_it);
	tcase_add_test(others, bypass_counts_for_those_who_wait_already);
	return suite_run(suite);
}
