/*
 * death_unix.c - ends of processes on Unix: a forked child that keeps the socket, a main thread
 * that exits, an exec. A client is gone when its process is, and not before.
 */
#include "config.h"

#include "tests/system/served_unix.h"

#include <pthread.h>
#include <unistd.h>

/* Holds "one", and forks a child that keeps the socket and outlives it. */
static int hold_with_heir(void *arg, support_descriptor link)
{
	(void)arg;
	struct raw raw;
	raw_user(&raw, "one", 1);
	if (raw_term(&raw, 0, WIRE_TERM_ACQUIRE, 1, 0) != WIRE_OK)
		return 1;
	if (fork() == 0) {
		link_tell(link, 'h');
		link_hear(link);	/* until the test tells it to end */
		_exit(0);
	}
	pause();
	return 0;
}

START_TEST(heir_of_the_socket_keeps_nothing)
{
	struct process holder;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, hold_with_heir, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	process_kill(&holder);
	ck_assert_int_eq(process_await(&holder), PROCESS_KILLED);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	/* The child still lives: the other end of the link is open. */
	ck_assert(!descriptor_wait(holder.link, 0));
	link_tell(holder.link, 'e');
	ck_assert_int_eq(link_hear(holder.link), -1);
	process_end(&holder);
	semd_disconnect(client);
}
END_TEST

/* The same, seen by a client that is waiting already. */
START_TEST(heir_of_the_socket_keeps_nobody_waiting)
{
	struct process holder;
	struct raw waiter;
	process_fork(&holder, hold_with_heir, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	raw_user(&waiter, "one", 1);
	uint64_t tag = raw_begin(&waiter, WIRE_TERM_ACQUIRE, 1, -1);
	ck_assert(raw_waits(&waiter));
	process_kill(&holder);
	ck_assert_int_eq(raw_take(&waiter, tag), WIRE_OK);
	ck_assert(!descriptor_wait(holder.link, 0));
	link_tell(holder.link, 'e');
	ck_assert_int_eq(link_hear(holder.link), -1);
	process_end(&holder);
	raw_leave(&waiter);
}
END_TEST

static void *release_when_told(void *arg)
{
	const int *link = arg;
	link_hear(*link);
	_exit(0);
}

/* The main thread ends, another goes on: /proc calls the process a zombie, but it lives. */
static int leave_main_thread(void *arg, support_descriptor link)
{
	(void)arg;
	static int kept;
	pthread_t thread;
	struct semd_client *client = new_client();
	if (semd_acquire(sem_new(client, "one", 1), 1) != 0)
		return 1;
	kept = link;
	if (pthread_create(&thread, NULL, release_when_told, &kept) != 0)
		return 1;
	link_tell(link, 'h');
	pthread_exit(NULL);
}

START_TEST(main_thread_that_leaves_is_no_death)
{
	struct process holder;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, leave_main_thread, NULL, 0);
	ck_assert_int_eq(link_hear(holder.link), 'h');
	while (process_state(holder.pid) != 'Z')
		ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	ck_assert_int_eq(semd_ping(client), 0);
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	link_tell(holder.link, 'e');
	ck_assert_int_eq(process_await(&holder), 0);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	process_end(&holder);
	semd_disconnect(client);
}
END_TEST

/* Detaches and becomes `cat`, which inherits only the descriptor that it reads from. */
static int detach_and_exec(void *arg, support_descriptor link)
{
	const bool *detach = arg;
	struct semd_client *client = new_client();
	if (semd_acquire(sem_new(client, "one", 1), 1) != 0)
		return 1;
	if (*detach && semd_detach(client) != 0)
		return 1;
	link_tell(link, 'h');
	dup2(link, 0);
	dup2(link, 1);
	execlp("cat", "cat", (char *)NULL);
	return 1;
}

START_TEST(exec_after_detach_keeps_until_the_end)
{
	struct process holder;
	bool detach = true;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, detach_and_exec, &detach, sizeof(detach));
	ck_assert_int_eq(link_hear(holder.link), 'h');
	/* The echo shows that the new program runs. */
	link_tell(holder.link, 'e');
	ck_assert_int_eq(link_hear(holder.link), 'e');
	ck_assert_int_eq(semd_try_acquire(one, 1), SEMD_EAGAIN);
	process_kill(&holder);
	ck_assert_int_eq(process_await(&holder), PROCESS_KILLED);
	ck_assert_int_eq(semd_try_acquire(one, 1), 0);
	process_end(&holder);
	semd_disconnect(client);
}
END_TEST

START_TEST(exec_without_detach_gives_back)
{
	struct process holder;
	bool detach = false;
	struct semd_client *client = new_client();
	struct semd_sem *one = sem_new(client, "one", 1);
	process_fork(&holder, detach_and_exec, &detach, sizeof(detach));
	ck_assert_int_eq(link_hear(holder.link), 'h');
	link_tell(holder.link, 'e');
	ck_assert_int_eq(link_hear(holder.link), 'e');
	ck_assert_int_eq(semd_acquire(one, 1), 0);
	process_end(&holder);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("death on Unix");
	TCase *death = served_case(suite, "death");
	tcase_add_test(death, heir_of_the_socket_keeps_nothing);
	tcase_add_test(death, heir_of_the_socket_keeps_nobody_waiting);
	TCase *life = served_case(suite, "life");
	tcase_add_test(life, main_thread_that_leaves_is_no_death);
	tcase_add_test(life, exec_after_detach_keeps_until_the_end);
	tcase_add_test(life, exec_without_detach_gives_back);
	return suite_run(suite);
}
