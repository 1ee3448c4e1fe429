/*
 * clients.c - semd_clients lists the clients with their holds and waits. Which users see and kick
 * which clients is in rights_clients_unix.c.
 */
#include "config.h"

#include "tests/system/client_rows.h"
#include "tests/system/served.h"

#include <unistd.h>

START_TEST(each_is_told_with_what_it_has)
{
	struct acquiring acquiring;
	struct semd_client *holder = new_client(), *waiter = new_client();
	struct semd_sem *gpu = sem_new(holder, "gpu", 3);
	ck_assert_int_eq(semd_label(holder, "the holder"), 0);
	ck_assert_int_eq(semd_acquire(gpu, 3), 0);
	acquiring_begin(&acquiring, sem_existing(waiter, "gpu"));
	sem_await_waiting(gpu, 1);

	const struct client_table table = client_rows(holder);
	ck_assert_uint_eq(table.count, 2);
	const struct client_row *row = client_row(&table, client_number(holder));
	ck_assert_ptr_nonnull(row);
	ck_assert_int_eq((pid_t)row->info.pid, getpid());
	ck_assert_uint_eq(row->info.uid, served_uid());
	ck_assert_uint_eq(row->info.flags & SEMD_CLIENT_BOUND, 0);
	ck_assert_str_eq(row->command, "the holder");
	ck_assert_uint_eq(row->holds, 1);
	ck_assert_uint_eq(row->waits, 0);
	ck_assert_str_eq(row->held, "gpu");
	ck_assert_uint_eq(row->hold.permits, 3);
	ck_assert_uint_eq(row->hold.flags, 0);
	row = client_row(&table, client_number(waiter));
	ck_assert_ptr_nonnull(row);
	ck_assert_uint_eq(row->holds, 0);
	ck_assert_uint_eq(row->waits, 1);
	ck_assert_str_eq(row->awaited, "gpu");
	ck_assert_uint_eq(row->wait.permits, 1);
	semd_disconnect(holder);
	ck_assert_int_eq(acquiring_end(&acquiring), 0);
	semd_disconnect(waiter);
}
END_TEST

static int idle(void *arg, support_descriptor link)
{
	(void)arg;
	link_hear(link);
	return 0;
}

START_TEST(a_process_is_told_of_while_it_holds)
{
	struct process process;
	struct semd_client *client = new_client(), *speaker;
	sem_new_with(client, "one", 1, 1, SEMD_LAST_CLOSE);
	process_fork(&process, idle, NULL, 0);
	ck_assert_int_eq(semd_connect_for(served.socket, 0, process.handle, &speaker), 0);
	uint64_t number = client_number(speaker);
	ck_assert_int_eq(semd_acquire(sem_existing(speaker, "one"), 1), 0);
	semd_disconnect(speaker);
	struct client_table table = client_rows(client);
	const struct client_row *row = client_row(&table, number);
	ck_assert_uint_eq(table.count, 2);
	ck_assert_ptr_nonnull(row);
	ck_assert_int_eq((pid_t)row->info.pid, process.pid);
	ck_assert_uint_eq(row->info.flags, SEMD_CLIENT_BOUND);
	ck_assert_uint_eq(row->hold.flags, SEMD_INFO_LAST_CLOSE);
	link_tell(process.link, 'e');
	ck_assert_int_eq(process_await(&process), 0);
	table = client_rows(client);
	ck_assert_uint_eq(table.count, 1);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

/* An unlinked semaphore is shown nowhere else: it is in no list and its name finds nothing. */
START_TEST(what_was_unlinked_is_told_of)
{
	struct semd_client *client = new_client();
	struct semd_sem *old = sem_new(client, "name", 1), *new;
	ck_assert_int_eq(semd_acquire(old, 1), 0);
	ck_assert_int_eq(semd_unlink(client, "name"), 0);
	new = sem_new(client, "name", 2);
	struct client_table table = client_rows(client);
	ck_assert_uint_eq(table.row[0].holds, 1);
	ck_assert_str_eq(table.row[0].held, "name");
	ck_assert_uint_eq(table.row[0].hold.flags, SEMD_INFO_UNLINKED);
	ck_assert_int_eq(semd_acquire(new, 2), 0);
	table = client_rows(client);
	ck_assert_uint_eq(table.row[0].holds, 2);
	ck_assert_str_eq(table.row[0].held, "name");
	ck_assert_uint_eq(table.row[0].hold.flags, 0);
	semd_disconnect(client);
}
END_TEST

/* ---- Ends of processes are found before the answer ------------------------------------------- */

static int connect_and_wait(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_connect(&raw, served.socket);
	link_tell(link, 'c');
	link_hear(link);
	return 0;
}

START_TEST(a_dead_one_is_not_told_of)
{
	struct process process;
	struct raw raw;
	struct clients_request clients = { .cursor = 0 };
	raw_connect(&raw, served.socket);
	process_fork(&process, connect_and_wait, NULL, 0);
	ck_assert_int_eq(link_hear(process.link), 'c');
	process_pause(&served.process);
	raw_go_ahead(&raw);
	process_kill(&process);
	ck_assert_int_eq(process_await(&process), PROCESS_KILLED);
	process_end(&process);
	raw_send_clients(&raw, &clients);
	process_resume(&served.process);
	ck_assert_uint_eq(client_rows_count(&raw, clients.head.tag), 1);
	raw_leave(&raw);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("clients");
	TCase *clients = served_case(suite, "clients");
	tcase_add_test(clients, each_is_told_with_what_it_has);
	tcase_add_test(clients, a_process_is_told_of_while_it_holds);
	tcase_add_test(clients, what_was_unlinked_is_told_of);
	tcase_add_test(clients, a_dead_one_is_not_told_of);
	return suite_run(suite);
}
