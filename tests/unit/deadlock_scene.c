/* deadlock_scene.c - see deadlock_scene.h. */
#include "config.h"

#include "tests/unit/deadlock_scene.h"

struct session *actor[ACTORS];
struct seen_deadlocks seen;

void join_all(struct session *session)
{
	stage_join(session, 0, "x");
	stage_join(session, 1, "y");
	stage_join(session, 2, "z");
}

static void begin(void)
{
	static const char *const names[] = { "0", "1", "2", "3", "4", "5" };
	stage_begin();
	for (int i = 0; i < ACTORS; i++) {
		actor[i] = stage_session(1000);
		stage_label(actor[i], names[i]);
		if (i) {
			join_all(actor[i]);
			continue;
		}
		stage_create(actor[i], 0, "x", 2);
		stage_create(actor[i], 1, "y", 2);
		stage_create(actor[i], 2, "z", 2);
	}
}

TCase *deadlock_scene_case(Suite *suite, const char *name)
{
	TCase *tcase = suite_case(suite, name);
	tcase_add_checked_fixture(tcase, begin, stage_end);
	return tcase;
}

void look(void)
{
	deadlocks_see(actor[0], &seen);
}

void expect_none(void)
{
	look();
	ck_assert_uint_eq(seen.count, 0);
}

void expect_one(bool sure, const char *text)
{
	look();
	ck_assert_uint_eq(seen.count, 1);
	ck_assert_str_eq(seen.deadlock[0].text, text);
	ck_assert_uint_eq(seen.deadlock[0].clients, seen.deadlock[0].members);
	ck_assert(seen.deadlock[0].sure == sure);
}

const char crosswise[] = "1 holds x:2 waits y:1; 2 holds y:2 waits x:1";

void wait_crosswise(void)
{
	takes(actor[1], ACQUIRE(0, 2));
	takes(actor[2], ACQUIRE(1, 2));
	waits(actor[1], ACQUIRE(1, 1));
	waits(actor[2], ACQUIRE(0, 1));
}
