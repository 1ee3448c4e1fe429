/*
 * kills.c - a client that has seen a holder end finds its permits given back: five hundred times,
 * or ten thousand times in the long tests. SEMD_KILLS sets the number.
 */
#include "config.h"

#include "tests/system/served.h"

#include <inttypes.h>
#include <unistd.h>

#include "tests/support/amount.h"

#ifdef SEMD_SLOW
enum { USUAL = 100, LONGER = 500 };	/* processes cost many times as much */
#else
enum { USUAL = 500, LONGER = 10000 };
#endif

static uint64_t rounds(void)
{
	return amount("SEMD_KILLS", USUAL, LONGER);
}

static int hold_and_wait(void *arg, support_descriptor link)
{
	(void)arg;
	struct raw raw;
	raw_connect(&raw, served.socket);
	struct open_request open = { .name = raw_text("one") };
	raw_send_open(&raw, &open);
	if (raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK)
		return 1;
	link_tell(link, 'h');
	link_hear(link);
	return 1;
}

START_TEST(try_after_death_is_never_refused)
{
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	for (uint64_t i = 0; i < rounds(); i++) {
		struct process holder;
		process_fork(&holder, hold_and_wait, NULL, 0);
		ck_assert_int_eq(link_hear(holder.link), 'h');
		process_kill(&holder);
		ck_assert_int_eq(process_await(&holder), PROCESS_KILLED);
		int error = semd_try_acquire(one, 1);
		ck_assert_msg(error == 0, "round %d: %s", (int)i, semd_strerror(error));
		ck_assert_int_eq(semd_release(one, 1), 0);
		process_end(&holder);
	}
	fprintf(stderr, "killed %" PRIu64 " holders\n", rounds());
	semd_disconnect(client);
}
END_TEST

/* The same while the daemon is busy and reads the asking client just then. */
START_TEST(try_after_death_is_never_refused_under_load)
{
	struct raw raw;
	struct process noise;
	raw_user(&raw, "one", 1);
	noise_begin(&noise);
	for (uint64_t i = 0; i < rounds() / 5; i++) {
		struct process holder;
		process_fork(&holder, hold_and_wait, NULL, 0);
		ck_assert_int_eq(link_hear(holder.link), 'h');
		raw_go_ahead(&raw);
		process_kill(&holder);
		ck_assert_int_eq(process_await(&holder), PROCESS_KILLED);
		int status = raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0);
		ck_assert_msg(status == WIRE_OK, "round %d: %d", (int)i, status);
		ck_assert_int_eq(raw_term(&raw, 0, WIRE_TERM_RELEASE, 1, 0), WIRE_OK);
		process_end(&holder);
	}
	noise_end(&noise);
	raw_leave(&raw);
}
END_TEST

/* A client that waits already is served at the death, without another request. */
START_TEST(waiter_is_served_at_the_death)
{
	struct raw waiter;
	raw_user(&waiter, "one", 1);
	for (uint64_t i = 0; i < rounds() / 10; i++) {
		struct process holder;
		process_fork(&holder, hold_and_wait, NULL, 0);
		ck_assert_int_eq(link_hear(holder.link), 'h');
		uint64_t tag = raw_begin(&waiter, WIRE_TERM_ACQUIRE, 1, -1);
		process_kill(&holder);
		ck_assert_int_eq(raw_take(&waiter, tag), WIRE_OK);
		ck_assert_int_eq(raw_term(&waiter, 0, WIRE_TERM_RELEASE, 1, 0), WIRE_OK);
		process_end(&holder);
	}
	raw_leave(&waiter);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("kills");
	TCase *kills = served_case(suite, "kills");
	tcase_add_test(kills, try_after_death_is_never_refused);
	tcase_add_test(kills, try_after_death_is_never_refused_under_load);
	tcase_add_test(kills, waiter_is_served_at_the_death);
	return suite_run(suite);
}
