/*
 * rights_table_unix.c - the table of the manual (libsemd.3, RIGHTS), row by row. Each kind of user
 * tries each operation on semaphores with modes where only the user's own class of bits decides.
 * The right needed is read from the manual, so manual and daemon cannot differ.
 */
#include "config.h"

#include "tests/support/users.h"
#include "tests/system/served_unix.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Operations, on the semaphore "subject" -------------------------------------------------- */

typedef int perform_function(struct semd_client *client, struct semd_sem *sem);

static int do_open(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	(void)sem;
	return 0;
}

static int open_with(struct semd_client *client, const char *name, unsigned flags)
{
	struct semd_sem *sem;
	const struct semd_options options = {
		.size = sizeof(options), .flags = flags, .initial = 2,
	};
	int error = semd_open(client, name, &options, &sem);
	return error != 0 ? error : semd_close(sem);
}

static int do_create(struct semd_client *client, struct semd_sem *sem)
{
	(void)sem;
	return open_with(client, "another", SEMD_CREATE | SEMD_LAST_CLOSE);
}

static int do_open_reset(struct semd_client *client, struct semd_sem *sem)
{
	(void)sem;
	return open_with(client, "subject", SEMD_RESET);
}

static int do_acquire(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	int error = semd_acquire(sem, 1);
	return error != 0 ? error : semd_release(sem, 1);
}

static int do_try_acquire(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_try_acquire(sem, 1);
}

static int do_timed_acquire(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_timed_acquire(sem, 1, 1);
}

static int do_release(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_release(sem, 1);
}

static int do_settle(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_settle(sem, 1);
}

static int do_post(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_post(sem, 1);
}

static int do_consume(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_consume(sem, 1, 0);
}

/* The user may do anything with its own semaphore, but the vector also needs the other. */
static int do_apply(struct semd_client *client, struct semd_sem *sem)
{
	const struct semd_op ops[] = {
		{ sem_new_with(client, "beside", 1, 0, SEMD_LAST_CLOSE), SEMD_POST, 1 },
		{ sem, SEMD_ACQUIRE, 1 },
	};
	const struct semd_op zero = { sem, SEMD_WAIT_ZERO, 0 };
	int error = semd_apply(client, ops, 2, 0);
	int other = semd_apply(client, &zero, 1, 0);
	return error == 0 && other == SEMD_EAGAIN ? 0 : error == other ? error : SEMD_EPROTO;
}

static int do_query(struct semd_client *client, struct semd_sem *sem)
{
	struct semd_info info = { .size = sizeof(info) };
	(void)client;
	return semd_query(sem, &info);
}

static int do_show(struct semd_client *client, struct semd_sem *sem)
{
	const struct semd_show_rows rows = { .sem = NULL };
	(void)sem;
	return semd_show(client, "subject", &rows, NULL);
}

static int is_subject(void *arg, const struct semd_info *info)
{
	(void)arg;
	return strcmp(info->name, "subject") == 0;
}

static int do_list(struct semd_client *client, struct semd_sem *sem)
{
	(void)sem;
	int listed = semd_list(client, is_subject, NULL);
	return listed == 1 ? 0 : listed == 0 ? SEMD_EACCES : listed;
}

static int do_watch(struct semd_client *client, struct semd_sem *sem)
{
	const struct semd_watch_rows rows = { .sem = is_subject };
	uint64_t cursor = 0;
	int error;
	(void)sem;
	do
		error = semd_watch(client, &cursor, 0, &rows, NULL);
	while (error == 0);
	return error == 1 ? 0 : error == SEMD_EAGAIN ? SEMD_EACCES : error;
}

static int do_set(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_set(sem, 5);
}

static int do_change(struct semd_client *client, struct semd_sem *sem)
{
	const struct semd_change change = {
		.size = sizeof(change),
		.mask = SEMD_CHANGE_MAX | SEMD_CHANGE_MODE | SEMD_CHANGE_GID | SEMD_CHANGE_BYPASS,
		.max = 7, .mode = 0666, .gid = 7, .bypass = 7,
	};
	(void)client;
	return semd_change(sem, &change);
}

static int do_change_uid(struct semd_client *client, struct semd_sem *sem)
{
	const struct semd_change change = {
		.size = sizeof(change), .mask = SEMD_CHANGE_UID, .uid = 7,
	};
	(void)client;
	return semd_change(sem, &change);
}

static int do_reset(struct semd_client *client, struct semd_sem *sem)
{
	(void)client;
	return semd_reset(sem);
}

static int do_remove(struct semd_client *client, struct semd_sem *sem)
{
	(void)sem;
	return semd_remove(client, "subject");
}

static int do_unlink(struct semd_client *client, struct semd_sem *sem)
{
	(void)sem;
	return semd_unlink(client, "subject");
}

static const struct operation {
	const char *row;		/* in the manual's table */
	perform_function *perform;
	bool by_handle;
	int done;			/* its result if permitted */
} operations[] = {
	{ "semd_open(), of an existing one", do_open, true, 0 },
	{ "semd_open(), of a new one", do_create, false, 0 },
	{ "semd_open(), with SEMD_RESET", do_open_reset, true, 0 },
	{ "semd_acquire()", do_acquire, true, 0 },
	{ "semd_try_acquire()", do_try_acquire, true, 0 },
	{ "semd_timed_acquire()", do_timed_acquire, true, 0 },
	{ "semd_release()", do_release, true, SEMD_ENOTHELD },
	{ "semd_settle()", do_settle, true, SEMD_ENOTHELD },
	{ "semd_post()", do_post, true, 0 },
	{ "semd_consume()", do_consume, true, 0 },
	{ "semd_apply()", do_apply, true, 0 },
	{ "semd_query()", do_query, true, 0 },
	{ "semd_show()", do_show, false, 0 },
	{ "semd_list()", do_list, false, 0 },
	{ "semd_watch()", do_watch, false, 0 },
	{ "semd_set()", do_set, true, 0 },
	{ "semd_change()", do_change, true, 0 },
	{ "semd_change(), of the owner", do_change_uid, true, 0 },
	{ "semd_reset()", do_reset, true, 0 },
	{ "semd_remove()", do_remove, false, 0 },
	{ "semd_unlink()", do_unlink, false, 0 },
};
enum { OPERATIONS = sizeof(operations) / sizeof(operations[0]) };

/* ---- The manual ------------------------------------------------------------------------------ */

static const char *const needs[] = { "nothing", "r", "w", "r or w", "owner", "root" };
enum need { NOTHING, READ, WRITE, EITHER, OWNER, ROOT, NEEDS };

static enum need need_of(const char *word)
{
	for (int need = 0; need < NEEDS; need++) {
		if (strcmp(word, needs[need]) == 0)
			return (enum need)need;
	}
	ck_abort_msg("the manual says \"%s\", which is no such right", word);
}

static size_t operation_of(const char *row)
{
	for (size_t i = 0; i < OPERATIONS; i++) {
		if (strcmp(operations[i].row, row) == 0)
			return i;
	}
	ck_abort_msg("\"%s\" of the manual is not tried", row);
}

/* How the lines before the first row and after the last begin. */
static const char rights[] = ".\\\" rights ";

/* Rows of the table are "ROW|NEED". Each must be known, and none may be missing. */
static void manual_read(enum need wanted[OPERATIONS])
{
	const char *source = getenv("SEMD_TEST_SOURCE");
	char path[SUPPORT_PATH], line[256];
	bool inside = false, seen[OPERATIONS] = { false };
	path_join(path, source ? source : ".", "client/libsemd.3");
	FILE *manual = fopen(path, "re");
	ck_assert_msg(manual != NULL, "no manual at %s", path);
	while (fgets(line, sizeof(line), manual)) {
		line[strcspn(line, "\n")] = '\0';
		char *need = strchr(line, '|');
		if (strncmp(line, rights, strlen(rights)) == 0) {
			inside = !inside;
		} else if (inside && need) {
			*need++ = '\0';
			size_t row = operation_of(line);
			wanted[row] = need_of(need);
			seen[row] = true;
		}
	}
	fclose(manual);
	for (size_t i = 0; i < OPERATIONS; i++)
		ck_assert_msg(seen[i], "\"%s\" is not in the manual", operations[i].row);
}

/* ---- Users ----------------------------------------------------------------------------------- */

enum { GROUP = 22345, DAEMON = 12349 };

static const struct kind {
	const char *name;
	struct user user;
	int shift;		/* of the user's bits in the mode */
	bool owns, is_root;
} kinds[] = {
	{ "the owner", { 12345, 22340, 0 }, 6, true, false },
	{ "one whose group it is", { 12346, GROUP, 0 }, 3, false, false },
	{ "one who is in the group", { 12347, 22347, GROUP }, 3, false, false },
	{ "a stranger", { 12348, 22348, 22349 }, 0, false, false },
	{ "root", { 0, 0, 0 }, 0, true, true },
	/* In the daemon that DAEMON runs; in root's daemon this user is a stranger. */
	{ "the daemon's user", { DAEMON, 22350, 0 }, 0, true, true },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), ORDINARY = KINDS - 1 };

static bool may(const struct kind *kind, const struct operation *operation, enum need need,
                uint32_t mode)
{
	enum { R = 4, W = 2 };
	uint32_t bits = kind->is_root ? R | W : mode >> kind->shift & (R | W);
	if (need == NOTHING)
		return true;
	if (operation->by_handle && bits == 0)	/* no handle without rights */
		return false;
	switch (need) {
	case READ:
		return bits & R;
	case WRITE:
		return bits & W;
	case OWNER:
		return kind->owns;
	case ROOT:
		return kind->is_root;
	default:
		return true;
	}
}

/* Performs the operations whose numbers come over the link, and tells the result of each. */
static int perform(void *arg, support_descriptor link)
{
	int number;
	(void)arg;
	while ((number = link_hear(link)) >= 0) {
		const struct operation *operation = &operations[number];
		struct semd_client *client = new_client();
		struct semd_sem *sem = NULL;
		int error = operation->by_handle ? semd_open(client, "subject", NULL, &sem) : 0;
		if (error == 0)
			error = operation->perform(client, sem);
		semd_disconnect(client);
		link_tell(link, (char)-error);
	}
	return 0;
}

/* ---- The test -------------------------------------------------------------------------------- */

static struct semd_sem *make_subject(struct semd_client *root, uint32_t mode)
{
	struct semd_sem *sem = sem_new(root, "subject", 2);
	const struct semd_change change = {
		.size = sizeof(change),
		.mask = SEMD_CHANGE_UID | SEMD_CHANGE_GID | SEMD_CHANGE_MODE,
		.uid = kinds[0].user.uid, .gid = GROUP, .mode = mode,
	};
	ck_assert_int_eq(semd_change(sem, &change), 0);
	return sem;
}

static bool same(const struct semd_info *a, const struct semd_info *b)
{
	return a->available == b->available && a->held == b->held && a->total == b->total &&
		a->posted == b->posted && a->used_up == b->used_up && a->max == b->max &&
		a->mode == b->mode && a->uid == b->uid && a->gid == b->gid &&
		a->flags == b->flags && a->bypass == b->bypass;
}

/* Tries one cell: an operation, a user and a mode. A refused operation must change nothing. */
static void try_one(struct semd_client *root, struct process *process, const struct kind *kind,
                    size_t number, enum need need, uint32_t mode)
{
	const struct operation *operation = &operations[number];
	bool allowed = may(kind, operation, need, mode);
	struct semd_sem *sem = make_subject(root, mode);
	struct semd_info before = sem_info(sem);
	link_tell(process->link, (char)number);
	int error = -link_hear(process->link);
	ck_assert_msg(error == (allowed ? operation->done : SEMD_EACCES),
	              "%s by %s, mode %03o: %s", operation->row, kind->name, mode,
	              semd_strerror(error));
	if (!allowed) {
		struct semd_info after = sem_info(sem);
		ck_assert_msg(same(&before, &after), "%s by %s, mode %03o, was refused and done",
		              operation->row, kind->name, mode);
	}
	int removed = semd_remove(root, "subject");
	ck_assert(removed == 0 || removed == SEMD_ENOENT);
	ck_assert_int_eq(semd_close(sem), 0);
}

/* Modes in which one class has these bits and the other classes have exactly the others. */
static void try_all_modes(struct semd_client *root, const struct kind *kind, size_t number,
                          enum need need)
{
	static const uint32_t bits[] = { 0, 2, 4, 6 };
	struct process process;
	user_fork(&process, &kind->user, perform, NULL);
	for (int shift = 0; shift <= 6; shift += 3) {
		for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
			try_one(root, &process, kind, number, need,
			        (0666 & ~(7u << shift) & ~(bits[i] * 0111)) | bits[i] << shift);
	}
	close(process.link);
	process.link = -1;
	child_await(&process);
}

START_TEST(operation_needs_what_the_manual_says)
{
	enum need wanted[OPERATIONS];
	served_open_to_all();
	manual_read(wanted);
	struct semd_client *root = new_client();
	for (size_t kind = 0; kind < ORDINARY; kind++)
		try_all_modes(root, &kinds[kind], (size_t)_i, wanted[_i]);
	semd_disconnect(root);
}
END_TEST

static bool become_daemon(void)
{
	const struct user user = { DAEMON, DAEMON, 0 };
	return user_become(&user);
}

START_TEST(user_of_the_daemon_may_what_root_may)
{
	enum need wanted[OPERATIONS];
	daemon_start_as(&served, become_daemon, NULL);
	served_open_to_all();
	manual_read(wanted);
	struct semd_client *root = new_client();
	for (size_t kind = 0; kind < KINDS; kind++)
		try_all_modes(root, &kinds[kind], (size_t)_i, wanted[_i]);
	semd_disconnect(root);
	daemon_stop(&served);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rights_table");
	TCase *roots = served_case(suite, "root's daemon");
	tcase_add_loop_test(roots, operation_needs_what_the_manual_says, 0, OPERATIONS);
	TCase *another = suite_case(suite, "another's daemon");
	tcase_add_loop_test(another, user_of_the_daemon_may_what_root_may, 0, OPERATIONS);
	return users_run(suite);
}
