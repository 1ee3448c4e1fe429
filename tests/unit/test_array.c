/*
 * test_array.c - arrays grow in steps that keep the cost low, and no size overflows.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/array.h"
#include "tests/support/suite.h"

START_TEST(arrays_grow_by_doubling)
{
	uint32_t *numbers = NULL;
	size_t room = 0, steps = 0;
	for (uint32_t i = 0; i < 10000; i++) {
		size_t before = room;
		numbers = array_grow(numbers, &room, (size_t)i + 1, sizeof(*numbers));
		ck_assert_ptr_nonnull(numbers);
		ck_assert_uint_gt(room, i);
		ck_assert(room == before || room >= 2 * before);
		steps += room != before;
		numbers[i] = i;
	}
	for (uint32_t i = 0; i < 10000; i++)
		ck_assert_uint_eq(numbers[i], i);
	ck_assert_uint_le(steps, 12);
	free(numbers);
}
END_TEST

START_TEST(arrays_grow_to_what_is_needed)
{
	size_t room = 0;
	char *text = array_grow(NULL, &room, 1000, 1);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(room, 1000);
	ck_assert_ptr_eq(array_grow(text, &room, 1000, 1), text);
	ck_assert_uint_eq(room, 1000);
	free(text);
}
END_TEST

START_TEST(new_elements_can_be_zero)
{
	static const char zeros[64];
	size_t room = 0;
	for (size_t size = 1; size <= sizeof(zeros); size *= 2) {
		char *bytes = malloc(size);
		ck_assert_ptr_nonnull(bytes);
		memset(bytes, 'x', size);
		room = size;
		bytes = array_grow_zeroed(bytes, &room, size + 1, 1);
		ck_assert_ptr_nonnull(bytes);
		ck_assert_int_eq(bytes[size - 1], 'x');
		ck_assert_mem_eq(bytes + size, zeros, room - size);
		free(bytes);
	}
}
END_TEST

/* Each call would get too little memory if count times size were truncated. */
START_TEST(no_size_overflows)
{
	size_t half = SIZE_MAX / 2 + 1, room;
	char *bytes = malloc(1);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_ptr_null(array_resize(bytes, half + 1, 2));
	room = half;
	ck_assert_ptr_null(array_grow(bytes, &room, half + 1, 1));
	ck_assert_uint_eq(room, half);
	ck_assert_uint_eq(array_room(half, half + 1), 0);
	room = SIZE_MAX / 8 / 2 + 1;
	ck_assert_ptr_null(array_grow_zeroed(bytes, &room, room + 1, 8));
	ck_assert_uint_eq(room, SIZE_MAX / 8 / 2 + 1);
	room = 1;
	ck_assert_ptr_null(array_grow(bytes, &room, SIZE_MAX, 2));
	ck_assert_uint_eq(room, 1);
	free(bytes);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("arrays");
	TCase *tcase = suite_case(suite, "array");
	tcase_add_test(tcase, arrays_grow_by_doubling);
	tcase_add_test(tcase, arrays_grow_to_what_is_needed);
	tcase_add_test(tcase, new_elements_can_be_zero);
	tcase_add_test(tcase, no_size_overflows);
	return suite_run(suite);
}
