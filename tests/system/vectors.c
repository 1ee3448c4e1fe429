/*
 * vectors.c - several semaphores in one step: all or none, never a deadlock, and immediate
 * refusals.
 */
#include "config.h"

#include "tests/system/served.h"

#include <pthread.h>

START_TEST(takes_all_or_nothing)
{
	struct semd_client *holder = new_client(), *client = new_client();
	struct semd_sem *b = sem_new(holder, "b", 1);
	ck_assert_int_eq(semd_acquire(b, 1), 0);

	const struct semd_op both[] = {
		{ sem_new(client, "a", 2), SEMD_ACQUIRE, 2 },
		{ sem_new(client, "b", 0), SEMD_ACQUIRE, 1 },
	};
	struct semd_sem *a = both[0].sem;
	ck_assert_int_eq(semd_apply(client, both, 2, 0), SEMD_EAGAIN);
	ck_assert_int_eq(sem_available(a), 2);
	ck_assert_int_eq(semd_apply(client, both, 2, 10 * MILLISECOND), SEMD_ETIMEDOUT);
	ck_assert_int_eq(sem_available(a), 2);
	ck_assert_int_eq(semd_release(b, 1), 0);
	ck_assert_int_eq(semd_apply(client, both, 2, 0), 0);
	ck_assert_int_eq(sem_available(a), 0);
	ck_assert_int_eq(sem_available(b), 0);
	semd_disconnect(client);
	semd_disconnect(holder);
}
END_TEST

START_TEST(takes_nothing_while_it_waits)
{
	struct raw holder, waiter;
	raw_user(&holder, "a", 2);
	ck_assert_int_eq(raw_create(&holder, 1, "b", 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&holder, 1, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);

	raw_user(&waiter, "a", 0);
	ck_assert_int_eq(raw_create(&waiter, 1, "b", 0), WIRE_OK);
	struct apply_request both = { .timeout = -1, .terms = { 2, {
		{ 0, WIRE_TERM_ACQUIRE, 2 }, { 1, WIRE_TERM_ACQUIRE, 1 },
	} } };
	raw_send_apply(&waiter, &both);
	ck_assert(raw_waits(&waiter));
	struct query_request query = { .handle = 0 };
	struct query_reply info;
	ck_assert_int_eq(raw_ask_query(&holder, &query), WIRE_OK);
	ck_assert_int_eq(query_reply_decode(&info, holder.frame, holder.size), 0);
	ck_assert_int_eq(info.available, 2);
	ck_assert_uint_eq(info.waiting, 1);

	ck_assert_int_eq(raw_term(&holder, 1, WIRE_TERM_RELEASE, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_take(&waiter, both.head.tag), WIRE_OK);
	raw_leave(&waiter);
	raw_leave(&holder);
}
END_TEST

START_TEST(each_term_sees_what_those_before_it_did)
{
	struct semd_client *client = new_client();
	struct semd_sem *a = sem_new_with(client, "a", 1, 2, 0);
	const struct semd_op there_and_back[] = {
		{ a, SEMD_ACQUIRE, 1 }, { a, SEMD_RELEASE, 1 }, { a, SEMD_ACQUIRE, 1 },
		{ a, SEMD_SETTLE, 1 }, { a, SEMD_POST, 2 }, { a, SEMD_CONSUME, 2 },
	};
	ck_assert_int_eq(semd_apply(client, there_and_back, 6, 0), 0);
	struct semd_info info = sem_info(a);
	ck_assert_uint_eq(info.total, 0);
	ck_assert_uint_eq(info.posted, 2);
	ck_assert_uint_eq(info.used_up, 3);
	semd_disconnect(client);
}
END_TEST

START_TEST(refusal_comes_before_the_wait)
{
	struct semd_client *holder = new_client(), *client = new_client();
	ck_assert_int_eq(semd_acquire(sem_new(holder, "a", 1), 1), 0);
	struct semd_sem *a = sem_new(client, "a", 0), *b = sem_new(client, "b", 1);
	const struct semd_op refused[] = { { a, SEMD_ACQUIRE, 1 }, { b, SEMD_RELEASE, 1 } };
	ck_assert_int_eq(semd_apply(client, refused, 2, SEMD_FOREVER), SEMD_ENOTHELD);
	const struct semd_op impossible[] = { { a, SEMD_ACQUIRE, 1 }, { b, SEMD_ACQUIRE, 0 } };
	ck_assert_int_eq(semd_apply(client, impossible, 2, SEMD_FOREVER), SEMD_EINVAL);
	ck_assert_int_eq(semd_apply(client, refused, 0, SEMD_FOREVER), SEMD_EINVAL);
	semd_disconnect(client);
	semd_disconnect(holder);
}
END_TEST

START_TEST(longest_vector_is_applied)
{
	struct semd_client *client = new_client();
	struct semd_op ops[SEMD_MAX_OPS + 1];
	for (int i = 0; i <= SEMD_MAX_OPS; i++) {
		char name[16];
		snprintf(name, sizeof(name), "s%d", i);
		ops[i] = (struct semd_op){ sem_new(client, name, 1), SEMD_ACQUIRE, 1 };
	}
	ck_assert_int_eq(semd_apply(client, ops, SEMD_MAX_OPS + 1, 0), SEMD_EINVAL);
	ck_assert_int_eq(sem_available(ops[0].sem), 1);
	ck_assert_int_eq(semd_apply(client, ops, SEMD_MAX_OPS, 0), 0);
	ck_assert_int_eq(sem_available(ops[SEMD_MAX_OPS - 1].sem), 0);
	ck_assert_int_eq(sem_available(ops[SEMD_MAX_OPS].sem), 1);
	semd_disconnect(client);
}
END_TEST

enum { ROUNDS = 1000 };

struct order {
	char first[2], second[2];
};

/* Takes both semaphores ROUNDS times, in the order given by `arg`. */
static int take_both(void *arg, support_descriptor link)
{
	const struct order *order = arg;
	struct semd_client *client = new_client();
	struct semd_sem *first = sem_new(client, order->first, 1);
	struct semd_sem *second = sem_new(client, order->second, 1);
	const struct semd_op take[] = { { first, SEMD_ACQUIRE, 1 }, { second, SEMD_ACQUIRE, 1 } };
	const struct semd_op give[] = { { first, SEMD_RELEASE, 1 }, { second, SEMD_RELEASE, 1 } };
	link_hear(link);
	for (int i = 0; i < ROUNDS; i++) {
		if (semd_apply(client, take, 2, SEMD_FOREVER) != 0 ||
		    semd_apply(client, give, 2, 0) != 0)
			return 1;
	}
	semd_disconnect(client);
	return 0;
}

START_TEST(opposite_orders_never_deadlock)
{
	struct order orders[2] = { { "a", "b" }, { "b", "a" } };
	struct process takers[2];
	for (int i = 0; i < 2; i++)
		process_fork(&takers[i], take_both, &orders[i], sizeof(orders[i]));
	for (int i = 0; i < 2; i++)
		link_tell(takers[i].link, 'g');
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(process_await(&takers[i]), 0);
		process_end(&takers[i]);
	}
}
END_TEST

enum { THREADS = 8, PER_THREAD = 500, PERMITS = 3 };

struct crowd {
	struct semd_sem *sem;
	int inside;
	int failures;
};

static void *crowd_member(void *arg)
{
	struct crowd *crowd = arg;
	for (int i = 0; i < PER_THREAD; i++) {
		int error = semd_acquire(crowd->sem, 1);
		if (__atomic_add_fetch(&crowd->inside, 1, __ATOMIC_SEQ_CST) > PERMITS)
			__atomic_add_fetch(&crowd->failures, 1, __ATOMIC_SEQ_CST);
		__atomic_sub_fetch(&crowd->inside, 1, __ATOMIC_SEQ_CST);
		if (error != 0 || semd_release(crowd->sem, 1) != 0)
			__atomic_add_fetch(&crowd->failures, 1, __ATOMIC_SEQ_CST);
	}
	return NULL;
}

START_TEST(threads_share_a_connection)
{
	struct semd_client *client = new_client();
	struct crowd crowd = { .sem = sem_new(client, "crowd", PERMITS) };
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, crowd_member, &crowd), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	ck_assert_int_eq(crowd.failures, 0);
	ck_assert_int_eq(sem_available(crowd.sem), PERMITS);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("vectors");
	TCase *one = served_case(suite, "one instant");
	tcase_add_test(one, takes_all_or_nothing);
	tcase_add_test(one, takes_nothing_while_it_waits);
	tcase_add_test(one, each_term_sees_what_those_before_it_did);
	tcase_add_test(one, refusal_comes_before_the_wait);
	tcase_add_test(one, longest_vector_is_applied);
	TCase *many = served_case(suite, "many");
	tcase_add_test(many, opposite_orders_never_deadlock);
	tcase_add_test(many, threads_share_a_connection);
	return suite_run(suite);
}
