/*
 * quoting_windows.c - arguments put into a command line must come out unchanged.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "client/cli/os/command_line_windows.h"
#include "protocol/os/utf16_windows.h"
#include "tests/support/suite.h"

enum { MOST = 16, LONGEST = 24 };

static void compare(char **argv, int argc)
{
	int count;
	wchar_t *line = command_line_of(argv);
	ck_assert_ptr_nonnull(line);
	wchar_t **words = CommandLineToArgvW(line, &count);
	ck_assert_ptr_nonnull(words);
	ck_assert_int_eq(count, argc);
	for (int i = 0; i < argc; i++) {
		char *word = utf16_text_of(words[i]);
		ck_assert_str_eq(word, argv[i]);
		free(word);
	}
	LocalFree(words);
	free(line);
}

START_TEST(words_come_back)
{
	char *argv[] = {
		(char[]){ "C:\\a b\\" }, (char[]){ "" }, (char[]){ "a b" }, (char[]){ "\\" },
		(char[]){ "a\\" }, (char[]){ "a b\\" }, (char[]){ "a b\\\\" }, (char[]){ "\"" },
		(char[]){ "\\\"" }, (char[]){ "a\\\\\"b" }, (char[]){ "\t" }, (char[]){ "%PATH%" },
		(char[]){ "^&|<>*?" }, (char[]){ "--x=\"y z\"" },
		(char[]){ "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80" }, NULL,
	};
	compare(argv, sizeof(argv) / sizeof(argv[0]) - 1);
}
END_TEST

/* Random words of special characters only. */
START_TEST(any_words_come_back)
{
	static const char letters[] = "\"\\ \ta";
	char words[MOST][LONGEST + 1], *argv[MOST + 1];
	srand(1);
	for (int round = 0; round < 2000; round++) {
		int argc = 1 + rand() % MOST;
		snprintf(words[0], sizeof(words[0]), "program");
		for (int i = 0; i < argc; i++)
			argv[i] = words[i];
		argv[argc] = NULL;
		for (int i = 1; i < argc; i++) {
			int length = rand() % LONGEST;
			for (int j = 0; j < length; j++)
				words[i][j] = letters[(size_t)rand() % (sizeof(letters) - 1)];
			words[i][length] = '\0';
		}
		compare(argv, argc);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("command lines");
	TCase *tcase = suite_case(suite, "quoting");
	tcase_add_test(tcase, words_come_back);
	tcase_add_test(tcase, any_words_come_back);
	return suite_run(suite);
}
