/* scene.c - see scene.h. */
#include "config.h"

#include "tests/unit/scene.h"

struct session *holder, *waiter, *owner;
uint64_t waiting;

void scene_begin(void)
{
	stage_begin();
	owner = stage_session(1000);
	holder = stage_session(1000);
	waiter = stage_session(1000);
	stage_create(owner, 0, "a", 2);
	stage_join(holder, 0, "a");
	stage_join(waiter, 0, "a");
	ck_assert_int_eq(stage_take(holder, 2), WIRE_OK);
	waiting = stage_queue(waiter, 1);
}

int give_back(struct session *session, uint32_t n)
{
	return stage_apply(session, ENGINE_TRY, RELEASE(0, n));
}
