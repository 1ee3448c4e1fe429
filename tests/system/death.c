/*
 * death.c - a client is gone when its process is: every later request sees that, and complete
 * requests sent before the end are carried out. Processes that inherit a connection are in
 * death_unix.c and tests/windows/heirs_windows.c.
 */
#include "config.h"

#include "tests/system/served.h"

enum { POSTS = 100 };

/* When told to, sends many posts in one write and kills itself at once. */
static int post_and_die(void *arg, support_descriptor link)
{
	struct raw raw;
	uint8_t frames[POSTS * 64];
	size_t size = 0;
	for (unsigned i = 0; i < POSTS; i++) {
		struct apply_request apply = {
			.head = { .tag = 100 + i, .number = 100 + i },
			.terms = { 1, { { 0, WIRE_TERM_POST, 1 } } },
		};
		size_t one = apply_request_encode(&apply, frames + size, sizeof(frames) - size);
		if (one == 0)
			return 1;
		size += one;
	}
	(void)arg;
	raw_user(&raw, "posted", 0);
	link_tell(link, 'r');
	link_hear(link);
	raw_send(&raw, frames, size);
	process_die();
}

START_TEST(what_was_sent_whole_counts)
{
	struct raw asking;
	struct process noise;
	raw_user(&asking, "posted", 0);
	noise_begin(&noise);
	for (int round = 0; round < 200; round++) {
		struct process poster;
		process_fork(&poster, post_and_die, NULL, 0);
		ck_assert_int_eq(link_hear(poster.link), 'r');
		raw_go_ahead(&asking);
		link_tell(poster.link, 'p');
		ck_assert_int_eq(process_await(&poster), PROCESS_KILLED);
		process_end(&poster);
		/*
		 * A try that would be refused makes the daemon look for ends; nothing else does
		 * here.
		 */
		int status = raw_term(&asking, 0, WIRE_TERM_CONSUME, POSTS, 0);
		ck_assert_msg(status == WIRE_OK, "round %d: %d", round, status);
		ck_assert_int_eq(raw_term(&asking, 0, WIRE_TERM_CONSUME, 1, 0), WIRE_EAGAIN);
	}
	noise_end(&noise);
	raw_leave(&asking);
}
END_TEST

/* Sends half a frame after an acquire and dies. */
static int die_within_a_frame(void *arg, support_descriptor link)
{
	(void)arg;
	struct raw raw;
	uint8_t frame[WIRE_MAX_REQUEST];
	raw_user(&raw, "one", 1);
	struct apply_request apply = {
		.head = { .number = 100 }, .terms = { 1, { { 0, WIRE_TERM_POST, 1 } } },
	};
	size_t size = apply_request_encode(&apply, frame, sizeof(frame));
	if (raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK ||
	    !raw_send(&raw, frame, size - 1))
		return 1;
	link_tell(link, 'h');
	link_hear(link);
	return 0;
}

START_TEST(what_was_not_sent_whole_does_not_count)
{
	struct process holder;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, die_within_a_frame, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	process_kill(&holder);
	ck_assert_int_eq(process_await(&holder), PROCESS_KILLED);
	process_end(&holder);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	ck_assert_uint_eq(sem_info(one).posted, 0);
	semd_disconnect(client);
}
END_TEST

/* Connects, sends all its requests in one write, and ends before any answer. */
static int say_all_and_end(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	struct raw raw;
	uint8_t frames[3 * WIRE_MAX_REPLY];
	const struct hello_request hello = {
		.min_version = 1, .max_version = 1, .command = raw_text("quick"),
	};
	const struct open_request open = { .head.number = 1, .name = raw_text("posted") };
	const struct apply_request apply = {
		.head.number = 2, .terms = { 1, { { 0, WIRE_TERM_POST, 1 } } },
	};
	size_t size = hello_request_encode(&hello, frames, WIRE_MAX_REPLY);
	size += open_request_encode(&open, frames + size, WIRE_MAX_REPLY);
	size += apply_request_encode(&apply, frames + size, WIRE_MAX_REPLY);
	raw_open(&raw, served.socket);
	return raw_send(&raw, frames, size) ? 0 : 1;
}

/* The daemon reads the asking client before it accepts the other connection. */
START_TEST(what_was_sent_before_it_was_let_in_counts)
{
	struct raw asking;
	raw_user(&asking, "posted", 0);
	for (int round = 0; round < 20; round++) {
		struct process poster;
		process_pause(&served.process);
		raw_go_ahead(&asking);
		process_fork(&poster, say_all_and_end, NULL, 0);
		ck_assert_int_eq(process_await(&poster), 0);
		process_end(&poster);
		uint64_t tag = raw_begin(&asking, WIRE_TERM_CONSUME, 1, 0);
		process_resume(&served.process);
		ck_assert_int_eq(raw_answer(&asking, tag), WIRE_OK);
	}
	raw_leave(&asking);
}
END_TEST

/*
 * Kills the process, and lets the daemon read what `raw` sent after seeing the end before it finds
 * the end itself. Returns the status of that request.
 */
static int asked_after_the_end(struct process *process, struct raw *raw,
                               void (*ask)(struct raw *raw))
{
	process_pause(&served.process);
	raw_go_ahead(raw);
	process_kill(process);
	ck_assert_int_eq(process_await(process), PROCESS_KILLED);
	process_end(process);
	ask(raw);
	process_resume(&served.process);
	ck_assert(raw_receive(raw));
	return raw_answer(raw, raw->tag);
}

static void ask_for_zero(struct raw *raw)
{
	raw_begin(raw, WIRE_TERM_WAIT_ZERO, 0, 0);
}

START_TEST(permit_of_a_dead_one_is_not_zero)
{
	struct process holder;
	struct raw asking;
	process_fork(&holder, die_within_a_frame, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	raw_user(&asking, "one", 1);
	ck_assert_int_eq(raw_term(&asking, 0, WIRE_TERM_WAIT_ZERO, 0, 0), WIRE_OK);
	ck_assert_int_eq(asked_after_the_end(&holder, &asking, ask_for_zero), WIRE_EAGAIN);
	raw_leave(&asking);
}
END_TEST

static int open_last_close(void *arg, support_descriptor link)
{
	(void)arg;
	sem_new_with(new_client(), "goes", 1, 0, SEMD_LAST_CLOSE);
	link_tell(link, 'o');
	link_hear(link);
	return 0;
}

static void ask_for_existing(struct raw *raw)
{
	raw_send_open(raw, &(struct open_request){ .name = raw_text("goes") });
}

START_TEST(last_close_one_of_a_dead_one_is_gone)
{
	struct process owner;
	struct raw asking;
	process_fork(&owner, open_last_close, NULL, 0);
	ck_assert_int_eq(link_hear(owner.link), 'o');
	raw_connect(&asking, served.socket);
	ck_assert_int_eq(asked_after_the_end(&owner, &asking, ask_for_existing), WIRE_ENOENT);
	raw_leave(&asking);
}
END_TEST

static int live(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

static void ask_to_settle(struct raw *raw)
{
	raw_begin(raw, WIRE_TERM_SETTLE, 1, 0);
}

START_TEST(nothing_is_settled_for_a_dead_one)
{
	struct process holder;
	struct raw speaker;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, live, NULL, 0);
	ck_assert_int_eq(raw_bound(&speaker, holder.pid, holder.handle), WIRE_OK);
	ck_assert_int_eq(raw_create(&speaker, 0, "one", 1), WIRE_OK);
	ck_assert_int_eq(raw_term(&speaker, 0, WIRE_TERM_ACQUIRE, 1, 0), WIRE_OK);
	ck_assert_int_eq(asked_after_the_end(&holder, &speaker, ask_to_settle), -1);
	ck_assert_uint_eq(speaker.head.opcode, WIRE_END);
	ck_assert_uint_eq(speaker.head.status, WIRE_ELOST);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	ck_assert_uint_eq(sem_info(one).used_up, 0);
	raw_close(&speaker);
	semd_disconnect(client);
}
END_TEST

START_TEST(disconnect_returns_when_all_is_back)
{
	struct semd_client *other = new_client();
	struct semd_sem *one = sem_new(other, "one", 1);
	for (int i = 0; i < 200; i++) {
		struct semd_client *client = new_client();
		ck_assert_int_eq(semd_try_acquire(sem_existing(client, "one"), 1), 0);
		ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
		semd_disconnect(client);
		ck_assert_int_eq(semd_try_acquire(one, 1), 0);
		ck_assert_int_eq(semd_release(one, 1), 0);
	}
	semd_disconnect(other);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("death");
	TCase *death = served_case(suite, "death");
	tcase_add_test(death, what_was_sent_whole_counts);
	tcase_add_test(death, what_was_sent_before_it_was_let_in_counts);
	tcase_add_test(death, what_was_not_sent_whole_does_not_count);
	tcase_add_test(death, permit_of_a_dead_one_is_not_zero);
	tcase_add_test(death, last_close_one_of_a_dead_one_is_gone);
	tcase_add_test(death, nothing_is_settled_for_a_dead_one);
	TCase *life = served_case(suite, "life");
	tcase_add_test(life, disconnect_returns_when_all_is_back);
	return suite_run(suite);
}
