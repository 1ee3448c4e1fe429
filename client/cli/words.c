/*
 * words.c - see words.h.
 */
#include "config.h"

#include "client/cli/words.h"

#include <stdlib.h>
#include <string.h>

char *words_join(char **words, size_t count)
{
	size_t size = 1;
	for (size_t i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	char *text = malloc(size), *end = text;
	if (text == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			*end++ = ' ';
		size_t length = strlen(words[i]);
		memcpy(end, words[i], length);
		end += length;
	}
	*end = '\0';
	return text;
}
