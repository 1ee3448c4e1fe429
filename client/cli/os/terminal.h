/*
 * terminal.h - the terminal, or the console of Windows, that a stream may be.
 */
#ifndef SEMD_CLIENT_CLI_OS_TERMINAL_H
#define SEMD_CLIENT_CLI_OS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

bool terminal_is(FILE *stream);

/* The width of the terminal that standard output is, in columns; 80 where nothing tells it. */
size_t terminal_columns(void);

/* Whether terminals show UTF-8. Where they do not, bytes of a character may be commands to them. */
bool terminal_shows_utf8(void);

#endif
