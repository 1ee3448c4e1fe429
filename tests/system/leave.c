/*
 * leave.c - LEAVE, a client's last request. When it is answered, all holds of the client are
 * released; then the connection ends, and nothing after LEAVE is read. This holds wherever the
 * daemon finds it: after a request that stood back or was left to the next turn, after a kick, and
 * among the last requests of a dead process.
 */
#include "config.h"

#include "tests/system/served.h"

#include <string.h>

/* Requests sent in one write, so that the daemon finds them together. */
struct gathered {
	uint8_t bytes[32 * 1024];
	size_t size;
};

#define GATHER(NAME, name, value, ...) \
	__attribute__((unused)) \
	static void gather_##name(struct gathered *to, struct name##_request request) \
	{ \
		size_t size = name##_request_encode(&request, to->bytes + to->size, \
		                                    sizeof(to->bytes) - to->size); \
		if (size == 0)	/* not by Check, since children use it too */ \
			support_die("no room for " #NAME); \
		to->size += size; \
	}
WIRE_MESSAGES(GATHER)

static void gather_term(struct gathered *to, uint64_t number, enum wire_term_kind kind,
                        int64_t timeout)
{
	gather_apply(to, (struct apply_request){
		.head = { .tag = number, .number = number }, .timeout = timeout,
		.terms = { 1, { { 0, kind, 1 } } },
	});
}

enum { LAST = 99 };	/* the tag of LEAVE here */

static void gather_last(struct gathered *to)
{
	gather_leave(to, (struct leave_request){ .head.tag = LAST });
}

static void send_gathered(struct raw *raw, const struct gathered *gathered)
{
	if (!raw_send(raw, gathered->bytes, gathered->size))
		support_die("the daemon has closed");
}

/* The next reply must be LEAVE's, and then the connection must end without END. */
static void has_left(struct raw *raw)
{
	ck_assert(raw_receive(raw));
	ck_assert_int_eq(raw->head.opcode, WIRE_LEAVE);
	ck_assert_int_eq(raw->head.status, WIRE_OK);
	ck_assert(!raw_receive(raw));
	raw_close(raw);
}

static void leave(struct raw *raw)
{
	struct leave_request last = { .head.tag = 0 };
	raw_send_leave(raw, &last);
	has_left(raw);
}

START_TEST(all_is_back_when_it_is_answered)
{
	struct semd_client *other = new_client();
	struct semd_sem *one = sem_new(other, "one", 1);
	for (int i = 0; i < 200; i++) {
		struct raw raw;
		raw_user(&raw, "one", 1);
		ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
		ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
		leave(&raw);
		ck_assert_int_eq(semd_try_acquire(one, 1), 0);
		ck_assert_int_eq(semd_release(one, 1), 0);
	}
	semd_disconnect(other);
}
END_TEST

START_TEST(those_who_wait_are_served)
{
	struct raw raw, waiter;
	raw_user(&raw, "one", 1);
	raw_user(&waiter, "one", 1);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	/* The leaver's own waits, first in line, hold up no other waiter and get no replies. */
	raw_begin(&raw, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&raw));
	uint64_t tag = raw_begin(&waiter, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&waiter));
	leave(&raw);
	ck_assert_int_eq(raw_take(&waiter, tag), WIRE_OK);
	raw_leave(&waiter);
}
END_TEST

START_TEST(what_follows_is_not_read)
{
	struct raw raw;
	struct gathered gathered = { .size = 0 };
	struct semd_client *other = new_client();
	struct semd_sem *posted = sem_new(other, "posted", 0);
	raw_user(&raw, "posted", 0);
	gather_term(&gathered, 2, WIRE_TERM_POST, 0);
	gather_last(&gathered);
	gather_term(&gathered, 3, WIRE_TERM_POST, 0);
	gather_last(&gathered);
	memset(gathered.bytes + gathered.size, 0, 64);
	gathered.size += 64;
	send_gathered(&raw, &gathered);
	ck_assert_int_eq(raw_take(&raw, 2), WIRE_OK);
	has_left(&raw);
	ck_assert_uint_eq(sem_info(posted).posted, 1);
	semd_disconnect(other);
}
END_TEST

/* END with ELOST is sent before LEAVE can be answered. */
START_TEST(one_who_was_kicked_has_left)
{
	struct raw raw, kicker;
	raw_user(&raw, "one", 1);
	raw_connect(&kicker, served.socket);
	struct kick_request kick = { .client = raw.client };
	ck_assert_int_eq(raw_ask_kick(&kicker, &kick), WIRE_OK);
	raw_send_leave(&raw, &(struct leave_request){ .head.tag = 0 });
	ck_assert_int_eq(raw_ended(&raw), WIRE_ELOST);
	raw_close(&raw);
	raw_leave(&kicker);
}
END_TEST

/* A page takes a turn of its own; the requests behind it are left to the next. */
START_TEST(left_to_the_next_turn)
{
	struct raw raw;
	struct gathered gathered = { .size = 0 };
	struct semd_client *other = new_client();
	struct semd_sem *one = sem_new(other, "one", 1);
	raw_user(&raw, "one", 1);
	gather_term(&gathered, 2, WIRE_TERM_ACQUIRE, 0);
	gather_list(&gathered, (struct list_request){ .head.tag = 3 });
	gather_list(&gathered, (struct list_request){ .head.tag = 4 });
	gather_last(&gathered);
	gather_term(&gathered, 3, WIRE_TERM_POST, 0);
	send_gathered(&raw, &gathered);
	for (uint64_t tag = 2; tag <= 4; tag++)
		ck_assert_int_eq(raw_answer(&raw, tag), WIRE_OK);
	has_left(&raw);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	ck_assert_uint_eq(sem_info(one).posted, 0);
	semd_disconnect(other);
}
END_TEST

static int hold(void *arg, support_descriptor link)
{
	(void)arg;
	struct raw raw;
	raw_user(&raw, "one", 1);
	if (raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK)
		return 1;
	link_tell(link, 'h');
	link_hear(link);
	return 0;
}

static void hold_begin(struct process *holder)
{
	process_fork(holder, hold, NULL, 0);
	ck_assert_int_eq(link_hear(holder->link), 'h');
}

/*
 * Lets the daemon read what `raw` sends after it has seen the end of a process before it finds that
 * end itself.
 */
static void sent_after_the_end(struct process *process, struct raw *raw,
                               const struct gathered *gathered)
{
	process_pause(&served.process);
	raw_go_ahead(raw);
	process_kill(process);
	ck_assert_int_eq(process_await(process), PROCESS_KILLED);
	process_end(process);
	send_gathered(raw, gathered);
	process_resume(&served.process);
	ck_assert(raw_receive(raw));
}

START_TEST(behind_a_request_that_stands_back)
{
	struct process holder;
	struct raw raw, other;
	struct gathered gathered = { .size = 0 };
	hold_begin(&holder);
	raw_user(&raw, "one", 1);
	raw_user(&other, "one", 1);
	gather_term(&gathered, 2, WIRE_TERM_ACQUIRE, 0);
	gather_last(&gathered);
	gather_term(&gathered, 3, WIRE_TERM_POST, 0);
	sent_after_the_end(&holder, &raw, &gathered);
	ck_assert_int_eq(raw_take(&raw, 2), WIRE_OK);
	has_left(&raw);
	ck_assert_int_eq(raw_term(&other, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	ck_assert_int_eq(raw_term(&other, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_EAGAIN);
	raw_leave(&other);
}
END_TEST

static int live(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

/* With each request of a bound connection the daemon looks whether the process has ended. */
START_TEST(itself_stands_back)
{
	struct process holder, process;
	struct raw raw;
	struct gathered gathered = { .size = 0 };
	struct semd_client *other = new_client();
	struct semd_sem *bound = sem_new(other, "bound", 1);
	hold_begin(&holder);
	process_fork(&process, live, NULL, 0);
	ck_assert_int_eq(raw_bound(&raw, process.pid, process.handle), WIRE_OK);
	ck_assert_int_eq(raw_create(&raw, 0, "bound", 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	gather_last(&gathered);
	sent_after_the_end(&holder, &raw, &gathered);
	has_left(&raw);
	ck_assert_int_eq(semd_try_acquire(bound, 1), SEMD_EAGAIN);
	link_tell(process.link, 'e');
	ck_assert_int_eq(semd_acquire(bound, 1), 0);
	process_end(&process);
	semd_disconnect(other);
}
END_TEST

START_TEST(for_a_process_that_has_ended)
{
	struct process process;
	struct raw raw;
	struct gathered gathered = { .size = 0 };
	process_fork(&process, live, NULL, 0);
	ck_assert_int_eq(raw_bound(&raw, process.pid, process.handle), WIRE_OK);
	gather_last(&gathered);
	sent_after_the_end(&process, &raw, &gathered);
	ck_assert_uint_eq(raw.head.opcode, WIRE_END);
	ck_assert_uint_eq(raw.head.status, WIRE_ELOST);
	ck_assert(!raw_receive(&raw));
	raw_close(&raw);
}
END_TEST

/* On two connections: requests on one are still carried out after LEAVE on the other. */
static int post_and_leave(void *arg, support_descriptor link)
{
	(void)arg;
	struct raw leaver, poster;
	struct gathered first = { .size = 0 }, second = { .size = 0 };
	raw_user(&leaver, "posted", 0);
	raw_user(&poster, "posted", 0);
	gather_term(&first, 2, WIRE_TERM_POST, 0);
	gather_last(&first);
	gather_term(&first, 3, WIRE_TERM_POST, 0);
	gather_term(&second, 2, WIRE_TERM_POST, 0);
	link_tell(link, 'r');
	link_hear(link);
	send_gathered(&leaver, &first);
	send_gathered(&poster, &second);
	link_tell(link, 's');
	link_hear(link);
	return 0;
}

START_TEST(of_a_process_that_has_ended)
{
	struct raw asking;
	raw_user(&asking, "posted", 0);
	for (int round = 0; round < 50; round++) {
		struct process poster;
		process_fork(&poster, post_and_leave, NULL, 0);
		ck_assert_int_eq(link_hear(poster.link), 'r');
		process_pause(&served.process);
		raw_go_ahead(&asking);
		link_tell(poster.link, 'p');
		ck_assert_int_eq(link_hear(poster.link), 's');
		process_kill(&poster);
		ck_assert_int_eq(process_await(&poster), PROCESS_KILLED);
		process_end(&poster);
		uint64_t tag = raw_begin(&asking, WIRE_TERM_CONSUME, 2, 0);
		process_resume(&served.process);
		ck_assert_int_eq(raw_answer(&asking, tag), WIRE_OK);
		ck_assert_int_eq(raw_term(&asking, 0, WIRE_TERM_CONSUME, 1, 0), WIRE_EAGAIN);
	}
	raw_leave(&asking);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("leave");
	TCase *leaving = served_case(suite, "leaving");
	tcase_add_test(leaving, all_is_back_when_it_is_answered);
	tcase_add_test(leaving, those_who_wait_are_served);
	tcase_add_test(leaving, what_follows_is_not_read);
	tcase_add_test(leaving, one_who_was_kicked_has_left);
	tcase_add_test(leaving, left_to_the_next_turn);
	TCase *ends = served_case(suite, "ends");
	tcase_add_test(ends, behind_a_request_that_stands_back);
	tcase_add_test(ends, itself_stands_back);
	tcase_add_test(ends, for_a_process_that_has_ended);
	tcase_add_test(ends, of_a_process_that_has_ended);
	return suite_run(suite);
}
