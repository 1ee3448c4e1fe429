/*
 * test_engine_open.c - names, flags and numbers given at opening; handle numbers; both lifetimes.
 */
#include "config.h"

#include <string.h>

#include "tests/unit/stage.h"

static struct session *s;

static void begin(void)
{
	stage_begin();
	s = stage_session(1000);
}

static int create(const char *name, size_t size)
{
	const struct open_request request = {
		.flags = WIRE_OPEN_CREATE, .name = { name, (uint16_t)size }
	};
	return stage_open_as(s, &request);
}

static void is_a_name(const char *name, size_t size)
{
	ck_assert_int_eq(create(name, size), WIRE_OK);
	ck_assert_uint_eq(stage_see(s, 0).name.size, size);
	ck_assert_mem_eq(stage_see(s, 0).name.data, name, size);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
}

static void is_no_name(const char *name, size_t size)
{
	ck_assert_int_eq(create(name, size), WIRE_EINVAL);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
}

START_TEST(names_are_utf8_without_control_characters)
{
	static char text[256];
	memset(text, 'x', sizeof(text));
	is_a_name("a", 1);
	is_a_name(" /:\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 12);
	is_a_name(text, 255);
	is_no_name(text, 256);
	is_no_name("", 0);
	is_no_name("a\0b", 3);
	is_no_name("a\n", 2);
	is_no_name("\x7f", 1);
	is_no_name("\xc2\x80", 2);		/* a control character of two bytes */
	is_no_name("\xc3", 1);			/* cut off */
	is_no_name("\x80", 1);			/* begins in the middle */
	is_no_name("\xc0\xaf", 2);		/* too long a form */
	is_no_name("\xed\xa0\x80", 3);		/* a surrogate */
	is_no_name("\xf4\x90\x80\x80", 4);	/* beyond the last character */
}
END_TEST

START_TEST(flags_say_what_must_exist)
{
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = 0), WIRE_ENOENT);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_RESET), WIRE_ENOENT);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE),
	                 WIRE_OK);
	ck_assert_int_eq(stage_open(s, 1, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE),
	                 WIRE_EEXIST);
	ck_assert_int_eq(stage_open(s, 1, "a", .flags = WIRE_OPEN_CREATE), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 2, "a", .flags = WIRE_OPEN_RESET), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 3, "b", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_RESET),
	                 WIRE_OK);
}
END_TEST

START_TEST(flags_that_contradict_are_invalid)
{
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_EXCLUSIVE), WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_LAST_CLOSE), WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_EXCLUSIVE |
	                            WIRE_OPEN_RESET), WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE | WIRE_SEM_UNLINKED),
	                 WIRE_EINVAL);
}
END_TEST

START_TEST(numbers_have_bounds)
{
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE, .initial = 2, .max = 1),
	                 WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE,
	                            .initial = WIRE_MAX_PERMITS + 1), WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE,
	                            .max = WIRE_MAX_PERMITS + 1), WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE, .mode = 01000),
	                 WIRE_EINVAL);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE,
	                            .initial = WIRE_MAX_PERMITS),
	                 WIRE_OK);
	struct sem_event row = stage_see(s, 0);
	ck_assert_uint_eq(row.max, WIRE_MAX_PERMITS);
	ck_assert_uint_eq(row.mode, 0600);
	ck_assert_uint_eq(row.uid, 1000);
	ck_assert_uint_eq(row.gid, 2000);
	ck_assert_uint_eq(row.flags, 0);
}
END_TEST

START_TEST(options_do_not_change_what_exists)
{
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE, .initial = 3), WIRE_OK);
	ck_assert_int_eq(stage_open(s, 1, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_LAST_CLOSE,
	                            .initial = 1, .max = 1, .mode = 0777, .bypass = 9), WIRE_OK);
	struct sem_event row = stage_see(s, 1);
	ck_assert_uint_eq(row.total, 3);
	ck_assert_uint_eq(row.max, WIRE_MAX_PERMITS);
	ck_assert_uint_eq(row.mode, 0600);
	ck_assert_uint_eq(row.bypass, 0);
	ck_assert_uint_eq(row.flags, 0);
}
END_TEST

START_TEST(handle_numbers_are_dense)
{
	struct sem_event row;
	ck_assert_int_eq(stage_open(s, 1, "a", .flags = WIRE_OPEN_CREATE), WIRE_EPROTO);
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = 0), WIRE_EPROTO);
	stage_join(s, 1, "a");
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	ck_assert_int_eq(stage_query(s, 0, &row), WIRE_EPROTO);
	ck_assert_int_eq(stage_query(s, 2, &row), WIRE_EPROTO);
	stage_join(s, 0, "a");
	stage_join(s, 2, "a");
	uint32_t limit = session_handle_limit(s);
	ck_assert_int_eq(stage_open(s, limit - 1, "a", .flags = 0), WIRE_EPROTO);
	ck_assert_int_eq(stage_open(s, limit, "a", .flags = 0), WIRE_EQUOTA);
	ck_assert_int_eq(stage_open(s, 4, "a", .flags = 0), WIRE_EPROTO);
}
END_TEST

START_TEST(a_failed_opening_answers_for_its_handle)
{
	struct sem_event row;
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = 0), WIRE_ENOENT);
	stage_create(s, 1, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_ENOENT);
	ck_assert_int_eq(stage_query(s, 0, &row), WIRE_ENOENT);
	ck_assert_int_eq(stage_set(s, 0, 1), WIRE_ENOENT);
	ck_assert_int_eq(stage_reset(s, 0), WIRE_ENOENT);
	ck_assert_int_eq(stage_change(s, 0, .mask = 0), WIRE_ENOENT);
	ck_assert_int_eq(stage_apply(s, ENGINE_TRY, ACQUIRE(1, 1), ACQUIRE(0, 1)), WIRE_ENOENT);
	ck_assert_int_eq(stage_close(s, 0), WIRE_OK);
	ck_assert_int_eq(stage_take(s, 1), WIRE_EPROTO);
	ck_assert_int_eq(stage_open(s, 0, "b", .flags = 0), WIRE_ENOENT);
	stage_join(s, 0, "a");
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
}
END_TEST

START_TEST(persistent_ones_stay)
{
	stage_create(s, 0, "a", 1);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	session_end(stage_engine(), s);
	s = stage_session(1000);
	stage_join(s, 0, "a");
	ck_assert_int_eq(stage_available(s, 0), 1);
}
END_TEST

START_TEST(last_close_goes_with_its_last_handle)
{
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_LAST_CLOSE),
	                 WIRE_OK);
	ck_assert_uint_eq(stage_see(s, 0).flags, WIRE_OPEN_LAST_CLOSE);
	struct session *other = stage_session(1000);
	stage_join(other, 0, "a");
	session_end(stage_engine(), s);
	ck_assert_uint_eq(stage_counts().semaphores, 1);
	ck_assert_int_eq(stage_close(other, 0), WIRE_OK);
	ck_assert_uint_eq(stage_counts().semaphores, 0);
	ck_assert_int_eq(stage_open(other, 0, "a", .flags = 0), WIRE_ENOENT);
}
END_TEST

START_TEST(last_close_is_kept_by_a_hold)
{
	ck_assert_int_eq(stage_open(s, 0, "a", .flags = WIRE_OPEN_CREATE | WIRE_OPEN_LAST_CLOSE,
	                            .initial = 1), WIRE_OK);
	ck_assert_int_eq(stage_take(s, 1), WIRE_OK);
	struct client *process = stage_detach(s, 1);
	session_end(stage_engine(), s);
	ck_assert_uint_eq(stage_counts().semaphores, 1);
	client_end(stage_engine(), process);
	ck_assert_uint_eq(stage_counts().semaphores, 0);
}
END_TEST

START_TEST(numbers_of_semaphores_are_never_used_again)
{
	stage_create(s, 0, "a", 1);
	uint64_t id = stage_see(s, 0).id;
	ck_assert_int_eq(stage_remove(s, "a"), WIRE_OK);
	stage_create(s, 1, "a", 1);
	ck_assert_uint_ne(stage_see(s, 1).id, id);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("engine_open");
	TCase *tcase = suite_case(suite, "open");
	tcase_add_checked_fixture(tcase, begin, stage_end);
	tcase_add_test(tcase, names_are_utf8_without_control_characters);
	tcase_add_test(tcase, flags_say_what_must_exist);
	tcase_add_test(tcase, flags_that_contradict_are_invalid);
	tcase_add_test(tcase, numbers_have_bounds);
	tcase_add_test(tcase, options_do_not_change_what_exists);
	tcase_add_test(tcase, handle_numbers_are_dense);
	tcase_add_test(tcase, a_failed_opening_answers_for_its_handle);
	tcase_add_test(tcase, persistent_ones_stay);
	tcase_add_test(tcase, last_close_goes_with_its_last_handle);
	tcase_add_test(tcase, last_close_is_kept_by_a_hold);
	tcase_add_test(tcase, numbers_of_semaphores_are_never_used_again);
	return suite_run(suite);
}
