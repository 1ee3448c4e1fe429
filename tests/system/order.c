/*
 * order.c - the order of service: strict order of arrival, waiters that let others pass, and
 * waiters behind one that leaves. Raw clients make each order exact.
 */
#include "config.h"

#include "tests/system/served.h"

#include <stdlib.h>

/* Starts `count` clients that have opened the same semaphore. */
static void users_begin(struct raw *users, size_t count, const char *name, uint32_t initial)
{
	for (size_t i = 0; i < count; i++)
		raw_user(&users[i], name, initial);
}

static void users_end(struct raw *users, size_t count)
{
	for (size_t i = 0; i < count; i++)
		raw_leave(&users[i]);
}

static int acquire(struct raw *raw, uint32_t n)
{
	return raw_term(raw, 0, WIRE_TERM_ACQUIRE, n, 0);
}

static int release(struct raw *raw, uint32_t n)
{
	return raw_term(raw, 0, WIRE_TERM_RELEASE, n, 0);
}

START_TEST(large_request_is_served_in_its_turn)
{
	enum { SMALL = 5 };
	struct raw holder, large, small[SMALL];
	uint64_t tags[SMALL];
	users_begin(&holder, 1, "three", 3);
	users_begin(&large, 1, "three", 3);
	users_begin(small, SMALL, "three", 3);

	ck_assert_int_eq(acquire(&holder, 3), WIRE_OK);
	uint64_t tag = raw_begin(&large, WIRE_TERM_ACQUIRE, 3, -1);
	ck_assert(raw_waits(&large));
	for (size_t i = 0; i < SMALL; i++) {
		tags[i] = raw_begin(&small[i], WIRE_TERM_ACQUIRE, 1, -1);
		ck_assert(raw_waits(&small[i]));
	}
	for (uint32_t given = 1; given < 3; given++) {
		ck_assert_int_eq(release(&holder, 1), WIRE_OK);
		for (size_t i = 0; i < SMALL; i++)
			ck_assert(raw_waits(&small[i]));
	}
	ck_assert_int_eq(release(&holder, 1), WIRE_OK);
	ck_assert_int_eq(raw_take(&large, tag), WIRE_OK);
	for (size_t i = 0; i < SMALL; i++)
		ck_assert(raw_waits(&small[i]));

	/* The waiters behind it are served in order of arrival. */
	for (size_t i = 0; i < 3; i++) {
		ck_assert_int_eq(release(&large, 1), WIRE_OK);
		ck_assert_int_eq(raw_take(&small[i], tags[i]), WIRE_OK);
		for (size_t j = i + 1; j < SMALL; j++)
			ck_assert(raw_waits(&small[j]));
	}
	users_end(small, SMALL);
	users_end(&large, 1);
	users_end(&holder, 1);
}
END_TEST

START_TEST(newcomer_does_not_overtake)
{
	struct raw users[3];
	users_begin(users, 3, "three", 3);
	ck_assert_int_eq(acquire(&users[0], 2), WIRE_OK);
	uint64_t tag = raw_begin(&users[1], WIRE_TERM_ACQUIRE, 2, -1);
	ck_assert(raw_waits(&users[1]));
	ck_assert_int_eq(acquire(&users[2], 1), WIRE_EAGAIN);
	ck_assert_int_eq(release(&users[0], 1), WIRE_OK);
	ck_assert_int_eq(raw_take(&users[1], tag), WIRE_OK);
	users_end(users, 3);
}
END_TEST

START_TEST(request_for_more_than_there_is_holds_nobody_up)
{
	struct raw users[3];
	users_begin(users, 3, "three", 3);
	uint64_t tag = raw_begin(&users[0], WIRE_TERM_ACQUIRE, 30, -1);
	ck_assert(raw_waits(&users[0]));
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(acquire(&users[1], 3), WIRE_OK);
		ck_assert_int_eq(release(&users[1], 3), WIRE_OK);
	}
	/* As soon as there are 30 permits the large request is like any other. */
	ck_assert_int_eq(acquire(&users[1], 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&users[1], 0, WIRE_TERM_POST, 27, 0), WIRE_OK);
	ck_assert_int_eq(acquire(&users[2], 1), WIRE_EAGAIN);
	ck_assert_int_eq(release(&users[1], 1), WIRE_OK);
	ck_assert_int_eq(raw_take(&users[0], tag), WIRE_OK);
	users_end(users, 3);
}
END_TEST

START_TEST(bypass_counts_the_grants_that_pass)
{
	struct raw users[3];
	struct open_request open = {
		.flags = WIRE_OPEN_CREATE, .initial = 3, .bypass = 2, .name = raw_text("passing"),
	};
	raw_connect(&users[0], served.socket);
	ck_assert_int_eq(raw_ask_open(&users[0], &open), WIRE_OK);
	users_begin(users + 1, 2, "passing", 0);

	ck_assert_int_eq(acquire(&users[0], 2), WIRE_OK);
	uint64_t tag = raw_begin(&users[1], WIRE_TERM_ACQUIRE, 2, -1);
	ck_assert(raw_waits(&users[1]));
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(acquire(&users[2], 1), WIRE_OK);
		ck_assert_int_eq(release(&users[2], 1), WIRE_OK);
	}
	ck_assert_int_eq(acquire(&users[2], 1), WIRE_EAGAIN);
	ck_assert_int_eq(release(&users[0], 2), WIRE_OK);
	ck_assert_int_eq(raw_take(&users[1], tag), WIRE_OK);
	users_end(users, 3);
}
END_TEST

/*
 * Two of three permits are free. A waiter for three is ahead of a waiter for one, and then leaves.
 */
struct pair {
	struct raw holder, head, next;
	uint64_t head_tag, next_tag;
};

static void pair_begin(struct pair *pair, int64_t timeout)
{
	users_begin(&pair->holder, 1, "three", 3);
	users_begin(&pair->head, 1, "three", 3);
	users_begin(&pair->next, 1, "three", 3);
	ck_assert_int_eq(acquire(&pair->holder, 1), WIRE_OK);
	pair->head_tag = raw_begin(&pair->head, WIRE_TERM_ACQUIRE, 3, timeout);
	ck_assert(timeout > 0 || raw_waits(&pair->head));
	pair->next_tag = raw_begin(&pair->next, WIRE_TERM_ACQUIRE, 1, -1);
}

static void pair_end(struct pair *pair)
{
	ck_assert_int_eq(raw_take(&pair->next, pair->next_tag), WIRE_OK);
	raw_leave(&pair->next);
	raw_leave(&pair->holder);
}

START_TEST(head_that_times_out_lets_the_next_in)
{
	struct pair pair;
	pair_begin(&pair, 20 * MILLISECOND);
	ck_assert_int_eq(raw_take(&pair.head, pair.head_tag), WIRE_ETIMEDOUT);
	pair_end(&pair);
	raw_leave(&pair.head);
}
END_TEST

START_TEST(head_that_is_canceled_lets_the_next_in)
{
	struct pair pair;
	pair_begin(&pair, -1);
	ck_assert(raw_waits(&pair.next));
	struct cancel_request cancel = { .request = pair.head.number };
	raw_send_cancel(&pair.head, &cancel);
	ck_assert_int_eq(raw_take(&pair.head, pair.head_tag), WIRE_ECANCELED);
	ck_assert_int_eq(raw_take(&pair.head, cancel.head.tag), WIRE_OK);
	pair_end(&pair);
	/* A request that has ended cannot be canceled. */
	ck_assert_int_eq(raw_ask_cancel(&pair.head, &cancel), WIRE_ENOENT);
	raw_leave(&pair.head);
}
END_TEST

START_TEST(head_that_closes_its_handle_lets_the_next_in)
{
	struct pair pair;
	pair_begin(&pair, -1);
	ck_assert(raw_waits(&pair.next));
	struct close_request close = { .handle = 0 };
	raw_send_close(&pair.head, &close);
	ck_assert_int_eq(raw_take(&pair.head, pair.head_tag), WIRE_ECANCELED);
	ck_assert_int_eq(raw_take(&pair.head, close.head.tag), WIRE_OK);
	pair_end(&pair);
	raw_leave(&pair.head);
}
END_TEST

START_TEST(head_that_disconnects_lets_the_next_in)
{
	struct pair pair;
	pair_begin(&pair, -1);
	ck_assert(raw_waits(&pair.next));
	raw_leave(&pair.head);
	pair_end(&pair);
}
END_TEST

static int wait_for_three(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_user(&raw, "three", 3);
	raw_begin(&raw, WIRE_TERM_ACQUIRE, 3, -1);
	link_tell(link, raw_waits(&raw) ? 'w' : 'x');
	link_hear(link);
	return 0;
}

START_TEST(head_that_dies_lets_the_next_in)
{
	struct raw holder, next;
	struct process head;
	users_begin(&holder, 1, "three", 3);
	users_begin(&next, 1, "three", 3);
	ck_assert_int_eq(acquire(&holder, 1), WIRE_OK);
	process_fork(&head, wait_for_three, NULL, 0);
	ck_assert_int_eq(link_hear(head.link), 'w');
	uint64_t tag = raw_begin(&next, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&next));
	process_kill(&head);
	ck_assert_int_eq(raw_take(&next, tag), WIRE_OK);
	ck_assert_int_eq(process_await(&head), PROCESS_KILLED);
	process_end(&head);
	users_end(&holder, 1);
	users_end(&next, 1);
}
END_TEST

START_TEST(wait_for_zero_stands_in_no_line)
{
	struct raw users[3];
	users_begin(users, 3, "two", 2);
	uint64_t zero = raw_begin(&users[0], WIRE_TERM_WAIT_ZERO, 0, -1);
	ck_assert(raw_waits(&users[0]));
	ck_assert_int_eq(acquire(&users[1], 1), WIRE_OK);
	ck_assert(raw_waits(&users[0]));
	ck_assert_int_eq(acquire(&users[2], 1), WIRE_OK);
	ck_assert_int_eq(raw_take(&users[0], zero), WIRE_OK);
	ck_assert_int_eq(release(&users[1], 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&users[0], 0, WIRE_TERM_WAIT_ZERO, 0, 0), WIRE_EAGAIN);
	users_end(users, 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("order");
	TCase *turn = served_case(suite, "turn");
	tcase_add_test(turn, large_request_is_served_in_its_turn);
	tcase_add_test(turn, newcomer_does_not_overtake);
	tcase_add_test(turn, request_for_more_than_there_is_holds_nobody_up);
	tcase_add_test(turn, bypass_counts_the_grants_that_pass);
	tcase_add_test(turn, wait_for_zero_stands_in_no_line);
	TCase *leaving = served_case(suite, "leaving");
	tcase_add_test(leaving, head_that_times_out_lets_the_next_in);
	tcase_add_test(leaving, head_that_is_canceled_lets_the_next_in);
	tcase_add_test(leaving, head_that_closes_its_handle_lets_the_next_in);
	tcase_add_test(leaving, head_that_disconnects_lets_the_next_in);
	tcase_add_test(leaving, head_that_dies_lets_the_next_in);
	return suite_run(suite);
}
