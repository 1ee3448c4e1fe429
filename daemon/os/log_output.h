/*
 * log_output.h - writes lines of the log to standard error.
 */
#ifndef SEMD_DAEMON_OS_LOG_OUTPUT_H
#define SEMD_DAEMON_OS_LOG_OUTPUT_H

#include <stdbool.h>

bool log_output_is_terminal(void);

/*
 * Writes a whole line. A failure cannot be reported anywhere, and clients must not wait for the
 * reader of the log, so a line without room is dropped.
 */
void log_output_write(const char *line);

#endif
