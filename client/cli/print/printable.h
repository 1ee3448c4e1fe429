/*
 * printable.h - text of others on a terminal: what is not printable comes out as \xHH, and a backslash
 * as \x5c, so that no name or command line plays with it.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_PRINTABLE_H
#define SEMD_CLIENT_CLI_PRINT_PRINTABLE_H

#include <stddef.h>
#include <stdio.h>

/* Writes as much of `text` as has at most `most` columns, a character being one; returns how many it
 * has written. `to` NULL: only counts. */
size_t printable_put(FILE *to, const char *text, size_t most);

#endif
