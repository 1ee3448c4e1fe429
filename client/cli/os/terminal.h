/*
 * terminal.h - whether a stream is a terminal (on Windows a console), and what a terminal can show.
 */
#ifndef SEMD_CLIENT_CLI_OS_TERMINAL_H
#define SEMD_CLIENT_CLI_OS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

bool terminal_is(FILE *stream);

/* The width in columns of the terminal on standard output; 80 if it is not known. */
size_t terminal_columns(void);

/* Whether terminals show UTF-8. A terminal that does not may take bytes of a character for
 * commands. */
bool terminal_shows_utf8(void);

#endif
