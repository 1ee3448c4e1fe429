/*
 * log.c - what is told, a line each.
 *
 * When standard error is no terminal each line begins with the <N> by which systemd's journal knows
 * its priority. It knows nothing of what it prints.
 */
#include "config.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "daemon/log.h"
#include "daemon/os/log_output.h"

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
	char line[1024];
	size_t size = 0;
	va_list arguments;

	if (level > highest)
		return;
	if (!log_output_is_terminal())
		size = (size_t)snprintf(line, sizeof(line), "<%d>", levels[level].priority);
	size += (size_t)snprintf(line + size, sizeof(line) - size, "semd: ");
	va_start(arguments, format);
	vsnprintf(line + size, sizeof(line) - size - 1, format, arguments);
	va_end(arguments);
	strcat(line, "\n");
	log_output_write(line);
}
