/*
 * cli_text.c - what semd-cli makes of text: numbers, seconds, names with permits, patterns, JSON. The bytes here do not come from our library, which cleans what it sends, but may from
 * another.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/cli/print/buffer.h"
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
	json_text(&json, "text", "\"\\/\x01\n\x1b\x7f\xff\xc3\xa4");
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
	                 "{\"text\": \"\\\"\\\\/\\u0001\\u000a\\u001b\\u007f\\ufffd\xc3\xa4\", "
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
		{ "*a", "banana", true }, { "*an*an*", "banana", true }, { "*ann*", "banana", false },
		{ "a*c*e", "abcde", true }, { "a*c*e", "abcd", false },
		{ "?", "a", true }, { "?", "", false }, { "?", "ab", false }, { "?*", "", false },
		{ "*", "a/b", true }, { "?", "/", true }, { "*", ".a", true },
		{ "[ab]", "b", true }, { "[ab]", "c", false }, { "[a-c]d", "bd", true },
		{ "[a-c]", "d", false }, { "[!a-c]", "d", true }, { "[!a-c]", "b", false },
		{ "[^a]", "b", true }, { "[]a]", "]", true }, { "[!]a]", "]", false },
		{ "[!]a]", "b", true }, { "[a-]", "-", true }, { "[-a]", "-", true },
		{ "[a", "[a", true }, { "[a", "a", false }, { "[", "[", true }, { "[]", "[]", true },
		{ "[[]", "[", true }, { "[\\]]", "]", true }, { "[a\\-c]", "b", false },
		{ "[[:digit:]x]", "7", true }, { "[[:digit:]]", "x", false },
		{ "[![:upper:]]", "X", false }, { "*[!0-9]", "a1b", true }, { "*[!0-9]", "a1", false },
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
	static const char text[] = "a\t\\\xc3\xa4\xc3\x7f";
	struct text printed;
	text_begin(&printed);
	ck_assert_uint_eq(printable_put(printed.file, text, SIZE_MAX), 1 + 4 + 4 + 1 + 4 + 4);
	fputc(' ', printed.file);
	ck_assert_uint_eq(printable_put(printed.file, text, 8), 5);
	text_end(&printed);
	ck_assert_str_eq(printed.bytes, "a\\x09\\x5c\xc3\xa4\\xc3\\x7f a\\x09");
	ck_assert_uint_eq(printable_put(NULL, text, 10), 10);
	free(printed.bytes);
}
END_TEST

START_TEST(texts_grow)
{
	struct buffer buffer = { .text = NULL };
	for (int i = 0; i < 1000; i++)
		buffer_print(&buffer, "%03d%s", i, i % 2 == 0 ? "" : "\xc3\xa4");
	char *text = buffer_take(&buffer);
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
	tcase_add_test(tcase, texts_grow);
	return suite_run(suite);
}
