/*
 * log.h - what the daemon tells the one who runs it, on standard error.
 *
 * A line reads "semd: THING: what went wrong: what to do". What a client sent is printed only by
 * deadlocks_log.c, which makes it harmless.
 */
#ifndef SEMD_DAEMON_LOG_H
#define SEMD_DAEMON_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Lines above this level are dropped; LOG_INFO until it is called. */
void log_set_level(enum log_level level);

/* The level of that name, or -1. */
int log_level_of(const char *name);

void log_line(enum log_level level, const char *format, ...)
	__attribute__((format(PRINTF_FORMAT, 2, 3)));

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

#endif
