/*
 * rights.c - who may do what. The second user is a child that gives up root's rights, so without
 * root all of these are skipped.
 */
#include "config.h"

#include "tests/system/served.h"

#include <grp.h>
#include <sys/pidfd.h>
#include <unistd.h>

enum { OTHER = 12345, OVERFLOW = 65534 };

struct visit {
	process_body *body;
	uid_t user;
	struct process *process;	/* one of root's */
};

static int become_and_visit(void *arg, int link)
{
	const struct visit *visit = arg;
	if (setgroups(0, NULL) != 0 || setgid(visit->user) != 0 || setuid(visit->user) != 0)
		return 255;
	return visit->body(arg, link);
}

/* Runs `body` as another user; it returns 0 or the line in which it found something wrong. */
static void as_user(uid_t user, process_body *body, struct process *process)
{
	struct visit visit = { body, user, process };
	struct process child;
	process_fork(&child, become_and_visit, &visit);
	int status = process_await(&child);
	ck_assert_msg(status == 0, "the other user failed in line %d (mod 256)", status);
	process_end(&child);
}

#define VISIT_CHECK(condition) do { if (!(condition)) return __LINE__ % 256; } while (0)

static struct semd_sem *sem_with_mode(struct semd_client *client, const char *name, uint32_t mode)
{
	struct semd_sem *sem;
	const struct semd_options options = {
		.size = sizeof(options), .flags = SEMD_CREATE, .initial = 2, .mode = mode,
	};
	ck_assert_int_eq(semd_open(client, name, &options, &sem), 0);
	return sem;
}

static int try_open(struct semd_client *client, const char *name, unsigned flags,
                    struct semd_sem **sem)
{
	const struct semd_options options = { .size = sizeof(options), .flags = flags, .initial = 1 };
	return semd_open(client, name, &options, sem);
}

static int stranger(void *arg, int link)
{
	const struct visit *visit = arg;
	struct semd_client *client;
	struct semd_sem *sem;
	(void)link;
	VISIT_CHECK(semd_connect(served.socket, 0, &client) == 0);
	VISIT_CHECK(semd_open(client, "private", NULL, &sem) == SEMD_EACCES);
	VISIT_CHECK(try_open(client, "private", SEMD_CREATE, &sem) == SEMD_EACCES);
	VISIT_CHECK(semd_remove(client, "private") == SEMD_EACCES);
	VISIT_CHECK(semd_unlink(client, "private") == SEMD_EACCES);
	struct semd_client *speaker;
	VISIT_CHECK(semd_connect_for(served.socket, 0, visit->process->pidfd, &speaker) ==
	            SEMD_EACCES);
	/* A name of one's own is another matter. */
	VISIT_CHECK(try_open(client, "own", SEMD_CREATE, &sem) == 0);
	VISIT_CHECK(semd_acquire(sem, 1) == 0);
	VISIT_CHECK(semd_set(sem, 5) == 0);
	semd_disconnect(client);
	return 0;
}

static int reader(void *arg, int link)
{
	struct semd_client *client;
	struct semd_sem *sem, *again;
	struct semd_info info = { .size = sizeof(info) };
	const struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_MODE, .mode = 0666,
	};
	(void)arg;
	(void)link;
	VISIT_CHECK(semd_connect(served.socket, 0, &client) == 0);
	VISIT_CHECK(semd_open(client, "readable", NULL, &sem) == 0);
	VISIT_CHECK(semd_query(sem, &info) == 0);
	VISIT_CHECK(info.total == 2 && info.uid == 0);
	VISIT_CHECK(semd_acquire(sem, 1) == SEMD_EACCES);
	VISIT_CHECK(semd_post(sem, 1) == SEMD_EACCES);
	VISIT_CHECK(semd_consume(sem, 1, 0) == SEMD_EACCES);
	VISIT_CHECK(semd_set(sem, 1) == SEMD_EACCES);
	VISIT_CHECK(semd_reset(sem) == SEMD_EACCES);
	VISIT_CHECK(semd_change(sem, &change) == SEMD_EACCES);
	VISIT_CHECK(try_open(client, "readable", SEMD_CREATE | SEMD_RESET, &again) == SEMD_EACCES);
	semd_disconnect(client);
	return 0;
}

static int writer(void *arg, int link)
{
	struct semd_client *client;
	struct semd_sem *sem;
	struct semd_info info = { .size = sizeof(info) };
	(void)arg;
	(void)link;
	VISIT_CHECK(semd_connect(served.socket, 0, &client) == 0);
	VISIT_CHECK(semd_open(client, "writable", NULL, &sem) == 0);
	VISIT_CHECK(semd_acquire(sem, 1) == 0);
	VISIT_CHECK(semd_release(sem, 1) == 0);
	VISIT_CHECK(semd_post(sem, 1) == 0);
	VISIT_CHECK(semd_query(sem, &info) == SEMD_EACCES);
	VISIT_CHECK(semd_set(sem, 1) == SEMD_EACCES);
	semd_disconnect(client);
	return 0;
}

START_TEST(strangers_may_not)
{
	struct process process = { .pidfd = pidfd_open(getpid(), 0) };
	served_open_to_all();
	struct semd_client *client = client_new();
	sem_with_mode(client, "private", 0600);
	as_user(OTHER, stranger, &process);
	/* What the stranger made is root's to remove. */
	ck_assert_int_eq(semd_remove(client, "own"), 0);
	close(process.pidfd);
	semd_disconnect(client);
}
END_TEST

START_TEST(readers_may_only_see)
{
	served_open_to_all();
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_with_mode(client, "readable", 0644);
	as_user(OTHER, reader, NULL);
	ck_assert_int_eq(sem_available(sem), 2);
	semd_disconnect(client);
}
END_TEST

START_TEST(writers_may_not_see)
{
	served_open_to_all();
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_with_mode(client, "writable", 0622);
	as_user(OTHER, writer, NULL);
	ck_assert_int_eq(sem_available(sem), 3);
	semd_disconnect(client);
}
END_TEST

static int new_owner(void *arg, int link)
{
	struct semd_client *client;
	struct semd_sem *sem;
	struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_MODE, .mode = 0666, .uid = OTHER + 1,
	};
	(void)arg;
	(void)link;
	VISIT_CHECK(semd_connect(served.socket, 0, &client) == 0);
	VISIT_CHECK(semd_open(client, "given", NULL, &sem) == 0);
	VISIT_CHECK(semd_change(sem, &change) == 0);
	change.mask = SEMD_CHANGE_UID;
	VISIT_CHECK(semd_change(sem, &change) == SEMD_EACCES);
	VISIT_CHECK(semd_remove(client, "given") == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(given_away)
{
	served_open_to_all();
	struct semd_client *client = client_new();
	struct semd_sem *sem = sem_with_mode(client, "given", 0600);
	const struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_UID, .uid = OTHER,
	};
	ck_assert_int_eq(semd_change(sem, &change), 0);
	ck_assert_uint_eq(sem_info(sem).uid, OTHER);
	as_user(OTHER, new_owner, NULL);
	ck_assert_int_eq(semd_acquire(sem, 1), SEMD_EREMOVED);
	semd_disconnect(client);
}
END_TEST

/* Users of another user namespace all look like this one. */
static int nobody(void *arg, int link)
{
	struct semd_client *client;
	struct semd_sem *sem;
	(void)arg;
	(void)link;
	VISIT_CHECK(semd_connect(served.socket, 0, &client) == 0);
	VISIT_CHECK(try_open(client, "nobody's", SEMD_CREATE, &sem) == SEMD_EACCES);
	VISIT_CHECK(semd_open(client, "public", NULL, &sem) == 0);
	VISIT_CHECK(semd_acquire(sem, 1) == 0);
	semd_disconnect(client);
	return 0;
}

START_TEST(overflow_user_owns_nothing)
{
	served_open_to_all();
	struct semd_client *client = client_new();
	sem_with_mode(client, "public", 0666);
	as_user(OVERFLOW, nobody, NULL);
	semd_disconnect(client);
}
END_TEST

static int use_own_share(void *arg, int link)
{
	struct semd_client *client;
	struct semd_sem *sem;
	(void)arg;
	(void)link;
	VISIT_CHECK(semd_connect(served.socket, 0, &client) == 0);
	VISIT_CHECK(try_open(client, "theirs", SEMD_CREATE, &sem) == 0);
	VISIT_CHECK(try_open(client, "theirs too", SEMD_CREATE, &sem) == SEMD_EQUOTA);
	semd_disconnect(client);
	return 0;
}

START_TEST(caps_are_per_user)
{
	daemon_start(&served, OPTIONS("--max-semaphores", "1"));
	served_open_to_all();
	struct semd_client *client = client_new();
	struct semd_sem *sem;
	sem_with_mode(client, "ours", 0600);
	ck_assert_int_eq(try_open(client, "ours too", SEMD_CREATE, &sem), SEMD_EQUOTA);
	as_user(OTHER, use_own_share, NULL);
	semd_disconnect(client);
	daemon_stop(&served);
}
END_TEST

enum { GROUPS = 60000, SEMAPHORES = 1000, LISTS = 1500 };

/* Is in many groups, and lists semaphores with which these may have to do, many times over. */
static int list_as_member(void *arg, int link)
{
	static gid_t groups[GROUPS];
	struct raw raw;
	struct list_request list = { .cursor = 0 };
	(void)arg;
	(void)link;
	for (gid_t i = 0; i < GROUPS; i++)
		groups[i] = OTHER + i;
	VISIT_CHECK(setgroups(GROUPS, groups) == 0 && setgid(OTHER) == 0 && setuid(OTHER) == 0);
	raw_connect(&raw, served.socket);
	for (int i = 0; i < LISTS; i++)
		raw_send_list(&raw, &list);
	VISIT_CHECK(raw_answer(&raw, list.head.tag) == WIRE_OK);
	raw_leave(&raw);
	return 0;
}

START_TEST(member_of_many_groups_stops_nobody)
{
	struct semd_client *client = client_new();
	struct process child;
	char name[16];
	served_open_to_all();
	for (int i = 0; i < SEMAPHORES; i++) {
		snprintf(name, sizeof(name), "%d", i);
		sem_with_mode(client, name, 0640);
	}
	process_fork(&child, list_as_member, NULL);
	int status = process_await(&child);
	ck_assert_msg(status == 0, "the member failed in line %d (mod 256)", status);
	process_end(&child);
	semd_disconnect(client);
}
END_TEST

int main(void)
{
	if (getuid() != 0)
		return suite_skip("needs root, to become another user");
	Suite *suite = suite_create("rights");
	TCase *rights = served_case(suite, "rights");
	tcase_add_test(rights, strangers_may_not);
	tcase_add_test(rights, readers_may_only_see);
	tcase_add_test(rights, writers_may_not_see);
	tcase_add_test(rights, given_away);
	tcase_add_test(rights, overflow_user_owns_nothing);
	tcase_add_test(rights, member_of_many_groups_stops_nobody);
	TCase *caps = suite_case(suite, "caps");
	tcase_add_test(caps, caps_are_per_user);
	return suite_run(suite);
}
