/*
 * command_line_windows.c - see command_line_windows.h.
 */
#include "config.h"

#include "client/cli/os/command_line_windows.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/os/utf16_windows.h"

/* The first word is the name of a file: its quotes end it, and backslashes are ordinary
 * characters. */
static char *put_first(char *to, const char *word)
{
	*to++ = '"';
	for (; *word != '\0'; word++) {
		if (*word != '"')
			*to++ = *word;
	}
	*to++ = '"';
	return to;
}

/* Backslashes stand for themselves, except before a quote, where they are doubled. */
static char *put_word(char *to, const char *word)
{
	bool bare = *word != '\0' && !strpbrk(word, " \t\n\v\"");
	size_t backslashes = 0;
	if (!bare)
		*to++ = '"';
	for (; *word != '\0'; word++) {
		if (*word == '"') {
			for (size_t i = 0; i <= backslashes; i++)
				*to++ = '\\';
		}
		backslashes = *word == '\\' ? backslashes + 1 : 0;
		*to++ = *word;
	}
	if (bare)
		return to;
	for (size_t i = 0; i < backslashes; i++)
		*to++ = '\\';
	*to++ = '"';
	return to;
}

wchar_t *command_line_of(char **argv)
{
	enum { QUOTES_AND_BLANK = 3 };
	size_t size = 1;
	for (char **word = argv; *word; word++)
		size += 2 * strlen(*word) + QUOTES_AND_BLANK;
	char *line = malloc(size);
	if (!line)
		return NULL;
	char *end = put_first(line, argv[0]);
	for (char **word = argv + 1; *word; word++) {
		*end++ = ' ';
		end = put_word(end, *word);
	}
	*end = '\0';
	wchar_t *wide = utf16_of(line);
	free(line);
	return wide;
}
