/*
 * test_engine_rights.c - who may see, alter and administer a semaphore.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

/* The owner has uid 1000 and group 2000. User 1001 is in that group, too, and user 1002 is not. */
static struct session *owner, *member, *stranger, *root, *admin;
static uint32_t next[5];	/* the next free handle of each */

static void begin(void)
{
	stage_begin();
	memset(next, 0, sizeof(next));
	owner = stage_session(1000);
	member = stage_session(1001);
	stranger = stage_session(1002);
	root = stage_session(0);
	admin = stage_session(STAGE_ADMIN);
}

static void create(const char *name, uint32_t mode)
{
	ck_assert_int_eq(stage_open(owner, next[0]++, name, .flags = WIRE_OPEN_CREATE, .initial = 5,
	                            .mode = mode), WIRE_OK);
}

/* The rights that the session finds: "rw", "r-", "-w" or "--". */
static const char *rights(struct session *session, uint32_t *handle, const char *name)
{
	struct sem_event row;
	if (stage_open(session, *handle, name, .flags = 0) == WIRE_EACCES)
		return "--";
	bool r = stage_query(session, *handle, &row) == WIRE_OK;
	bool w = stage_apply(session, ENGINE_TRY, POST(*handle, 1)) == WIRE_OK;
	ck_assert(r || stage_query(session, *handle, &row) == WIRE_EACCES);
	ck_assert(w || stage_apply(session, ENGINE_TRY, POST(*handle, 1)) == WIRE_EACCES);
	++*handle;
	return r ? w ? "rw" : "r-" : "-w";
}

START_TEST(mode_bits_are_those_of_a_file)
{
	create("a", 0640);
	ck_assert_str_eq(rights(member, &next[1], "a"), "r-");
	ck_assert_str_eq(rights(stranger, &next[2], "a"), "--");
	create("b", 0462);
	ck_assert_str_eq(rights(member, &next[1], "b"), "rw");
	ck_assert_str_eq(rights(stranger, &next[2], "b"), "-w");
	ck_assert_str_eq(rights(owner, &next[0], "b"), "r-");
	ck_assert_str_eq(rights(owner, &next[0], "a"), "rw");
	ck_assert_str_eq(rights(root, &next[3], "b"), "rw");
	ck_assert_str_eq(rights(admin, &next[4], "b"), "rw");
}
END_TEST

START_TEST(every_kind_of_term_alters)
{
	static const uint32_t kinds[] = {
		WIRE_TERM_ACQUIRE, WIRE_TERM_CONSUME, WIRE_TERM_RELEASE, WIRE_TERM_SETTLE,
		WIRE_TERM_POST, WIRE_TERM_WAIT_ZERO
	};
	create("a", 0644);
	stage_join(stranger, 0, "a");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		ck_assert_int_eq(stage_apply(stranger, ENGINE_TRY,
		                             { 0, kinds[i], kinds[i] != WIRE_TERM_WAIT_ZERO }),
		                 WIRE_EACCES);
}
END_TEST

static void may_administer(struct session *session, int status)
{
	ck_assert_int_eq(stage_set(session, 0, 5), status);
	ck_assert_int_eq(stage_change(session, 0, .mask = WIRE_CHANGE_BYPASS), status);
	ck_assert_int_eq(stage_reset(session, 0), status);
	ck_assert_int_eq(stage_open(session, 1, "a", .flags = WIRE_OPEN_RESET), status);
	ck_assert_int_eq(stage_unlink(session, "a"), status);
}

START_TEST(administration_is_the_owners)
{
	create("a", 0666);
	stage_join(member, 0, "a");
	may_administer(member, WIRE_EACCES);
	ck_assert_int_eq(stage_remove(member, "a"), WIRE_EACCES);
	struct session *self = stage_session(1000);
	stage_join(self, 0, "a");
	may_administer(self, WIRE_OK);
}
END_TEST

START_TEST(root_and_the_daemons_user_administer)
{
	create("a", 0600);
	stage_join(root, 0, "a");
	may_administer(root, WIRE_OK);
	create("a", 0600);
	stage_join(admin, 0, "a");
	may_administer(admin, WIRE_OK);
	create("a", 0600);
	ck_assert_int_eq(stage_remove(admin, "a"), WIRE_OK);
}
END_TEST

START_TEST(change_changes_what_the_mask_says)
{
	create("a", 0600);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX | WIRE_CHANGE_MODE,
	                              .max = 7, .mode = 0644, .bypass = 3, .gid = 9, .uid = 9),
	                 WIRE_OK);
	struct sem_event row = stage_see(owner, 0);
	ck_assert_uint_eq(row.max, 7);
	ck_assert_uint_eq(row.mode, 0644);
	ck_assert_uint_eq(row.bypass, 0);
	ck_assert_uint_eq(row.uid, 1000);
	ck_assert_uint_eq(row.gid, 2000);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_GID | WIRE_CHANGE_BYPASS |
	                              WIRE_CHANGE_MAX, .gid = 2002, .bypass = 2), WIRE_OK);
	row = stage_see(owner, 0);
	ck_assert_uint_eq(row.gid, 2002);
	ck_assert_uint_eq(row.bypass, 2);
	ck_assert_uint_eq(row.max, WIRE_MAX_PERMITS);
}
END_TEST

START_TEST(change_has_bounds)
{
	create("a", 0600);
	ck_assert_int_eq(stage_change(owner, 0, .mask = 32), WIRE_EINVAL);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MODE, .mode = 01000),
	                 WIRE_EINVAL);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX, .max = 4), WIRE_EINVAL);
	ck_assert_int_eq(stage_set(owner, 0, 9), WIRE_OK);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX, .max = 8), WIRE_EINVAL);
	ck_assert_int_eq(stage_set(owner, 0, 0), WIRE_OK);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX, .max = 4), WIRE_EINVAL);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MAX,
	                              .max = WIRE_MAX_PERMITS + 1),
	                 WIRE_EINVAL);
}
END_TEST

START_TEST(only_root_gives_a_semaphore_away)
{
	create("a", 0600);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_UID, .uid = 1002), WIRE_EACCES);
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_UID, .uid = 1000), WIRE_OK);
	stage_join(root, 0, "a");
	ck_assert_int_eq(stage_change(root, 0, .mask = WIRE_CHANGE_UID, .uid = 1002), WIRE_OK);
	ck_assert_int_eq(stage_set(owner, 0, 1), WIRE_EACCES);
	stage_join(stranger, 0, "a");
	ck_assert_int_eq(stage_set(stranger, 0, 1), WIRE_OK);
}
END_TEST

/* As with a file, a handle keeps the rights of its opening. */
START_TEST(rights_to_see_and_alter_are_those_at_the_opening)
{
	create("a", 0666);
	stage_join(stranger, 0, "a");
	ck_assert_int_eq(stage_change(owner, 0, .mask = WIRE_CHANGE_MODE, .mode = 0600), WIRE_OK);
	ck_assert_int_eq(stage_apply(stranger, ENGINE_TRY, POST(0, 1)), WIRE_OK);
	ck_assert_int_eq(stage_open(stranger, 1, "a", .flags = 0), WIRE_EACCES);
}
END_TEST

START_TEST(users_of_other_namespaces_own_nothing)
{
	struct session *nobody = stage_session(STAGE_NOBODY);
	ck_assert_int_eq(stage_open(nobody, 0, "a", .flags = WIRE_OPEN_CREATE), WIRE_EACCES);
	create("a", 0644);
	stage_join(root, 0, "a");
	ck_assert_int_eq(stage_change(root, 0, .mask = WIRE_CHANGE_UID, .uid = STAGE_NOBODY),
	                 WIRE_OK);
	ck_assert_int_eq(stage_open(nobody, 0, "a", .flags = 0), WIRE_OK);
	ck_assert_int_eq(stage_set(nobody, 0, 1), WIRE_EACCES);
	ck_assert_int_eq(stage_apply(nobody, ENGINE_TRY, POST(0, 1)), WIRE_EACCES);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_rights");
	TCase *tcase = suite_case(suite, "rights");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, mode_bits_are_those_of_a_file);
	tcase_add_test(tcase, every_kind_of_term_alters);
	tcase_add_test(tcase, administration_is_the_owners);
	tcase_add_test(tcase, root_and_the_daemons_user_administer);
	tcase_add_test(tcase, change_changes_what_the_mask_says);
	tcase_add_test(tcase, change_has_bounds);
	tcase_add_test(tcase, only_root_gives_a_semaphore_away);
	tcase_add_test(tcase, rights_to_see_and_alter_are_those_at_the_opening);
	tcase_add_test(tcase, users_of_other_namespaces_own_nothing);
	return suite_run(suite);
}
