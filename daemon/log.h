/*
 * log.h - messages for the person who runs the daemon, on standard error.
 *
 * A line reads "semd: THING: what went wrong: what to do". Text that a client sent is printed
 * only by deadlocks_log.c and message_log.c, which make it harmless.
 */
#ifndef SEMD_DAEMON_LOG_H
#define SEMD_DAEMON_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Lines above this level are dropped; LOG_INFO until it is called. */
void log_set_level(enum log_level level);

/* Whether lines of this level are written. */
bool log_shows(enum log_level level);

/* The level of that name, or -1. */
int log_level_of(const char *name);

void log_line(enum log_level level, const char *format, ...)
	__attribute__((format(PRINTF_FORMAT, 2, 3)));

/*
 * Keeps clients from filling the log: of the lines that share a limit ten may come at once, and
 * one more for each ten seconds. Begins as zeroes.
 */
struct log_limit {
	unsigned lines;		/* that were logged, less those that time has made up for */
	uint64_t forgiven;	/* the time until which that was done */
	uint64_t left_out;	/* lines since the last that was logged */
};

/*
 * Whether a line may be logged now; `now` is in nanoseconds. The first line that is allowed again
 * comes after one that says how many lines about `what` were left out.
 */
bool log_allows(struct log_limit *limit, uint64_t now, enum log_level level, const char *what)
	__attribute__((warn_unused_result));

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

#endif
