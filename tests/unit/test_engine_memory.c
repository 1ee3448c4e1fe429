/*
 * test_engine_memory.c - an opening for which there is no memory fails like any other: its handle's
 * number gives that failure, and may be opened later.
 */
#include "config.h"

#include <string.h>

#include "protocol/array.h"
#include "tests/unit/stage.h"

/* The linker puts __wrap_array_grow in the place of array_grow. */
void *__real_array_grow(void *array, size_t *room, size_t needed, size_t size);
void *__wrap_array_grow(void *array, size_t *room, size_t needed, size_t size);

static bool has_memory = true;

void *__wrap_array_grow(void *array, size_t *room, size_t needed, size_t size)
{
	return has_memory || needed <= *room ? __real_array_grow(array, room, needed, size) : NULL;
}

static struct session *s;

static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
	has_memory = true;
}

static int use(uint32_t handle)
{
	const struct wire_term term = { handle, WIRE_TERM_ACQUIRE, 1 };
	return stage_apply_terms(s, ENGINE_TRY, &term, 1);
}

static int open_number(uint32_t handle)
{
	return stage_open(s, handle, "a", .initial = 9, .flags = WIRE_OPEN_CREATE);
}

/* Numbers that were sent before the first failure was known. */
static void run_short(uint32_t first, uint32_t count)
{
	has_memory = false;
	for (uint32_t i = first; i < first + count; i++)
		ck_assert_int_eq(open_number(i), WIRE_ENOMEM);
	for (uint32_t i = first; i < first + count; i++)
		ck_assert_int_eq(use(i), WIRE_ENOMEM);
	ck_assert_int_eq(use(first + count), WIRE_EPROTO);
	ck_assert_int_eq(open_number(first + count + 1), WIRE_EPROTO);
	has_memory = true;
}

START_TEST(the_first_numbers)
{
	run_short(0, 3);
	ck_assert_int_eq(session_may_bind(s), WIRE_EINVAL);
	ck_assert_int_eq(open_number(1), WIRE_OK);
	ck_assert_int_eq(use(0), WIRE_ENOMEM);
	ck_assert_int_eq(use(1), WIRE_OK);
	ck_assert_int_eq(use(2), WIRE_ENOMEM);
	ck_assert_int_eq(open_number(0), WIRE_OK);
	ck_assert_int_eq(open_number(2), WIRE_OK);
	ck_assert_int_eq(open_number(3), WIRE_OK);
	ck_assert_int_eq(use(4), WIRE_EPROTO);
}
END_TEST

START_TEST(numbers_behind_others)
{
	uint32_t opened = 0;
	for (; opened < 8; opened++)		/* as many as there is room for at first */
		ck_assert_int_eq(open_number(opened), WIRE_OK);
	run_short(opened, 2);
	ck_assert_int_eq(use(opened - 1), WIRE_OK);
	ck_assert_int_eq(open_number(opened + 2), WIRE_OK);
	ck_assert_int_eq(use(opened), WIRE_ENOMEM);
	ck_assert_int_eq(stage_close(s, opened), WIRE_OK);
	ck_assert_int_eq(use(opened), WIRE_EPROTO);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_memory");
	TCase *tcase = suite_case(suite, "openings");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, the_first_numbers);
	tcase_add_test(tcase, numbers_behind_others);
	return suite_run(suite);
}
