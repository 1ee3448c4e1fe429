/*
 * log.c - writes the lines of the log, and limits their number.
 *
 * If standard error is not a terminal, each line begins with <N>, the priority for the journal of
 * systemd.
 */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/os/log_output.h"

enum { LINES_AT_ONCE = 10, LINE_ROOM = 4096 };

#define LINE_EACH UINT64_C(10000000000)	/* nanoseconds */

static const struct {
	const char *name;
	int priority;		/* of syslog */
} levels[] = {
	[LOG_ERROR] = { "error", 3 },
	[LOG_WARNING] = { "warning", 4 },
	[LOG_INFO] = { "info", 6 },
	[LOG_DEBUG] = { "debug", 7 },
};

static enum log_level highest = LOG_INFO;

void log_set_level(enum log_level level)
{
	highest = level;
}

bool log_shows(enum log_level level)
{
	return level <= highest;
}

int log_level_of(const char *name)
{
	for (int i = 0; i < (int)(sizeof(levels) / sizeof(levels[0])); i++) {
		if (strcmp(levels[i].name, name) == 0)
			return i;
	}
	return -1;
}

void log_line(enum log_level level, const char *format, ...)
{
	char line[LINE_ROOM];
	if (!log_shows(level))
		return;
	size_t size = 0;
	va_list arguments;
	if (!log_output_is_terminal())
		size = (size_t)snprintf(line, sizeof(line), "<%d>", levels[level].priority);
	size += (size_t)snprintf(line + size, sizeof(line) - size, "semd: ");
	va_start(arguments, format);
	vsnprintf(line + size, sizeof(line) - size - 1, format, arguments);
	va_end(arguments);
	strcat(line, "\n");
	log_output_write(line);
}

bool log_allows(struct log_limit *limit, uint64_t now, enum log_level level, const char *what)
{
	uint64_t passed = (now - limit->forgiven) / LINE_EACH;
	limit->lines -= passed < limit->lines ? (unsigned)passed : limit->lines;
	limit->forgiven += passed * LINE_EACH;
	if (limit->lines == LINES_AT_ONCE) {
		limit->left_out++;
		return false;
	}
	limit->lines++;
	if (limit->left_out > 0)
		log_line(level, "%s: %" PRIu64 " more were not logged", what, limit->left_out);
	limit->left_out = 0;
	return true;
}
