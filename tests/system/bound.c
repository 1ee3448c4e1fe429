/*
 * bound.c - clients bound to a process: their holds live exactly as long as that process, whichever
 * connections speak for it.
 */
#include "config.h"

#include "tests/system/served.h"

/* A process that does nothing until the link tells it to end. */
static int idle(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

static void idle_end(struct process *process)
{
	link_tell(process->link, 'e');
	ck_assert_int_eq(process_await(process), 0);
}

static struct semd_client *client_for(const struct process *process)
{
	struct semd_client *client;
	int error = semd_connect_for(served.socket, SEMD_NO_START, process->handle, &client);
	if (error != 0)	/* not by Check, since it is also used in children */
		support_die("connect for: %s", semd_explain());
	return client;
}

START_TEST(hold_ends_with_the_process_not_with_the_speaker)
{
	struct process process;
	process_fork(&process, idle, NULL, 0);
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	struct semd_client *speaker = client_for(&process);
	ck_assert_int_eq(semd_acquire(sem_existing(speaker, "one"), 1), 0);
	semd_disconnect(speaker);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	idle_end(&process);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

/*
 * Holds a permit, detached to its own process, and then sends a byte; its connection is closed by
 * then.
 */
static int hold_for_oneself(void *arg, support_descriptor link)
{
	struct semd_client *client;
	(void)arg;
	if (semd_connect_for(served.socket, SEMD_NO_START, SEMD_SELF, &client) != 0 ||
	    semd_acquire(sem_existing(client, "one"), 1) != 0)
		return 1;
	semd_disconnect(client);
	link_tell(link, 'h');
	link_hear(link);
	return 0;
}

START_TEST(a_process_may_hold_for_itself)
{
	struct process process;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&process, hold_for_oneself, NULL, 0);
	ck_assert_int_eq(link_hear(process.link), 'h');
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	/* Other connections can be bound to the same holder. */
	struct semd_client *speaker = client_for(&process);
	ck_assert_int_eq(semd_settle(sem_existing(speaker, "one"), 1), 0);
	ck_assert_int_eq(semd_post(one, 1), 0);
	ck_assert_int_eq(semd_acquire(sem_existing(speaker, "one"), 1), 0);
	semd_disconnect(speaker);
	idle_end(&process);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

START_TEST(all_speakers_are_one_holder)
{
	struct process process;
	process_fork(&process, idle, NULL, 0);
	struct semd_client *client = new_client();
	struct semd_sem *three = sem_new(client, "three", 3);
	for (int i = 0; i < 3; i++) {
		struct semd_client *speaker = client_for(&process);
		ck_assert_int_eq(semd_acquire(sem_existing(speaker, "three"), 1), 0);
		semd_disconnect(speaker);
	}
	ck_assert_uint_eq(sem_info(three).held, 3);

	struct semd_client *speaker = client_for(&process);
	struct semd_sem *theirs = sem_existing(speaker, "three");
	ck_assert_int_eq(semd_settle(theirs, 1), 0);
	ck_assert_int_eq(semd_release(theirs, 2), 0);
	ck_assert_int_eq(semd_release(theirs, 1), SEMD_ENOTHELD);
	semd_disconnect(speaker);
	ck_assert_int_eq(sem_available(three), 2);
	ck_assert_uint_eq(sem_info(three).used_up, 1);
	idle_end(&process);
	ck_assert_int_eq(sem_available(three), 2);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

START_TEST(ended_process_is_not_found)
{
	struct process process;
	struct semd_client *client = NULL;
	process_fork(&process, idle, NULL, 0);
	idle_end(&process);
	ck_assert_int_eq(semd_connect_for(served.socket, SEMD_NO_START, process.handle, &client),
	                 SEMD_ENOENT);
	process_end(&process);
	ck_assert_int_eq(semd_connect_for(served.socket, SEMD_NO_START, NO_PROCESS, &client),
	                 SEMD_EINVAL);
}
END_TEST

START_TEST(speaker_for_one_that_ends_is_told)
{
	struct process process;
	process_fork(&process, idle, NULL, 0);
	struct semd_client *speaker = client_for(&process);
	struct semd_sem *one = sem_new(speaker, "one", 1);
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	idle_end(&process);
	ck_assert_int_eq(semd_acquire(one, 1), SEMD_ELOST);
	ck_assert_int_eq(semd_release(one, 1), SEMD_ELOST);
	semd_disconnect(speaker);
	process_end(&process);
}
END_TEST

START_TEST(wait_on_behalf_of_one_that_ends_is_over)
{
	struct process process;
	process_fork(&process, idle, NULL, 0);
	struct semd_client *client = new_client(), *speaker = client_for(&process);
	struct semd_sem *none = sem_new(client, "none", 0);
	struct acquiring acquiring;
	acquiring_begin(&acquiring, sem_existing(speaker, "none"));
	sem_await_waiting(none, 1);
	idle_end(&process);
	ck_assert_int_eq(acquiring_end(&acquiring), SEMD_ELOST);
	semd_disconnect(speaker);
	semd_disconnect(client);
	process_end(&process);
}
END_TEST

/* Detaches a hold of "two" to its own process, then lives until told to end. */
static int detach(void *arg, support_descriptor link)
{
	(void)arg;
	struct semd_client *client = new_client();
	if (semd_acquire(sem_new(client, "two", 2), 1) != 0 || semd_detach(client) != 0)
		return 1;
	link_tell(link, 'd');
	link_hear(link);
	return 0;
}

START_TEST(detached_hold_belongs_to_the_process)
{
	struct process process;
	process_fork(&process, detach, NULL, 0);
	ck_assert_int_eq(link_hear(process.link), 'd');
	struct semd_client *client = new_client(), *speaker = client_for(&process);
	struct semd_sem *two = sem_existing(client, "two");
	struct semd_sem *theirs = sem_existing(speaker, "two");
	ck_assert_int_eq(sem_available(two), 1);
	ck_assert_int_eq(semd_acquire(theirs, 1), 0);
	ck_assert_int_eq(semd_release(theirs, 2), 0);
	ck_assert_int_eq(semd_acquire(theirs, 2), 0);
	semd_disconnect(speaker);
	ck_assert_int_eq(semd_try_acquire(two, 1), SEMD_EAGAIN);
	idle_end(&process);
	ck_assert_int_eq(semd_try_acquire(two, 2), 0);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

/*
 * A bound connection whose process is killed while it waits: its wait ends, the bound client's
 * holds stay.
 */
static int speak_and_wait(void *arg, support_descriptor link)
{
	const pid_t *pid = arg;
	const struct process process = { .pid = *pid, .handle = process_handle_of(*pid) };
	struct semd_client *speaker = client_for(&process);
	struct semd_sem *two = sem_existing(speaker, "two");
	link_tell(link, semd_acquire(two, 1) == 0 ? 'h' : 'x');
	semd_acquire(two, 2);
	return 1;
}

START_TEST(speaker_that_dies_takes_only_its_waits)
{
	struct process process, speaker;
	struct semd_client *client = new_client();
	struct semd_sem *two = sem_new(client, "two", 2);
	process_fork(&process, idle, NULL, 0);
	process_fork(&speaker, speak_and_wait, &process.pid, sizeof(process.pid));
	ck_assert_int_eq(link_hear(speaker.link), 'h');
	sem_await_waiting(two, 1);
	process_kill(&speaker);
	ck_assert_int_eq(process_await(&speaker), PROCESS_KILLED);
	ck_assert_int_eq(semd_try_acquire(two, 1), 0);
	ck_assert_int_eq(semd_try_acquire(two, 1), SEMD_EAGAIN);
	ck_assert_uint_eq(sem_info(two).waiting, 0);
	idle_end(&process);
	ck_assert_int_eq(semd_try_acquire(two, 1), 0);
	process_end(&speaker);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bound");
	TCase *for_others = served_case(suite, "for others");
	tcase_add_test(for_others, hold_ends_with_the_process_not_with_the_speaker);
	tcase_add_test(for_others, a_process_may_hold_for_itself);
	tcase_add_test(for_others, all_speakers_are_one_holder);
	tcase_add_test(for_others, ended_process_is_not_found);
	tcase_add_test(for_others, speaker_for_one_that_ends_is_told);
	tcase_add_test(for_others, wait_on_behalf_of_one_that_ends_is_over);
	tcase_add_test(for_others, speaker_that_dies_takes_only_its_waits);
	TCase *detached = served_case(suite, "detached");
	tcase_add_test(detached, detached_hold_belongs_to_the_process);
	return suite_run(suite);
}
