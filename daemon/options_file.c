/*
 * options_file.c - the configuration file: a key and a value on each line, '#' begins a comment.
 *
 * The keys are the long options without dashes. options.c defines their meaning.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/options.h"
#include "daemon/os/setup.h"
#include "protocol/array.h"

static const char spaces[] = " \t\r\n";

/* Cuts trailing spaces off. */
static void trim(char *text)
{
	size_t size = strlen(text);
	while (size > 0 && strchr(spaces, text[size - 1]))
		text[--size] = '\0';
}

static enum options_result read_line(struct options *options, char *line, const char *place)
{
	char *key = line + strspn(line, spaces);
	char *value = key + strcspn(key, spaces);
	if (*key == '\0' || *key == '#')
		return OPTIONS_RUN;
	if (*value != '\0')
		*value++ = '\0';
	value += strspn(value, spaces);
	trim(value);

	char where[600];
	snprintf(where, sizeof(where), "%s: %.80s", place, key);
	return options_set(options, key, value, where);
}

/*
 * Reads a line of any length into `*line`, which grows as needed. Returns 1; 0 at the end of the
 * file; -1 with errno.
 */
static int next_line(FILE *file, char **line, size_t *room)
{
	size_t size = 0, read;
	do {
		char *grown = array_grow(*line, room, size + 1, 1);
		if (!grown)
			return -1;
		*line = grown;
		read = fread(*line + size, 1, 1, file);
		size += read;
	} while (read > 0 && (*line)[size - 1] != '\n');
	if (ferror(file))
		return -1;
	/* The last line may lack its newline. */
	(*line)[read > 0 ? size - 1 : size] = '\0';
	return size > 0;
}

static enum options_result refuse(const char *path)
{
	log_error("%s: %s: check the path given to --config", path, strerror(errno));
	return OPTIONS_REFUSED;
}

enum options_result options_read_file(struct options *options, const char *path)
{
	enum options_result result = OPTIONS_RUN;
	FILE *file = setup_open_file(path);
	if (!file)
		return refuse(path);

	char *line = NULL;
	size_t room = 0;
	int read = 1;
	for (int n = 1; result == OPTIONS_RUN && (read = next_line(file, &line, &room)) > 0; n++) {
		char place[512];
		snprintf(place, sizeof(place), "%.480s:%d", path, n);
		result = read_line(options, line, place);
	}
	if (read < 0)
		result = refuse(path);
	free(line);
	fclose(file);
	return result;
}
