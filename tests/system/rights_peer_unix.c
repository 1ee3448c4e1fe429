/*
 * rights_peer_unix.c - the user of a connection: by the kernel, the one that connected, whatever
 * becomes of the process or the descriptor. Also the overflow user, which owns nothing.
 */
#include "config.h"

#include "tests/system/rights.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- The user that connected ----------------------------------------------------------------- */

/*
 * The real user is always root. Only the effective user counts, and only at the time of the
 * connect.
 */
static int become_another(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	CHECK(setegid(OWNER) == 0 && seteuid(OWNER) == 0);
	struct semd_client *first = new_client(), *second;
	CHECK(seteuid(0) == 0 && user_become(&other));
	CHECK(try_open(first, "sem") == 0);
	CHECK(try_open(first, "theirs") == SEMD_EACCES);
	CHECK(semd_remove(first, "theirs") == SEMD_EACCES);
	CHECK(semd_connect(served.socket, 0, &second) == 0);
	CHECK(try_open(second, "sem") == SEMD_EACCES);
	CHECK(try_open(second, "theirs") == 0);
	semd_disconnect(second);
	CHECK(semd_remove(first, "sem") == 0);
	semd_disconnect(first);
	return 0;
}

START_TEST(who_becomes_another_acts_as_the_one_that_connected)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	sem_given(client, "sem", 0600);
	sem_change_owner(sem_given(client, "theirs", 0600), OTHER);
	process_fork(&process, become_another, NULL, 0);
	child_await(&process);
	semd_disconnect(client);
}
END_TEST

static int leave_a_group(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	CHECK(setgroups(0, NULL) == 0 && setresgid(OTHER, GROUP, OTHER) == 0);
	CHECK(setresuid(OTHER, OTHER, OTHER) == 0);
	struct semd_client *first = new_client(), *second;
	CHECK(setegid(OTHER) == 0);
	CHECK(try_open(first, "sem") == 0);
	CHECK(semd_connect(served.socket, 0, &second) == 0);
	CHECK(try_open(second, "sem") == SEMD_EACCES);
	semd_disconnect(second);
	semd_disconnect(first);
	return 0;
}

START_TEST(who_leaves_a_group_acts_as_the_member_that_connected)
{
	struct process process;
	served_open_to_all();
	struct semd_client *client = new_client();
	sem_given(client, "sem", 0060);
	process_fork(&process, leave_a_group, NULL, 0);
	child_await(&process);
	semd_disconnect(client);
}
END_TEST

static void descriptor_send(int link, int descriptor)
{
	char byte = 'd';
	union { struct cmsghdr head; char bytes[CMSG_SPACE(sizeof(int))]; } control = { 0 };
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	control.head = (struct cmsghdr){
		.cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_RIGHTS,
	};
	memcpy(CMSG_DATA(&control.head), &descriptor, sizeof(descriptor));
	if (sendmsg(link, &message, MSG_NOSIGNAL) != 1)
		support_die("sendmsg: %s", support_error());
}

static int descriptor_receive(support_descriptor link)
{
	int descriptor;
	char byte;
	union { struct cmsghdr head; char bytes[CMSG_SPACE(sizeof(int))]; } control;
	struct iovec data = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &data, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof(control),
	};
	if (!descriptor_wait(link, SUPPORT_LIMIT) ||
	    recvmsg(link, &message, MSG_CMSG_CLOEXEC) != 1 || !CMSG_FIRSTHDR(&message))
		support_die("no descriptor came: %s", support_error());
	memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(descriptor));
	return descriptor;
}

static int pass_on(void *arg, support_descriptor link)
{
	struct raw raw;
	(void)arg;
	raw_open(&raw, served.socket);
	descriptor_send(link, raw.stream);
	raw_close(&raw);
	link_hear(link);
	return 0;
}

/*
 * This user sends the first bytes, but the connection still belongs to the process that connected,
 * and ends with it.
 */
static int use_what_was_passed(void *arg, support_descriptor link)
{
	struct raw raw = { .stream = *(const int *)arg };
	struct hello_request hello = {
		.min_version = 1, .max_version = 1, .command = raw_text("passed on"),
	};
	CHECK(raw_ask_hello(&raw, &hello) == WIRE_OK);
	CHECK(raw_create(&raw, 0, "theirs", 1) == WIRE_EACCES);
	CHECK(raw_create(&raw, 1, "sem", 0) == WIRE_OK);
	CHECK(raw_term(&raw, 1, WIRE_TERM_ACQUIRE, 2, 0) == WIRE_OK);
	link_tell(link, 'h');
	CHECK(raw_ended(&raw) == -1);
	raw_close(&raw);
	return 0;
}

static int see_holder(void *arg, const struct semd_party *holder)
{
	struct semd_party *seen = arg;
	*seen = *holder;
	return 0;
}

START_TEST(descriptor_passed_on_is_that_of_the_one_that_connected)
{
	struct process first, second;
	const struct semd_show_rows rows = { .holder = see_holder };
	struct semd_party holder = { .permits = 0 };
	served_open_to_all();
	struct semd_client *client = new_client();
	struct semd_sem *sem = sem_given(client, "sem", 0600);
	sem_change_owner(sem_given(client, "theirs", 0600), OTHER);
	user_fork(&first, &owner, pass_on, NULL);
	int passed = descriptor_receive(first.link);
	user_fork(&second, &other, use_what_was_passed, &passed);
	close(passed);
	ck_assert_int_eq(link_hear(second.link), 'h');
	ck_assert_int_eq(semd_show(client, "sem", &rows, &holder), 0);
	ck_assert_uint_eq(holder.permits, 2);
	ck_assert_uint_eq(holder.uid, OWNER);
	ck_assert_int_eq((pid_t)holder.pid, first.pid);
	/* The client's life is that of the process that connected. */
	link_tell(first.link, 'e');
	child_await(&first);
	ck_assert_int_eq(semd_acquire(sem, 2), 0);
	child_await(&second);
	semd_disconnect(client);
}
END_TEST

/* ---- The overflow user ----------------------------------------------------------------------- */

/* All users of another user namespace look like this one. */
static int own_nothing(void *arg, support_descriptor link)
{
	struct semd_client *client = new_client();
	(void)arg;
	(void)link;
	CHECK(try_create(client, "nobody's") == SEMD_EACCES);
	CHECK(try_open(client, "given") == SEMD_EACCES);
	CHECK(semd_remove(client, "given") == SEMD_EACCES);
	struct semd_sem *sem = sem_existing(client, "public");
	CHECK(semd_acquire(sem, 1) == 0);
	CHECK(semd_set(sem, 5) == SEMD_EACCES);
	semd_disconnect(client);
	return 0;
}

/* Gives the overflow user a semaphore by number; it has no rights even there. */
static void give_to_nobody(struct semd_client *client)
{
	struct semd_change change = {
		.size = sizeof(change),
		.mask = SEMD_CHANGE_UID | SEMD_CHANGE_GID | SEMD_CHANGE_MODE,
		.uid = OVERFLOW, .gid = OVERFLOW, .mode = 0660,
	};
	ck_assert_int_eq(semd_change(sem_new(client, "given", 1), &change), 0);
	change.mode = 0666;
	ck_assert_int_eq(semd_change(sem_new(client, "public", 1), &change), 0);
}

START_TEST(overflow_user_owns_nothing)
{
	served_open_to_all();
	struct semd_client *client = new_client();
	give_to_nobody(client);
	user_run(&overflow, own_nothing, NULL);
	semd_disconnect(client);
}
END_TEST

static bool write_text(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	bool written = file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text);
	close(file);
	return written;
}

/* Enters a user namespace where only root is mapped. */
static bool enter_namespace(void)
{
	return unshare(CLONE_NEWUSER) == 0 && write_text("/proc/self/setgroups", "deny") &&
		write_text("/proc/self/uid_map", "0 0 1") &&
		write_text("/proc/self/gid_map", "0 0 1");
}

static int try_namespace(void *arg, support_descriptor link)
{
	(void)arg;
	(void)link;
	return enter_namespace() ? 0 : 1;
}

START_TEST(users_of_another_namespace_own_nothing)
{
	struct process process;
	process_fork(&process, try_namespace, NULL, 0);
	int status = process_await(&process);
	process_end(&process);
	if (status != 0)
		suite_leave("there are no user namespaces here");
	daemon_start_as(&served, enter_namespace, NULL);
	served_open_to_all();
	struct semd_client *client = new_client();
	give_to_nobody(client);
	user_run(&owner, own_nothing, NULL);
	user_run(&other, own_nothing, NULL);
	semd_disconnect(client);
	daemon_stop(&served);
}
END_TEST

/* ---- Groups ---------------------------------------------------------------------------------- */

enum { GROUPS = 60000, SEMAPHORES = 1000, LISTS = 1500 };

/* A member of many groups lists semaphores of such groups many times. */
static int list_as_member(void *arg, support_descriptor link)
{
	static gid_t groups[GROUPS];
	struct raw raw;
	struct list_request list = { .cursor = 0 };
	(void)arg;
	(void)link;
	for (gid_t i = 0; i < GROUPS; i++)
		groups[i] = OTHER + i;
	CHECK(setgroups(GROUPS, groups) == 0 && setgid(OTHER) == 0 && setuid(OTHER) == 0);
	raw_connect(&raw, served.socket);
	for (int i = 0; i < LISTS; i++)
		raw_send_list(&raw, &list);
	CHECK(raw_answer(&raw, list.head.tag) == WIRE_OK);
	raw_leave(&raw);
	return 0;
}

START_TEST(member_of_many_groups_stops_nobody)
{
	struct semd_client *client = new_client();
	struct process child;
	char name[16];
	served_open_to_all();
	for (int i = 0; i < SEMAPHORES; i++) {
		snprintf(name, sizeof(name), "%d", i);
		sem_change_mode(sem_new(client, name, 1), 0640);
	}
	process_fork(&child, list_as_member, NULL, 0);
	child_await(&child);
	semd_disconnect(client);
}
END_TEST

void rights_of_peers(Suite *suite)
{
	TCase *credentials = served_case(suite, "credentials");
	tcase_add_test(credentials, who_becomes_another_acts_as_the_one_that_connected);
	tcase_add_test(credentials, who_leaves_a_group_acts_as_the_member_that_connected);
	tcase_add_test(credentials, descriptor_passed_on_is_that_of_the_one_that_connected);
	TCase *nobody = served_case(suite, "nobody");
	tcase_add_test(nobody, overflow_user_owns_nothing);
	TCase *namespaces = suite_case(suite, "namespaces");
	tcase_add_test(namespaces, users_of_another_namespace_own_nothing);
	TCase *groups = served_case(suite, "groups");
	tcase_add_test(groups, member_of_many_groups_stops_nobody);
}
