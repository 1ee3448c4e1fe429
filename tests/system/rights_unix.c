/*
 * rights_unix.c - when rights are checked, which users may bind to which processes, and what users
 * see of others. The rights that operations need are in rights_table_unix.c, the user of a
 * connection in rights_peer_unix.c.
 */
#include "config.h"

#include "tests/system/rights.h"

#include <string.h>
#include <unistd.h>

const struct user owner = { OWNER, OWNER, 0 };
const struct user other = { OTHER, OTHER, 0 };
const struct user overflow = { OVERFLOW, OVERFLOW, 0 };

struct semd_sem *sem_given(struct semd_client *root, const char *name, uint32_t mode)
{
	struct semd_sem *sem = sem_new(root, name, 2);
	const struct semd_change change = {
		.size = sizeof(change),
		.mask = SEMD_CHANGE_UID | SEMD_CHANGE_GID | SEMD_CHANGE_MODE,
		.uid = OWNER, .gid = GROUP, .mode = mode,
	};
	ck_assert_int_eq(semd_change(sem, &change), 0);
	return sem;
}

void sem_change_mode(struct semd_sem *sem, uint32_t mode)
{
	const struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_MODE, .mode = mode,
	};
	ck_assert_int_eq(semd_change(sem, &change), 0);
}

void sem_change_owner(struct semd_sem *sem, uint32_t uid)
{
	const struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_UID, .uid = uid,
	};
	ck_assert_int_eq(semd_change(sem, &change), 0);
}

int try_open(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	int error = semd_open(client, name, NULL, &sem);
	return error != 0 ? error : semd_close(sem);
}

int try_create(struct semd_client *client, const char *name)
{
	struct semd_sem *sem;
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = 1,
	};
	return semd_open(client, name, &options, &sem);
}

/* ---- Clients of other users ------------------------------------------------------------------ */

/* Asks to be bound to a process of root's, by its handle. */
static int speak_for_roots(void *arg, support_descriptor link)
{
	const process_handle *roots = arg;
	struct semd_client *client;
	(void)link;
	CHECK(semd_connect_for(served.socket, 0, *roots, &client) == SEMD_EACCES);
	process_handle self = process_handle_of(getpid());
	CHECK(semd_connect_for(served.socket, 0, self, &client) == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(nobody_speaks_for_another_users_process)
{
	process_handle roots = process_handle_of(getpid());
	served_open_to_all();
	user_run(&other, speak_for_roots, &roots);
	descriptor_close(&roots);
}
END_TEST

static int make_own(void *arg, support_descriptor link)
{
	struct semd_client *client;
	(void)arg;
	(void)link;
	CHECK(semd_connect(served.socket, 0, &client) == 0);
	CHECK(try_create(client, "own") == 0);
	struct semd_sem *sem = sem_existing(client, "own");
	struct semd_info info = sem_info(sem);
	CHECK(info.uid == OTHER && info.gid == OTHER && info.mode == 0600);
	semd_disconnect(client);
	return 0;
}

START_TEST(who_makes_one_owns_it)
{
	served_open_to_all();
	user_run(&other, make_own, NULL);
	struct semd_client *client = new_client();
	ck_assert_uint_eq(sem_info(sem_existing(client, "own")).uid, OTHER);
	semd_disconnect(client);
}
END_TEST

/* ---- When rights are checked ----------------------------------------------------------------- */

/* Root changes the semaphore between the steps. */
static int go_on_with_a_handle(void *arg, support_descriptor link)
{
	struct semd_info info = { .size = sizeof(info) };
	struct semd_client *client = new_client();
	struct semd_sem *sem;
	(void)arg;
	CHECK(semd_open(client, "sem", NULL, &sem) == 0);
	link_tell(link, 'o');
	CHECK(link_hear(link) == 'c');
	CHECK(try_open(client, "sem") == SEMD_EACCES);
	CHECK(semd_acquire(sem, 1) == 0 && semd_release(sem, 1) == 0);
	CHECK(semd_query(sem, &info) == 0 && info.mode == 0600);
	CHECK(semd_close(sem) == 0);
	CHECK(semd_open(client, "sem", NULL, &sem) == SEMD_EACCES);
	semd_disconnect(client);
	return 0;
}

START_TEST(handle_keeps_the_rights_it_was_opened_with)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_given(client, "sem", 0666);
	user_fork(&process, &other, go_on_with_a_handle, NULL);
	ck_assert_int_eq(link_hear(process.link), 'o');
	sem_change_mode(sem, 0600);
	link_tell(process.link, 'c');
	child_await(&process);
	semd_disconnect(client);
}
END_TEST

static int gain_nothing(void *arg, support_descriptor link)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_existing(client, "sem"), *again;
	(void)arg;
	link_tell(link, 'o');
	CHECK(link_hear(link) == 'c');
	CHECK(semd_acquire(sem, 1) == SEMD_EACCES);
	CHECK(semd_open(client, "sem", NULL, &again) == 0);
	CHECK(semd_acquire(again, 1) == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(handle_gains_no_right_either)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_given(client, "sem", 0644);
	user_fork(&process, &other, gain_nothing, NULL);
	ck_assert_int_eq(link_hear(process.link), 'o');
	sem_change_mode(sem, 0666);
	link_tell(process.link, 'c');
	child_await(&process);
	semd_disconnect(client);
}
END_TEST

static int own_for_a_while(void *arg, support_descriptor link)
{
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_existing(client, "sem");
	(void)arg;
	CHECK(semd_set(sem, 3) == SEMD_EACCES);
	link_tell(link, 'o');
	CHECK(link_hear(link) == 'g');
	CHECK(semd_set(sem, 3) == 0);
	link_tell(link, 's');
	CHECK(link_hear(link) == 't');
	CHECK(semd_set(sem, 4) == SEMD_EACCES);
	CHECK(semd_reset(sem) == SEMD_EACCES);
	CHECK(semd_remove(client, "sem") == SEMD_EACCES);
	semd_disconnect(client);
	return 0;
}

START_TEST(administration_is_judged_at_each_request)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_given(client, "sem", 0666);
	user_fork(&process, &other, own_for_a_while, NULL);
	ck_assert_int_eq(link_hear(process.link), 'o');
	sem_change_owner(sem, OTHER);
	link_tell(process.link, 'g');
	ck_assert_int_eq(link_hear(process.link), 's');
	sem_change_owner(sem, OWNER);
	link_tell(process.link, 't');
	child_await(&process);
	ck_assert_uint_eq(sem_info(sem).total, 3);
	semd_disconnect(client);
}
END_TEST

/* ---- What users see -------------------------------------------------------------------------- */

struct sight {
	int holders, waiters, commands, lacks, secrets;
};

static int see_holder(void *arg, const struct semd_party *holder)
{
	struct sight *sight = arg;
	sight->holders += holder->uid == 0 && holder->permits == 2;
	sight->commands += holder->command[0] != '\0';
	return 0;
}

static int see_waiter(void *arg, const struct semd_party *waiter)
{
	struct sight *sight = arg;
	sight->waiters += waiter->uid == 0 && waiter->permits == 1;
	sight->commands += waiter->command[0] != '\0';
	for (size_t i = 0; i < waiter->lack_count; i++) {
		sight->lacks += strcmp(waiter->lacks[i].name, "public") == 0;
		sight->secrets += strcmp(waiter->lacks[i].name, "secret") == 0;
	}
	return 0;
}

static struct sight look(struct semd_client *client)
{
	const struct semd_show_rows rows = { .holder = see_holder, .waiter = see_waiter };
	struct sight sight = { 0 };
	ck_assert_int_eq(semd_show(client, "public", &rows, &sight), 0);
	return sight;
}

static int look_from_afar(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	struct semd_client *client = new_client();
	struct sight sight = look(client);
	CHECK(sight.holders == 1 && sight.waiters == 1 && sight.lacks == 1);
	CHECK(sight.commands == 0 && sight.secrets == 0);
	semd_disconnect(client);
	return 0;
}

/*
 * A user sees holders and waiters of semaphores that it may read, but not what else they lack nor
 * their labels.
 */
START_TEST(others_are_seen_but_not_all_about_them)
{
	struct raw raw;
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_given(client, "public", 0604);
	struct semd_sem *secret = sem_given(client, "secret", 0600);
	ck_assert_int_eq(semd_acquire(sem, 2), 0);
	ck_assert_int_eq(semd_acquire(secret, 2), 0);
	raw_user(&raw, "public", 0);
	ck_assert_int_eq(raw_create(&raw, 1, "secret", 0), WIRE_OK);
	struct apply_request apply = { .timeout = -1, .terms = { .count = 2, .term = {
		{ .handle = 0, .kind = WIRE_TERM_ACQUIRE, .n = 1 },
		{ .handle = 1, .kind = WIRE_TERM_ACQUIRE, .n = 1 },
	} } };
	raw_send_apply(&raw, &apply);
	ck_assert(raw_waits(&raw));
	struct sight roots = look(client);
	ck_assert_int_eq(roots.commands, 2);
	ck_assert_int_eq(roots.secrets, 1);
	user_run(&other, look_from_afar, NULL);
	raw_leave(&raw);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rights");
	TCase *clients = served_case(suite, "clients");
	tcase_add_test(clients, nobody_speaks_for_another_users_process);
	tcase_add_test(clients, who_makes_one_owns_it);
	TCase *judged = served_case(suite, "judged");
	tcase_add_test(judged, handle_keeps_the_rights_it_was_opened_with);
	tcase_add_test(judged, handle_gains_no_right_either);
	tcase_add_test(judged, administration_is_judged_at_each_request);
	TCase *seen = served_case(suite, "seen");
	tcase_add_test(seen, others_are_seen_but_not_all_about_them);
	rights_of_peers(suite);
	rights_of_watchers(suite);
	rights_of_the_command(suite);
	rights_of_clients(suite);
	return users_run(suite);
}
