/*
 * cli_text.c - how semd-cli reads and prints text: numbers, seconds, names with permits, patterns,
 * JSON.
 *
 * The bytes here are such as our library never passes on, since it cleans them, but another library
 * may.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/cli/print/aligned.h"
#include "client/cli/print/text_buffer.h"
#include "client/cli/print/characters.h"
#include "client/cli/print/json.h"
#include "client/cli/names.h"
#include "client/cli/numbers.h"
#include "client/cli/os/pattern.h"
#include "client/cli/print/printable.h"
#include "tests/support/suite.h"
#include "tests/support/text.h"

START_TEST(numbers_are_read)
{
	uint32_t n = 7;
	ck_assert(number_parse("0", 9, &n) && n == 0);
	ck_assert(number_parse("4294967295", UINT32_MAX, &n) && n == UINT32_MAX);
	ck_assert(number_parse("007", 9, &n) && n == 7);
	ck_assert(number_parse_octal("777", 0777, &n) && n == 0777);
	n = 5;
	ck_assert(!number_parse("4294967296", UINT32_MAX, &n));
	ck_assert(!number_parse("18446744073709551617", UINT32_MAX, &n));
	ck_assert(!number_parse("10", 9, &n));
	ck_assert(!number_parse_octal("1000", 0777, &n));
	ck_assert(!number_parse_octal("8", 0777, &n));
	ck_assert_uint_eq(n, 5);
}
END_TEST

START_TEST(long_numbers_are_read)
{
	static const char *const bad[] = {
		"", "-1", "+1", " 1", "1 ", "0x1", "18446744073709551616", "184467440737095516150",
	};
	uint64_t n = 7;
	ck_assert(number_parse_long("0", &n) && n == 0);
	ck_assert(number_parse_long("18446744073709551615", &n) && n == UINT64_MAX);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!number_parse_long(bad[i], &n) && n == UINT64_MAX, "'%s'", bad[i]);
}
END_TEST

START_TEST(seconds_are_read)
{
	static const struct {
		const char *text;
		int64_t ns;
	} good[] = {
		{ "0", 0 }, { "0.0", 0 }, { "00.000000000000", 0 },
		{ "1", 1000000000 }, { "1.", 1000000000 }, { ".5", 500000000 },
		{ "0.000000001", 1 }, { "0.0000000001", 1 }, { "2.1234567891", 2123456790 },
		{ "9223372036.854775807", INT64_MAX },
	};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		int64_t ns = -1;
		ck_assert_msg(seconds_parse(good[i].text, &ns), "%s", good[i].text);
		ck_assert_msg(ns == good[i].ns, "%s: %lld", good[i].text, (long long)ns);
	}
	static const char *const bad[] = { "", ".", "-1", "1s", "1.5.2", "9223372036.854775808" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int64_t ns = -1;
		ck_assert_msg(!seconds_parse(bad[i], &ns) && ns == -1, "%s", bad[i]);
	}
}
END_TEST

START_TEST(names_are_read)
{
	char a[] = "a", b[] = "b:c:12", again[] = "a:2";
	char *args[] = { a, b, again };
	struct names names;
	ck_assert_int_eq(names_parse("run", args, 3, &names), 0);
	ck_assert_uint_eq(names.count, 2);
	ck_assert_str_eq(names.wanted[0].name, "a");
	ck_assert_uint_eq(names.wanted[0].permits, 3);
	ck_assert_str_eq(names.wanted[1].name, "b:c");
	ck_assert_uint_eq(names.wanted[1].permits, 12);
	ck_assert_str_eq(names.text, "a b:c:12 a:2");
	names_free(&names);
}
END_TEST

START_TEST(json_is_written)
{
	struct text text;
	text_begin(&text);
	struct json json;
	json_begin(&json, text.file);
	json_text(&json, "text",
	          "\"\\/\x01\n\x1b\x7f\xff\xc3\xa4\xc2\x9b\xe2\x80\xae\xf3\xa0\x81\x81");
	json_signed(&json, "least", INT64_MIN);
	json_unsigned(&json, "most", UINT64_MAX);
	json_null(&json, "null");
	json_open_array(&json, "array");
	json_unsigned(&json, NULL, 1);
	json_open_object(&json, NULL);
	json_close(&json);
	json_open_array(&json, NULL);
	json_close(&json);
	json_close(&json);
	json_end(&json);
	text_end(&text);
	ck_assert_str_eq(text.bytes,
	                 "{\"text\": \"\\\"\\\\/\\u0001\\u000a\\u001b\\u007f\\ufffd\xc3\xa4"
	                 "\\u009b\\u202e\\udb40\\udc41\", "
	                 "\"least\": -9223372036854775808, \"most\": 18446744073709551615, "
	                 "\"null\": null, \"array\": [1, {}, []]}\n");
	free(text.bytes);
}
END_TEST

START_TEST(patterns_match_whole_names)
{
	static const struct {
		const char *pattern, *name;
		bool matches;
	} cases[] = {
		{ "", "", true }, { "", "a", false }, { "a", "a", true }, { "a", "ab", false },
		{ "a", "", false }, { "a*", "a", true }, { "*", "", true }, { "**", "a", true },
		{ "*a", "banana", true }, { "*an*an*", "banana", true },
		{ "*ann*", "banana", false },
		{ "a*c*e", "abcde", true }, { "a*c*e", "abcd", false },
		{ "?", "a", true }, { "?", "", false }, { "?", "ab", false }, { "?*", "", false },
		{ "*", "a/b", true }, { "?", "/", true }, { "*", ".a", true },
		{ "[ab]", "b", true }, { "[ab]", "c", false }, { "[a-c]d", "bd", true },
		{ "[a-c]", "d", false }, { "[!a-c]", "d", true }, { "[!a-c]", "b", false },
		{ "[^a]", "b", true }, { "[]a]", "]", true }, { "[!]a]", "]", false },
		{ "[!]a]", "b", true }, { "[a-]", "-", true }, { "[-a]", "-", true },
		{ "[a", "[a", true }, { "[a", "a", false }, { "[", "[", true },
		{ "[]", "[]", true },
		{ "[[]", "[", true }, { "[\\]]", "]", true }, { "[a\\-c]", "b", false },
		{ "[[:digit:]x]", "7", true }, { "[[:digit:]]", "x", false },
		{ "[![:upper:]]", "X", false }, { "*[!0-9]", "a1b", true },
		{ "*[!0-9]", "a1", false },
		{ "\\*", "*", true }, { "\\*", "a", false }, { "\\a", "a", true },
		{ "a\\", "a", false }, { "\\\\", "\\", true }, { "\\[a]", "[a]", true },
		{ "\xc3\xa4*", "\xc3\xa4h", true }, { "*\xa4", "\xa4", true },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(pattern_matches(cases[i].pattern, cases[i].name) == cases[i].matches,
		              "'%s' and '%s'", cases[i].pattern, cases[i].name);
}
END_TEST

START_TEST(what_is_not_printable_is_escaped)
{
	static const struct {
		const char *text;
		unsigned flags;
		const char *printed;
		size_t columns;
	} cases[] = {
		{ "a\t\\\xc3\xa4\xc3\x7f", 0, "a\\x09\\x5c\xc3\xa4\\xc3\\x7f", 18 },
		{ "a\t\\\xc3\xa4\xc3\x7f", PRINTABLE_SENTENCE, "a\\x09\\\xc3\xa4\\xc3\\x7f", 15 },
		{ "\xc3\xa4\\", PRINTABLE_ASCII, "\\xc3\\xa4\\x5c", 12 },
		{ "\xc2\x9b" "31m", 0, "\\xc2\\x9b31m", 11 },			/* C1 */
		{ "a\xe2\x80\xae" "b", 0, "a\\xe2\\x80\\xae" "b", 14 },		/* right to left */
		{ "\xe2\x80\xab", PRINTABLE_SENTENCE, "\\xe2\\x80\\xab", 12 },
		{ "\xd8\x9c", 0, "\\xd8\\x9c", 8 },				/* Arabic mark */
		{ "\xe2\x81\xa6", 0, "\\xe2\\x81\\xa6", 12 },			/* isolate */
		{ "\xe2\x80\x8b", 0, "\\xe2\\x80\\x8b", 12 },			/* zero width */
		{ "\xe2\x80\x8d", 0, "\\xe2\\x80\\x8d", 12 },			/* joiner */
		{ "\xc2\xad", 0, "\\xc2\\xad", 8 },				/* soft hyphen */
		{ "\xef\xbb\xbf", 0, "\\xef\\xbb\\xbf", 12 },		/* byte order mark */
		{ "\xef\xb8\x8f", 0, "\\xef\\xb8\\x8f", 12 },		/* variation selector */
		{ "\xf3\xa0\x81\x81", 0, "\\xf3\\xa0\\x81\\x81", 16 },		/* tag */
		{ "\xe2\x80\xa8", 0, "\\xe2\\x80\\xa8", 12 },			/* line separator */
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text printed;
		text_begin(&printed);
		size_t columns = printable_put(printed.file, cases[i].text, SIZE_MAX,
		                               cases[i].flags);
		text_end(&printed);
		ck_assert_str_eq(printed.bytes, cases[i].printed);
		ck_assert_msg(columns == cases[i].columns, "number %zu: %zu", i, columns);
		columns = printable_put(NULL, cases[i].text, SIZE_MAX, cases[i].flags);
		ck_assert_uint_eq(columns, cases[i].columns);
		free(printed.bytes);
	}
}
END_TEST

START_TEST(what_does_not_fit_is_cut_before_a_character)
{
	static const struct {
		const char *text;
		size_t most;
		const char *printed;
		size_t columns;
	} cases[] = {
		{ "a\tb", 0, "", 0 }, { "a\tb", 4, "a", 1 }, { "a\tb", 5, "a\\x09", 5 },
		{ "\xe6\x96\x87\xe5\xad\x97", 3, "\xe6\x96\x87", 2 },		/* both wide */
		{ "e\xcc\x81x", 1, "e\xcc\x81", 1 },				/* combining */
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text printed;
		text_begin(&printed);
		size_t columns = printable_put(printed.file, cases[i].text, cases[i].most, 0);
		text_end(&printed);
		ck_assert_str_eq(printed.bytes, cases[i].printed);
		ck_assert_msg(columns == cases[i].columns, "number %zu: %zu", i, columns);
		free(printed.bytes);
	}
}
END_TEST

START_TEST(characters_have_widths)
{
	static const struct {
		uint32_t point;
		size_t columns;
	} cases[] = {
		{ 'a', 1 }, { 0xe4, 1 }, { 0x2ff, 1 }, { 0x300, 0 }, { 0x36f, 0 }, { 0x370, 1 },
		{ 0x5d0, 1 }, { 0x10ff, 1 }, { 0x1100, 2 }, { 0x1161, 0 }, { 0x20ac, 1 },
		{ 0x20dd, 0 },
		{ 0x3042, 2 }, { 0x4e00, 2 }, { 0xac00, 2 }, { 0xff21, 2 }, { 0xff61, 1 },
		{ 0x1f3fb, 2 }, { 0x1f600, 2 }, { 0x20000, 2 }, { 0x3fffd, 2 }, { 0x10ffff, 1 },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(character_columns(cases[i].point) == cases[i].columns, "U+%04x",
		              (unsigned)cases[i].point);
}
END_TEST

/* The output of a table with these rows of cells. */
static char *aligned(size_t window, const char *const cells[][3], size_t rows)
{
	static const struct column columns[] = {
		{ "NAME", COLUMN_TEXT }, { "N", COLUMN_NUMBER }, { "COMMAND", COLUMN_CUT },
	};
	struct text printed;
	struct aligned *table = aligned_new(columns, 3, 0);
	ck_assert_ptr_nonnull(table);
	for (size_t i = 0; i < rows; i++)
		ck_assert_int_eq(aligned_row(table, cells[i]), 0);
	text_begin(&printed);
	ck_assert_int_eq(aligned_print(table, printed.file, window), 0);
	text_end(&printed);
	aligned_free(table);
	return printed.bytes;
}

START_TEST(tables_are_aligned)
{
	static const char *const cells[][3] = {
		{ "a", "10", "one" },
		{ "\xe6\x96\x87\xe5\xad\x97", "7", "two" },
		{ "e\xcc\x81", "123", "a command that is long" },
	};
	static const struct {
		size_t window;
		const char *printed;
	} cases[] = {
		{ 80, "NAME   N COMMAND\n"
		      "a     10 one\n"
		      "\xe6\x96\x87\xe5\xad\x97   7 two\n"
		      "e\xcc\x81    123 a command that is long\n" },
		{ 19, "NAME   N COMMAND\n"
		      "a     10 one\n"
		      "\xe6\x96\x87\xe5\xad\x97   7 two\n"
		      "e\xcc\x81    123 a command \n" },
		{ 3, "NAME   N COMMAND\n"
		     "a     10 one\n"
		     "\xe6\x96\x87\xe5\xad\x97   7 two\n"
		     "e\xcc\x81    123 a comma\n" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *printed = aligned(cases[i].window, cells, 3);
		ck_assert_str_eq(printed, cases[i].printed);
		free(printed);
	}
	char *nothing = aligned(80, cells, 0);
	ck_assert_str_eq(nothing, "");
	free(nothing);
}
END_TEST

START_TEST(texts_grow)
{
	struct text_buffer buffer = { .text = NULL };
	for (int i = 0; i < 1000; i++)
		text_buffer_print(&buffer, "%03d%s", i, i % 2 == 0 ? "" : "\xc3\xa4");
	char *text = text_buffer_take(&buffer);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(strlen(text), 4000);
	ck_assert_str_eq(text + 3992, "998999\xc3\xa4");
	free(text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text of semd-cli");
	TCase *tcase = suite_case(suite, "text");
	tcase_add_test(tcase, numbers_are_read);
	tcase_add_test(tcase, long_numbers_are_read);
	tcase_add_test(tcase, seconds_are_read);
	tcase_add_test(tcase, names_are_read);
	tcase_add_test(tcase, json_is_written);
	tcase_add_test(tcase, patterns_match_whole_names);
	tcase_add_test(tcase, what_is_not_printable_is_escaped);
	tcase_add_test(tcase, what_does_not_fit_is_cut_before_a_character);
	tcase_add_test(tcase, characters_have_widths);
	tcase_add_test(tcase, tables_are_aligned);
	tcase_add_test(tcase, texts_grow);
	return suite_run(suite);
}
