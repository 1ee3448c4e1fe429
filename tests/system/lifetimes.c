/*
 * lifetimes.c - how a semaphore begins, changes and ends: both lifetimes, unlink, remove, reset, set,
 * change, close; and who is told.
 */
#include "config.h"

#include "tests/system/served.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static int open_existing(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	int error = semd_open(client, name, NULL, &sem);
	return error != 0 ? error : semd_close(sem);
}

START_TEST(persistent_one_stays)
{
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_new(client, "stays", 3);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_settle(sem, 1), 0);
	semd_disconnect(client);
	client = client_new();
	ck_assert_int_eq(sem_available(sem_existing(client, "stays")), 2);
	ck_assert_int_eq(semd_remove(client, "stays"), 0);
	ck_assert_int_eq(open_existing(client, "stays"), SEMD_ENOENT);
	ck_assert_int_eq(semd_remove(client, "stays"), SEMD_ENOENT);
	semd_disconnect(client);
}
END_TEST

START_TEST(last_close_one_goes_with_its_last_handle)
{
	struct semd_client *client = client_new();
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
	struct semd_client *client = client_new(), *other = client_new();
	struct semd_sem *sem = sem_new_with(client, "goes", 3, 0, SEMD_LAST_CLOSE);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_close(sem), 0);
	ck_assert_int_eq(open_existing(other, "goes"), 0);
	semd_disconnect(client);
	ck_assert_int_eq(open_existing(other, "goes"), SEMD_ENOENT);
	semd_disconnect(other);
}
END_TEST

static int open_and_wait(void *arg, int link)
{
	(void)arg;
	struct semd_client *client = client_new();
	sem_new_with(client, "goes", 1, 0, SEMD_LAST_CLOSE);
	link_tell(link, 'o');
	pause();
	return 0;
}

START_TEST(last_close_one_goes_with_a_crash)
{
	struct process process;
	struct semd_client *client = client_new();
	process_fork(&process, open_and_wait, NULL);
	ck_assert_int_eq(link_hear(process.link), 'o');
	ck_assert_int_eq(open_existing(client, "goes"), 0);
	process_end(&process);
	/* What is refused is so only after the daemon has looked for ends; what is there is opened. */
	ck_assert_int_eq(open_existing(client, "not there"), SEMD_ENOENT);
	ck_assert_int_eq(open_existing(client, "goes"), SEMD_ENOENT);
	semd_disconnect(client);
}
END_TEST

START_TEST(unlink_frees_the_name)
{
	struct semd_client *client = client_new();
	struct semd_sem *old = sem_new(client, "name", 1);
	ck_assert_int_eq(semd_unlink(client, "name"), 0);
	ck_assert_int_eq(semd_unlink(client, "name"), SEMD_ENOENT);
	ck_assert_uint_eq(sem_info(old).flags, SEMD_INFO_UNLINKED);
	struct semd_sem *new = sem_new(client, "name", 5);
	ck_assert_int_eq(sem_available(new), 5);
	ck_assert_int_eq(semd_acquire(old, 1), 0);
	ck_assert_int_eq(sem_available(old), 0);
	ck_assert_int_eq(sem_available(new), 5);
	semd_disconnect(client);
}
END_TEST

START_TEST(remove_tells_everybody)
{
	struct semd_client *client = client_new(), *other = client_new();
	struct semd_sem *sem = sem_new(client, "gone", 1);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	struct acquiring acquiring;
	acquiring_begin(&acquiring, sem_existing(other, "gone"));
	sem_await_waiting(sem, 1);
	ck_assert_int_eq(semd_remove(client, "gone"), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), SEMD_EREMOVED);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(semd_release(sem, 1), SEMD_EREMOVED);
		ck_assert_int_eq(semd_acquire(acquiring.sem, 1), SEMD_EREMOVED);
	}
	ck_assert_int_eq(open_existing(client, "gone"), SEMD_ENOENT);
	ck_assert_int_eq(semd_close(sem), 0);
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

START_TEST(reset_voids_holds_and_tells_each_handle_once)
{
	struct semd_client *client = client_new(), *other = client_new();
	struct semd_sem *sem = sem_new(client, "reset", 2);
	struct semd_sem *theirs = sem_existing(other, "reset");
	ck_assert_int_eq(semd_acquire(theirs, 2), 0);
	struct acquiring acquiring;
	acquiring_begin(&acquiring, sem_existing(client, "reset"));
	sem_await_waiting(sem, 1);
	ck_assert_int_eq(semd_reset(sem), 0);

	/* The waiter stayed, and is granted. */
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	ck_assert_int_eq(sem_available(sem), 1);
	ck_assert_int_eq(semd_acquire(theirs, 1), SEMD_ERESET);
	ck_assert_int_eq(sem_available(sem), 1);
	ck_assert_int_eq(semd_release(theirs, 1), SEMD_ENOTHELD);
	ck_assert_int_eq(semd_acquire(theirs, 1), 0);
	semd_disconnect(other);
	semd_disconnect(client);
}
END_TEST

START_TEST(open_can_reset)
{
	struct semd_client *client = client_new();
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

START_TEST(set_may_leave_less_than_is_held)
{
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_new_with(client, "set", 4, 4, 0);
	ck_assert_int_eq(semd_acquire(sem, 3), 0);
	ck_assert_int_eq(semd_set(sem, 1), 0);
	ck_assert_int_eq(sem_available(sem), -2);
	ck_assert_int_eq(semd_try_acquire(sem, 1), SEMD_EAGAIN);
	ck_assert_int_eq(semd_release(sem, 2), 0);
	ck_assert_int_eq(semd_try_acquire(sem, 1), SEMD_EAGAIN);
	ck_assert_int_eq(semd_release(sem, 1), 0);
	ck_assert_int_eq(semd_try_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_set(sem, 9), 0);
	ck_assert_uint_eq(sem_info(sem).max, 9);
	ck_assert_int_eq(semd_set(sem, SEMD_MAX_PERMITS), 0);
	ck_assert_int_eq(semd_set(sem, SEMD_MAX_PERMITS + 1u), SEMD_EINVAL);
	semd_disconnect(client);
}
END_TEST

START_TEST(change_takes_what_the_mask_says)
{
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_new_with(client, "change", 4, 4, 0);
	struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_MAX | SEMD_CHANGE_MODE,
		.max = 8, .mode = 0640, .bypass = 5,
	};
	ck_assert_int_eq(semd_change(sem, &change), 0);
	struct semd_info info = sem_info(sem);
	ck_assert_uint_eq(info.max, 8);
	ck_assert_uint_eq(info.mode, 0640);
	ck_assert_uint_eq(info.bypass, 0);
	ck_assert_uint_eq(info.uid, getuid());
	change.mask = SEMD_CHANGE_BYPASS;
	ck_assert_int_eq(semd_change(sem, &change), 0);
	ck_assert_uint_eq(sem_info(sem).bypass, 5);
	change.mask = SEMD_CHANGE_MAX;
	change.max = 3;
	ck_assert_int_eq(semd_change(sem, &change), SEMD_EINVAL);
	semd_disconnect(client);
}
END_TEST

START_TEST(flags_say_how_to_open)
{
	struct semd_client *client = client_new();
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

START_TEST(close_ends_the_waits_on_that_handle)
{
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_new(client, "none", 0);
	struct acquiring acquiring;
	acquiring_begin(&acquiring, sem_existing(client, "none"));
	sem_await_waiting(sem, 1);
	ck_assert_int_eq(semd_close(acquiring.sem), 0);
	ck_assert_int_eq(acquiring_end(&acquiring), SEMD_ECANCELED);
	semd_disconnect(client);
}
END_TEST

START_TEST(hold_belongs_to_the_client_not_to_the_handle)
{
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_new(client, "one", 1);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	ck_assert_int_eq(semd_close(sem), 0);
	sem = sem_existing(client, "one");
	ck_assert_uint_eq(sem_info(sem).held, 1);
	ck_assert_int_eq(semd_release(sem, 1), 0);
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
	tcase_add_test(ends, unlink_frees_the_name);
	tcase_add_test(ends, remove_tells_everybody);
	TCase *changes = served_case(suite, "changes");
	tcase_add_test(changes, reset_voids_holds_and_tells_each_handle_once);
	tcase_add_test(changes, open_can_reset);
	tcase_add_test(changes, set_may_leave_less_than_is_held);
	tcase_add_test(changes, change_takes_what_the_mask_says);
	TCase *handles = served_case(suite, "handles");
	tcase_add_test(handles, flags_say_how_to_open);
	tcase_add_test(handles, close_ends_the_waits_on_that_handle);
	tcase_add_test(handles, hold_belongs_to_the_client_not_to_the_handle);
	return suite_run(suite);
}
