/*
 * log_output.h - where the log's lines go: standard error.
 */
#ifndef SEMD_DAEMON_OS_LOG_OUTPUT_H
#define SEMD_DAEMON_OS_LOG_OUTPUT_H

#include <stdbool.h>

bool log_output_is_terminal(void);

/*
 * A whole line. Nobody can be told when that fails, and clients do not wait for whoever reads it: a line
 * for which there is no room is dropped.
 */
void log_output_write(const char *line);

#endif
