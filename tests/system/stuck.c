/*
 * stuck.c - place in line alone makes no deadlock, and a busy client starves no waiter: clause (c)
 * of the line, through the library, whose blocking calls must return by themselves.
 */
#include "config.h"

#include "tests/system/served.h"

enum { YIELDS = 64, BUSY = 4, EACH = 2 };

/* Clients with handles on the semaphores "x", "y" and "z". */
struct user {
	struct semd_client *client;
	struct semd_sem *x, *y, *z;
};

static void user_begin(struct user *user)
{
	user->client = new_client();
	user->x = sem_new(user->client, "x", 1);
	user->y = sem_new(user->client, "y", 1);
	user->z = sem_new(user->client, "z", 1);
}

/* A thread that acquires one or two semaphores in one step, and gives them back. */
struct taking {
	struct semd_client *client;
	struct semd_op ops[2];
	size_t count;
	pthread_t thread;
	int error;
};

static void *take_and_give(void *arg)
{
	struct taking *taking = arg;
	taking->error = semd_apply(taking->client, taking->ops, taking->count, SEMD_FOREVER);
	for (size_t i = 0; i < taking->count && taking->error == 0; i++)
		taking->error = semd_release(taking->ops[i].sem, taking->ops[i].n);
	return NULL;
}

static void taking_begin(struct taking *taking, struct user *user, struct semd_sem *first,
                         struct semd_sem *second)
{
	*taking = (struct taking){
		.client = user->client,
		.ops = { { first, SEMD_ACQUIRE, 1 }, { second, SEMD_ACQUIRE, 1 } },
		.count = second ? 2 : 1,
	};
	ck_assert_int_eq(pthread_create(&taking->thread, NULL, take_and_give, taking), 0);
}

static int taking_end(struct taking *taking)
{
	pthread_join(taking->thread, NULL);
	return taking->error;
}

/*
 * A client holds 1 of 2, another waits for 2, and the holder asks for 1 more: without clause (c)
 * both would wait for ever.
 */
START_TEST(a_holder_may_ask_for_more)
{
	struct semd_client *one = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new(one, "two", 2), *same = sem_existing(other, "two");
	struct taking both = {
		.client = other, .ops = { { same, SEMD_ACQUIRE, 2 } }, .count = 1,
	};
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(pthread_create(&both.thread, NULL, take_and_give, &both), 0);
	sem_await_waiting(sem, 1);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_release(sem, 2), 0);
	ck_assert_int_eq(taking_end(&both), 0);
	semd_disconnect(other);
	semd_disconnect(one);
}
END_TEST

/*
 * The waiter in the way does not wait for the client itself, but stands behind a waiter that does.
 */
START_TEST(who_stands_behind_a_stuck_one_is_passed_too)
{
	struct user u[3];
	struct taking xz, x;
	for (int i = 0; i < 3; i++)
		user_begin(&u[i]);
	ck_assert_int_eq(semd_acquire(u[0].z, 1), 0);
	taking_begin(&xz, &u[1], u[1].x, u[1].z);
	sem_await_waiting(u[0].x, 1);
	taking_begin(&x, &u[2], u[2].x, NULL);
	sem_await_waiting(u[0].x, 2);

	const struct semd_op xy[] = { { u[0].x, SEMD_ACQUIRE, 1 }, { u[0].y, SEMD_ACQUIRE, 1 } };
	ck_assert_int_eq(semd_apply(u[0].client, xy, 2, SEMD_FOREVER), 0);
	ck_assert_int_eq(semd_release(u[0].x, 1), 0);
	ck_assert_int_eq(semd_release(u[0].z, 1), 0);
	ck_assert_int_eq(taking_end(&xz), 0);
	ck_assert_int_eq(taking_end(&x), 0);
	for (int i = 0; i < 3; i++)
		semd_disconnect(u[i].client);
}
END_TEST

/* A blocked call returns when a new wait elsewhere makes the waiter ahead of it stuck. */
START_TEST(a_wait_elsewhere_lets_a_blocked_one_go)
{
	struct user u[3];
	struct taking xz, x, y;
	for (int i = 0; i < 3; i++)
		user_begin(&u[i]);
	ck_assert_int_eq(semd_acquire(u[0].y, 1), 0);
	ck_assert_int_eq(semd_acquire(u[1].z, 1), 0);
	taking_begin(&xz, &u[2], u[2].x, u[2].z);
	sem_await_waiting(u[0].x, 1);
	taking_begin(&x, &u[0], u[0].x, NULL);
	sem_await_waiting(u[0].x, 2);
	taking_begin(&y, &u[1], u[1].y, NULL);
	ck_assert_int_eq(taking_end(&x), 0);

	ck_assert_int_eq(semd_release(u[0].y, 1), 0);
	ck_assert_int_eq(taking_end(&y), 0);
	ck_assert_int_eq(semd_release(u[1].z, 1), 0);
	ck_assert_int_eq(taking_end(&xz), 0);
	for (int i = 0; i < 3; i++)
		semd_disconnect(u[i].client);
}
END_TEST

/* A thread of a busy client: it always holds permits, and takes and gives until it has to wait. */
struct busy {
	struct semd_sem *sem;
	pthread_t thread;
	int taken;
	int error;
};

static void *be_busy(void *arg)
{
	struct busy *busy = arg;
	while ((busy->error = semd_try_acquire(busy->sem, 1)) == 0) {
		busy->taken++;
		if (semd_release(busy->sem, 1) != 0)
			return NULL;
	}
	return NULL;
}

/*
 * There is always enough for all threads, but never all for the waiter. The client's own permits
 * are released only when each thread would have to wait.
 */
START_TEST(a_waiter_for_all_is_served_within_the_bound)
{
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new(client, "all", BUSY * EACH);
	struct taking all = {
		.client = other,
		.ops = { { sem_existing(other, "all"), SEMD_ACQUIRE, BUSY * EACH } },
		.count = 1,
	};
	struct busy busy[BUSY];
	int taken = 0;
	ck_assert_int_eq(semd_acquire(sem, BUSY), 0);
	ck_assert_int_eq(pthread_create(&all.thread, NULL, take_and_give, &all), 0);
	sem_await_waiting(sem, 1);
	for (int i = 0; i < BUSY; i++) {
		busy[i] = (struct busy){ .sem = sem };
		ck_assert_int_eq(pthread_create(&busy[i].thread, NULL, be_busy, &busy[i]), 0);
	}
	for (int i = 0; i < BUSY; i++) {
		pthread_join(busy[i].thread, NULL);
		ck_assert_int_eq(busy[i].error, SEMD_EAGAIN);
		taken += busy[i].taken;
	}
	ck_assert_int_eq(taken, YIELDS);
	ck_assert_int_eq(semd_release(sem, BUSY), 0);
	ck_assert_int_eq(taking_end(&all), 0);
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stuck");
	TCase *tcase = served_case(suite, "stuck");
	tcase_add_test(tcase, a_holder_may_ask_for_more);
	tcase_add_test(tcase, who_stands_behind_a_stuck_one_is_passed_too);
	tcase_add_test(tcase, a_wait_elsewhere_lets_a_blocked_one_go);
	tcase_add_test(tcase, a_waiter_for_all_is_served_within_the_bound);
	return suite_run(suite);
}
