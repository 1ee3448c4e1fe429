/*
 * rights_clients_unix.c - which clients other users see and may kick, and the log of kicks.
 */
#include "config.h"

#include "tests/system/client_rows.h"
#include "tests/system/rights.h"

#include <string.h>

/* Told to the other user first. */
struct visit {
	uint64_t idle, secret, open;	/* numbers of root's clients */
};

static int look(struct semd_client *client, const struct visit *visit)
{
	struct client_table table = { .count = 0 };
	uint64_t self;
	CHECK(semd_number(client, &self) == 0);
	CHECK(client_rows_read(client, &table) == 0);
	/*
	 * Its own client, and the client that holds a semaphore that may be read, with nothing else
	 * of it.
	 */
	CHECK(table.count == 2);
	CHECK(client_row(&table, self));
	const struct client_row *row = client_row(&table, visit->open);
	CHECK(row && row->holds == 1 && row->waits == 0);
	CHECK(strcmp(row->held, "open") == 0 && strcmp(row->command, "") == 0);
	return 0;
}

static int visitor(void *arg, support_descriptor link)
{
	const struct visit *visit = arg;
	struct semd_client *client, *second;
	uint64_t self, own;
	CHECK(semd_connect(served.socket, 0, &client) == 0);
	int line = look(client, visit);
	if (line != 0)
		return line;
	CHECK(semd_kick(client, visit->idle) == SEMD_EACCES);
	CHECK(semd_kick(client, visit->secret) == SEMD_EACCES);
	CHECK(semd_kick(client, visit->open) == SEMD_EACCES);
	CHECK(semd_connect(served.socket, 0, &second) == 0);
	CHECK(semd_number(second, &own) == 0 && semd_kick(client, own) == 0);
	CHECK(semd_number(client, &self) == 0);
	/* Now root kicks this client. */
	link_tell(link, (char)self);
	CHECK(link_hear(link) == 'k');
	CHECK(semd_label(client, "again") == SEMD_ELOST);
	semd_disconnect(second);
	semd_disconnect(client);
	return 0;
}

static struct semd_client *holder_of(const char *name, uint32_t mode)
{
	struct semd_sem *sem;
	struct semd_client *holder = new_client();
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
	served_open_to_all();
	struct semd_client *idler = new_client(), *secret = holder_of("secret", 0600);
	struct semd_client *open = holder_of("open", 0604);
	struct semd_sem *too;
	ck_assert_int_eq(semd_open(open, "secret", NULL, &too), 0);
	struct visit visit = { client_number(idler), client_number(secret), client_number(open) };
	user_fork(&child, &other, visitor, &visit);
	int number = link_hear(child.link);
	ck_assert_int_gt(number, 0);
	const struct client_table table = client_rows(idler);
	const struct client_row *row = client_row(&table, (uint64_t)number);
	ck_assert_ptr_nonnull(row);
	ck_assert_uint_eq(row->info.uid, other.uid);
	ck_assert_str_ne(row->command, "");
	ck_assert_int_eq(semd_kick(idler, (uint64_t)number), 0);
	link_tell(child.link, 'k');
	child_await(&child);
	semd_disconnect(open);
	semd_disconnect(secret);
	semd_disconnect(idler);
}
END_TEST

/* ---- The log --------------------------------------------------------------------------------- */

enum { KICKS = 100 };

static int kick_oneself(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	for (int i = 0; i < KICKS; i++) {
		struct semd_client *own;
		uint64_t number;
		CHECK(semd_connect(served.socket, SEMD_NO_START, &own) == 0);
		CHECK(semd_number(own, &number) == 0);
		CHECK(semd_kick(own, number) == 0);
		semd_disconnect(own);
	}
	return 0;
}

/* Users may kick their own clients as often as they like, but must not fill the log. */
START_TEST(kicks_by_the_admin_are_all_logged)
{
	uint64_t number;
	char wanted[64];
	const char *line;
	int others = 0;
	served_open_to_all();
	user_run(&other, kick_oneself, NULL);
	struct semd_client *admins = new_client();
	ck_assert_int_eq(semd_number(admins, &number), 0);
	snprintf(wanted, sizeof(wanted), "client %lu ", (unsigned long)number);
	ck_assert_int_eq(semd_kick(admins, number), 0);
	while ((line = process_line(&served_log))) {
		if (!strstr(line, "was kicked by"))
			continue;
		if (strstr(line, wanted))
			break;
		others++;
	}
	ck_assert_ptr_nonnull(line);
	ck_assert_int_lt(others, KICKS);
	semd_disconnect(admins);
}
END_TEST

void rights_of_clients(Suite *suite)
{
	TCase *clients = served_case(suite, "clients");
	tcase_add_test(clients, others_see_what_they_may_and_kick_their_own);
	TCase *logged = served_log_case(suite, "logged");
	tcase_add_test(logged, kicks_by_the_admin_are_all_logged);
}
