/*
 * test_utf8.c - which bytes are characters, how many bytes are read to decide, and which texts are
 * names.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "protocol/utf8.h"
#include "tests/support/suite.h"

static const struct {
	const char *text;
	size_t length;		/* 0: not UTF-8 */
	uint32_t point;
} texts[] = {
	{ "a", 1, 'a' }, { "\x7f", 1, 0x7f }, { "\xc2\x80", 2, 0x80 }, { "\xc3\xa4", 2, 0xe4 },
	{ "\xdf\xbf", 2, 0x7ff }, { "\xe0\xa0\x80", 3, 0x800 }, { "\xe2\x82\xac", 3, 0x20ac },
	{ "\xed\x9f\xbf", 3, 0xd7ff }, { "\xee\x80\x80", 3, 0xe000 }, { "\xef\xbf\xbf", 3, 0xffff },
	{ "\xf0\x90\x80\x80", 4, 0x10000 }, { "\xf0\x9f\x98\x80", 4, 0x1f600 },
	{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	{ "\x80", 0, 0 }, { "\xbf", 0, 0 }, { "\xff", 0, 0 }, { "\xc3", 0, 0 }, { "\xc3(", 0, 0 },
	{ "\xe2\x82", 0, 0 }, { "\xe2\x82(", 0, 0 }, { "\xc0\x80", 0, 0 }, { "\xc1\xbf", 0, 0 },
	{ "\xe0\x9f\xbf", 0, 0 }, { "\xf0\x8f\xbf\xbf", 0, 0 }, { "\xed\xa0\x80", 0, 0 },
	{ "\xed\xbf\xbf", 0, 0 }, { "\xf4\x90\x80\x80", 0, 0 }, { "\xf8\x88\x80\x80\x80", 0, 0 },
};

START_TEST(characters_are_told_from_other_bytes)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		uint32_t point = 0;
		size_t length = utf8_decode(texts[i].text, strlen(texts[i].text), &point);
		ck_assert_msg(length == texts[i].length, "number %zu: %zu", i, length);
		ck_assert_msg(point == texts[i].point, "number %zu: %x", i, (unsigned)point);
	}
}
END_TEST

/* The text's memory ends with the text, so that sanitizers see a read beyond it. */
START_TEST(nothing_is_read_behind_the_end)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		for (size_t size = 0; size < texts[i].length; size++) {
			uint32_t point;
			char *part = malloc(size ? size : 1);
			ck_assert_ptr_nonnull(part);
			memcpy(part, texts[i].text, size);
			ck_assert_msg(utf8_decode(part, size, &point) == 0, "%zu of number %zu",
			              size, i);
			free(part);
		}
	}
}
END_TEST

START_TEST(texts_are_read_to_their_end)
{
	static const uint32_t points[] = { 'a', 0xe4, UTF8_NONE, 0x20ac, UTF8_NONE, UTF8_NONE };
	static const char text[] = "a\xc3\xa4\xc3\xe2\x82\xac\xe2\x82";
	const char *next = text;
	size_t count = 0;
	for (; *next; count++) {
		uint32_t point;
		next = utf8_next(next, &point);
		ck_assert_uint_lt(count, sizeof(points) / sizeof(*points));
		ck_assert_uint_eq(point, points[count]);
	}
	ck_assert_uint_eq(count, sizeof(points) / sizeof(*points));
}
END_TEST

START_TEST(names_have_no_control_characters)
{
	static const char good[] = "a \xc2\xa0\xf0\x9f\x98\x80\xef\xbf\xbf";
	static const char *const bad[] = {
		"\x01", "a\n", "\x1f", "\x7f", "\xc2\x80", "\xc2\x9f", "a\xff", "\xe2\x82",
	};
	ck_assert(utf8_is_text(good, strlen(good)));
	ck_assert(utf8_is_text(good, 0));
	ck_assert(!utf8_is_text("a\0b", 3));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ck_assert_msg(!utf8_is_text(bad[i], strlen(bad[i])), "number %zu", i);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("UTF-8");
	TCase *tcase = suite_case(suite, "utf8");
	tcase_add_test(tcase, characters_are_told_from_other_bytes);
	tcase_add_test(tcase, nothing_is_read_behind_the_end);
	tcase_add_test(tcase, texts_are_read_to_their_end);
	tcase_add_test(tcase, names_have_no_control_characters);
	return suite_run(suite);
}
