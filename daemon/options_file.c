/*
 * options_file.c - the configuration file: a key and a value on each line, '#' begins a comment.
 *
 * The keys are the long options without dashes; what they mean is options.c's business.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/options.h"

static const char spaces[] = " \t\r\n";

/* Cuts what is behind the last byte that is no space. */
static void trim(char *text)
{
	size_t size = strlen(text);

	while (size > 0 && strchr(spaces, text[size - 1]) != NULL)
		text[--size] = '\0';
}

static enum options_result read_line(struct options *options, char *line, const char *place)
{
	char where[600];
	char *key = line + strspn(line, spaces);
	char *value = key + strcspn(key, spaces);

	if (*key == '\0' || *key == '#')
		return OPTIONS_RUN;
	if (*value != '\0')
		*value++ = '\0';
	value += strspn(value, spaces);
	trim(value);
	snprintf(where, sizeof(where), "%s: %.80s", place, key);
	return options_set(options, key, value, where);
}

enum options_result options_read_file(struct options *options, const char *path)
{
	enum options_result result = OPTIONS_RUN;
	FILE *file = fopen(path, "re");
	char *line = NULL;
	char place[512];
	size_t room = 0;

	if (file == NULL) {
		log_error("%s: %s: check the path given to --config", path, strerror(errno));
		return OPTIONS_REFUSED;
	}
	for (int n = 1; result == OPTIONS_RUN && getline(&line, &room, file) != -1; n++) {
		snprintf(place, sizeof(place), "%.480s:%d", path, n);
		result = read_line(options, line, place);
	}
	if (result == OPTIONS_RUN && ferror(file)) {
		log_error("%s: %s: check the path given to --config", path, strerror(errno));
		result = OPTIONS_REFUSED;
	}
	free(line);
	fclose(file);
	return result;
}
