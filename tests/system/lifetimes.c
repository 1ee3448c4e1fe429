/*
 * lifetimes.c - creation and end of semaphores: both lifetimes, the flags of opening, a name used
 * again. Operations on a semaphore in use are in table.c.
 */
#include "config.h"

#include "tests/system/served.h"

#include <string.h>

static int open_existing(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	int error = semd_open(client, name, NULL, &sem);
	return error != 0 ? error : semd_close(sem);
}

START_TEST(persistent_one_stays)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_new(client, "stays", 3);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_settle(sem, 1), 0);
	semd_disconnect(client);
	client = new_client();
	ck_assert_int_eq(sem_available(sem_existing(client, "stays")), 2);
	ck_assert_int_eq(semd_remove(client, "stays"), 0);
	ck_assert_int_eq(open_existing(client, "stays"), SEMD_ENOENT);
	ck_assert_int_eq(semd_remove(client, "stays"), SEMD_ENOENT);
	semd_disconnect(client);
}
END_TEST

START_TEST(last_close_one_goes_with_its_last_handle)
{
	struct semd_client *client = new_client();
	struct semd_sem *first = sem_new_with(client, "goes", 3, 0, SEMD_LAST_CLOSE);
	struct semd_sem *second = sem_existing(client, "goes");
	ck_assert_uint_eq(sem_info(first).flags, SEMD_INFO_LAST_CLOSE);
	ck_assert_int_eq(semd_close(first), 0);
	ck_assert_int_eq(open_existing(client, "goes"), 0);
	ck_assert_int_eq(semd_close(second), 0);
	ck_assert_int_eq(open_existing(client, "goes"), SEMD_ENOENT);
	semd_disconnect(client);
}
END_TEST

START_TEST(hold_keeps_a_last_close_one)
{
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *sem = sem_new_with(client, "goes", 3, 0, SEMD_LAST_CLOSE);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_close(sem), 0);
	ck_assert_int_eq(open_existing(other, "goes"), 0);
	semd_disconnect(client);
	ck_assert_int_eq(open_existing(other, "goes"), SEMD_ENOENT);
	semd_disconnect(other);
}
END_TEST

static int open_and_wait(void *arg, support_descriptor link)
{
	(void)arg;
	struct semd_client *client = new_client();
	sem_new_with(client, "goes", 1, 0, SEMD_LAST_CLOSE);
	link_tell(link, 'o');
	link_hear(link);
	return 0;
}

START_TEST(last_close_one_goes_with_a_crash)
{
	struct process process;
	struct semd_client *client = new_client();
	process_fork(&process, open_and_wait, NULL, 0);
	ck_assert_int_eq(link_hear(process.link), 'o');
	ck_assert_int_eq(open_existing(client, "goes"), 0);
	process_end(&process);
	/*
	 * The daemon looks for ends before it refuses an opening; an existing name opens at once.
	 */
	ck_assert_int_eq(open_existing(client, "not there"), SEMD_ENOENT);
	ck_assert_int_eq(open_existing(client, "goes"), SEMD_ENOENT);
	semd_disconnect(client);
}
END_TEST

/*
 * A semaphore created under the name of an unlinked one is another: its numbers, holds and waiters
 * are its own, and old handles go on with the old one.
 */
START_TEST(unlinked_and_made_anew_is_another)
{
	struct semd_client *client = new_client(), *other = new_client();
	struct semd_sem *old = sem_new(client, "name", 1), *theirs = sem_existing(other, "name");
	ck_assert_int_eq(semd_post(old, 1), 0);
	ck_assert_int_eq(semd_consume(old, 1, 0), 0);
	ck_assert_int_eq(semd_acquire(old, 1), 0);
	struct acquiring acquiring;
	acquiring_begin(&acquiring, theirs);
	sem_await_waiting(old, 1);
	ck_assert_int_eq(semd_unlink(client, "name"), 0);
	ck_assert_int_eq(semd_unlink(client, "name"), SEMD_ENOENT);

	struct semd_sem *new = sem_new(other, "name", 5);
	struct semd_info info = sem_info(new);
	ck_assert_int_eq(info.available, 5);
	ck_assert_uint_eq(info.held, 0);
	ck_assert_uint_eq(info.waiting, 0);
	ck_assert_uint_eq(info.posted, 0);
	ck_assert_uint_eq(info.used_up, 0);
	ck_assert_uint_eq(info.flags, 0);
	ck_assert_int_eq(semd_release(sem_existing(client, "name"), 1), SEMD_ENOTHELD);

	/* Permits posted to the new one do not serve waiters of the old one. */
	ck_assert_int_eq(semd_post(new, 1), 0);
	info = sem_info(old);
	ck_assert_uint_eq(info.waiting, 1);
	ck_assert_uint_eq(info.posted, 1);
	ck_assert_uint_eq(info.used_up, 1);
	ck_assert_uint_eq(info.flags, SEMD_INFO_UNLINKED);
	ck_assert_int_eq(semd_release(old, 1), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	ck_assert_int_eq(sem_available(new), 6);
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

START_TEST(unlinked_and_made_anew_has_another_id)
{
	struct semd_client *client = new_client();
	struct raw raw;
	struct open_request open = {
		.flags = WIRE_OPEN_CREATE, .initial = 1, .name = raw_text("name"),
	};
	struct open_reply reply[2];
	raw_connect(&raw, served.socket);
	for (uint32_t i = 0; i < 2; i++) {
		open.handle = i;
		ck_assert_int_eq(raw_ask_open(&raw, &open), WIRE_OK);
		ck_assert_int_eq(open_reply_decode(&reply[i], raw.frame, raw.size), 0);
		ck_assert_int_eq(semd_unlink(client, "name"), 0);
	}
	ck_assert_uint_ne(reply[0].id, reply[1].id);
	raw_leave(&raw);
	semd_disconnect(client);
}
END_TEST

START_TEST(open_can_reset)
{
	struct semd_client *client = new_client();
	struct semd_sem *first = sem_new_with(client, "reset", 2, 2, 0);
	ck_assert_int_eq(semd_acquire(first, 1), 0);
	struct semd_sem *second = sem_new_with(client, "reset", 5, 0, SEMD_RESET);
	struct semd_info info = sem_info(second);
	ck_assert_int_eq(info.available, 5);
	ck_assert_uint_eq(info.held, 0);
	ck_assert_uint_eq(info.initial, 5);
	ck_assert_uint_eq(info.max, 5);
	ck_assert_int_eq(semd_acquire(first, 1), SEMD_ERESET);
	ck_assert_int_eq(semd_acquire(first, 1), 0);
	semd_disconnect(client);
}
END_TEST

START_TEST(flags_say_how_to_open)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem;
	struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE | SEMD_EXCLUSIVE, .initial = 1,
	};
	ck_assert_int_eq(semd_open(client, "new", NULL, &sem), SEMD_ENOENT);
	ck_assert_int_eq(semd_open(client, "new", &options, &sem), 0);
	ck_assert_int_eq(semd_open(client, "new", &options, &sem), SEMD_EEXIST);
	options.flags = SEMD_EXCLUSIVE;
	ck_assert_int_eq(semd_open(client, "new", &options, &sem), SEMD_EINVAL);
	options.flags = SEMD_CREATE;
	ck_assert_int_eq(semd_open(client, "", &options, &sem), SEMD_EINVAL);
	ck_assert_int_eq(semd_open(client, "a\nb", &options, &sem), SEMD_EINVAL);
	ck_assert_int_eq(semd_open(client, "\xff", &options, &sem), SEMD_EINVAL);
	options.max = 1;
	options.initial = 2;
	ck_assert_int_eq(semd_open(client, "over", &options, &sem), SEMD_EINVAL);
	char name[SEMD_MAX_NAME + 2];
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	options.max = 0;
	ck_assert_int_eq(semd_open(client, name, &options, &sem), SEMD_EINVAL);
	ck_assert_int_eq(semd_open(client, name + 1, &options, &sem), 0);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lifetimes");
	TCase *ends = served_case(suite, "ends");
	tcase_add_test(ends, persistent_one_stays);
	tcase_add_test(ends, last_close_one_goes_with_its_last_handle);
	tcase_add_test(ends, hold_keeps_a_last_close_one);
	tcase_add_test(ends, last_close_one_goes_with_a_crash);
	tcase_add_test(ends, unlinked_and_made_anew_is_another);
	tcase_add_test(ends, unlinked_and_made_anew_has_another_id);
	TCase *opening = served_case(suite, "opening");
	tcase_add_test(opening, open_can_reset);
	tcase_add_test(opening, flags_say_how_to_open);
	return suite_run(suite);
}
