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
 * Keeps clients from filling the log: of the lines that share a limit, ten may be logged at once,
 * and one more for every ten seconds. Initially all zero.
 */
struct log_limit {
	unsigned lines;		/* lines logged, less one for every ten seconds since */
	uint64_t forgiven;	/* the time up to which these seconds are counted */
	uint64_t left_out;	/* lines left out since the last line that was logged */
};

/*
 * Whether a line may be logged now; `now` is in nanoseconds. If lines about `what` were left out
 * before, it first logs a line with their number.
 */
bool log_allows(struct log_limit *limit, uint64_t now, enum log_level level, const char *what)
	__attribute__((warn_unused_result));

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)

#endif
