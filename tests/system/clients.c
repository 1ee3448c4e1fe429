/*
 * clients.c - who there is, as the library tells it: what each holds and waits for, and to whom that is
 * told; and whom other users may kick.
 */
#include "config.h"

#include "tests/support/users.h"
#include "tests/system/served.h"

#include <string.h>
#include <unistd.h>

enum { ROWS = 64 };

struct row {
	struct semd_client_info info;
	unsigned holds, waits;
	struct semd_claim hold, wait;	/* the last of each */
	char held[64], awaited[64], command[64];
};

struct table {
	unsigned count;
	struct row row[ROWS];
};

static int see_client(void *arg, const struct semd_client_info *info)
{
	struct table *table = arg;
	if (table->count == ROWS)
		return 1;
	struct row *row = &table->row[table->count++];
	*row = (struct row){ .info = *info };
	snprintf(row->command, sizeof(row->command), "%s", info->command);
	return 0;
}

static int see_hold(void *arg, const struct semd_claim *hold)
{
	struct table *table = arg;
	struct row *row = &table->row[table->count - 1];
	row->holds++;
	row->hold = *hold;
	snprintf(row->held, sizeof(row->held), "%s", hold->name);
	return 0;
}

static int see_wait(void *arg, const struct semd_claim *wait)
{
	struct table *table = arg;
	struct row *row = &table->row[table->count - 1];
	row->waits++;
	row->wait = *wait;
	snprintf(row->awaited, sizeof(row->awaited), "%s", wait->name);
	return 0;
}

static const struct semd_clients_rows see_all = { see_client, see_hold, see_wait };

/* NULL: it is not told of. */
static const struct row *find(const struct table *table, uint64_t number)
{
	for (unsigned i = 0; i < table->count; i++)
		if (table->row[i].info.client == number)
			return &table->row[i];
	return NULL;
}

static uint64_t number_of(struct semd_client *client)
{
	uint64_t number;
	ck_assert_int_eq(semd_number(client, &number), 0);
	return number;
}

static struct table see(struct semd_client *client)
{
	struct table table = { .count = 0 };
	ck_assert_int_eq(semd_clients(client, &see_all, &table), 0);
	return table;
}

START_TEST(each_is_told_with_what_it_has)
{
	struct acquiring acquiring;
	struct semd_client *holder = client_new(), *waiter = client_new();
	struct semd_sem *gpu = sem_new(holder, "gpu", 3);
	ck_assert_int_eq(semd_label(holder, "the holder"), 0);
	ck_assert_int_eq(semd_acquire(gpu, 3), 0);
	acquiring_begin(&acquiring, sem_existing(waiter, "gpu"));
	sem_await_waiting(gpu, 1);

	const struct table table = see(holder);
	ck_assert_uint_eq(table.count, 2);
	const struct row *row = find(&table, number_of(holder));
	ck_assert_ptr_nonnull(row);
	ck_assert_int_eq((pid_t)row->info.pid, getpid());
	ck_assert_uint_eq(row->info.uid, getuid());
	ck_assert_uint_eq(row->info.flags & SEMD_CLIENT_BOUND, 0);
	ck_assert_str_eq(row->command, "the holder");
	ck_assert_uint_eq(row->holds, 1);
	ck_assert_uint_eq(row->waits, 0);
	ck_assert_str_eq(row->held, "gpu");
	ck_assert_uint_eq(row->hold.permits, 3);
	ck_assert_uint_eq(row->hold.flags, 0);
	row = find(&table, number_of(waiter));
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
	struct semd_client *client = client_new(), *speaker;
	sem_new_with(client, "one", 1, 1, SEMD_LAST_CLOSE);
	process_fork(&process, idle, NULL, 0);
	ck_assert_int_eq(semd_connect_for(served.socket, 0, process.handle, &speaker), 0);
	uint64_t number = number_of(speaker);
	ck_assert_int_eq(semd_acquire(sem_existing(speaker, "one"), 1), 0);
	semd_disconnect(speaker);
	struct table table = see(client);
	const struct row *row = find(&table, number);
	ck_assert_uint_eq(table.count, 2);
	ck_assert_ptr_nonnull(row);
	ck_assert_int_eq((pid_t)row->info.pid, process.pid);
	ck_assert_uint_eq(row->info.flags, SEMD_CLIENT_BOUND);
	ck_assert_uint_eq(row->hold.flags, SEMD_INFO_LAST_CLOSE);
	link_tell(process.link, 'e');
	ck_assert_int_eq(process_await(&process), 0);
	table = see(client);
	ck_assert_uint_eq(table.count, 1);
	process_end(&process);
	semd_disconnect(client);
}
END_TEST

/* It is found nowhere else: no list has it, and nothing finds it by its name. */
START_TEST(what_was_unlinked_is_told_of)
{
	struct semd_client *client = client_new();
	struct semd_sem *old = sem_new(client, "name", 1), *new;
	ck_assert_int_eq(semd_acquire(old, 1), 0);
	ck_assert_int_eq(semd_unlink(client, "name"), 0);
	new = sem_new(client, "name", 2);
	struct table table = see(client);
	ck_assert_uint_eq(table.row[0].holds, 1);
	ck_assert_str_eq(table.row[0].held, "name");
	ck_assert_uint_eq(table.row[0].hold.flags, SEMD_INFO_UNLINKED);
	ck_assert_int_eq(semd_acquire(new, 2), 0);
	table = see(client);
	ck_assert_uint_eq(table.row[0].holds, 2);
	ck_assert_str_eq(table.row[0].held, "name");
	ck_assert_uint_eq(table.row[0].hold.flags, 0);
	semd_disconnect(client);
}
END_TEST

/* ---- Ends of processes that have happened are dealt with first --------------------------------- */

/* How many clients are told of until the reply of that tag comes. */
static unsigned count_rows(struct raw *raw, uint64_t tag)
{
	unsigned rows = 0;
	do {
		ck_assert(raw_receive(raw));
		rows += raw->head.opcode == WIRE_CLIENT;
	} while (raw->head.opcode != WIRE_CLIENTS || raw->head.tag != tag);
	return rows;
}

static int connect_and_wait(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_connect(&raw, served.socket);
	link_tell(link, 'c');
	pause();
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
	ck_assert_uint_eq(count_rows(&raw, clients.head.tag), 1);
	raw_leave(&raw);
}
END_TEST

/* ---- Another user ------------------------------------------------------------------------------ */

static const struct user other = { .uid = 12345, .gid = 12345 };

/* What the other user is told before. */
struct visit {
	uint64_t idle, secret, open;	/* numbers of root's clients */
};

static int look(struct semd_client *client, const struct visit *visit)
{
	struct table table = { .count = 0 };
	uint64_t self;
	USER_CHECK(semd_number(client, &self) == 0);
	USER_CHECK(semd_clients(client, &see_all, &table) == 0);
	/* Its own, and the one that holds what may be read; of that, nothing else. */
	USER_CHECK(table.count == 2);
	USER_CHECK(find(&table, self) != NULL);
	const struct row *row = find(&table, visit->open);
	USER_CHECK(row != NULL && row->holds == 1 && row->waits == 0);
	USER_CHECK(strcmp(row->held, "open") == 0 && strcmp(row->command, "") == 0);
	return 0;
}

static int visitor(void *arg, support_descriptor link)
{
	const struct visit *visit = arg;
	struct semd_client *client, *second;
	uint64_t self, own;
	USER_CHECK(semd_connect(served.socket, 0, &client) == 0);
	int line = look(client, visit);
	if (line != 0)
		return line;
	USER_CHECK(semd_kick(client, visit->idle) == SEMD_EACCES);
	USER_CHECK(semd_kick(client, visit->secret) == SEMD_EACCES);
	USER_CHECK(semd_kick(client, visit->open) == SEMD_EACCES);
	USER_CHECK(semd_connect(served.socket, 0, &second) == 0);
	USER_CHECK(semd_number(second, &own) == 0 && semd_kick(client, own) == 0);
	USER_CHECK(semd_number(client, &self) == 0);
	/* Now root kicks this one. */
	link_tell(link, (char)self);
	USER_CHECK(link_hear(link) == 'k');
	USER_CHECK(semd_label(client, "again") == SEMD_ELOST);
	semd_disconnect(second);
	semd_disconnect(client);
	return 0;
}

static struct semd_client *holder_of(const char *name, uint32_t mode)
{
	struct semd_sem *sem;
	struct semd_client *holder = client_new();
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = 1, .mode = mode,
	};
	ck_assert_int_eq(semd_open(holder, name, &options, &sem), 0);
	ck_assert_int_eq(semd_acquire(sem, 1), 0);
	return holder;
}

START_TEST(others_see_what_they_may_and_kick_their_own)
{
	struct process child;
	users_or_leave();
	served_open_to_all();
	struct semd_client *idler = client_new(), *secret = holder_of("secret", 0600);
	struct semd_client *open = holder_of("open", 0604);
	struct semd_sem *too;
	ck_assert_int_eq(semd_open(open, "secret", NULL, &too), 0);
	struct visit visit = { number_of(idler), number_of(secret), number_of(open) };
	user_fork(&child, &other, visitor, &visit);
	int number = link_hear(child.link);
	ck_assert_int_gt(number, 0);
	const struct table table = see(idler);
	const struct row *row = find(&table, (uint64_t)number);
	ck_assert_ptr_nonnull(row);
	ck_assert_uint_eq(row->info.uid, other.uid);
	ck_assert_str_ne(row->command, "");
	ck_assert_int_eq(semd_kick(idler, (uint64_t)number), 0);
	link_tell(child.link, 'k');
	user_await(&child);
	semd_disconnect(open);
	semd_disconnect(secret);
	semd_disconnect(idler);
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
	tcase_add_test(clients, others_see_what_they_may_and_kick_their_own);
	return suite_run(suite);
}
