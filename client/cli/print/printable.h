/*
 * printable.h - text that semd-cli did not write, made safe for a reader: names of semaphores,
 * commands of clients, words of a command line.
 *
 * Control characters, invisible characters (characters.h) and bytes that are not UTF-8 could
 * command a terminal, or make a name look like another. Each of their bytes is written as \xHH. The
 * backslash is escaped as well, so that nobody can fake an escape.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_PRINTABLE_H
#define SEMD_CLIENT_CLI_PRINT_PRINTABLE_H

#include <stddef.h>
#include <stdio.h>

enum printable {
	PRINTABLE_ASCII = 1,	/* escape all characters beyond ASCII */
	PRINTABLE_SENTENCE = 2	/* keep backslashes, for paths of Windows */
};

/* Flags for text on a stream: PRINTABLE_ASCII if it is a terminal that does not show UTF-8. */
unsigned printable_on(FILE *stream);

/* Writes as many characters of `text` as fit into `most` columns; returns the number of columns
 * used. With NULL for `to` it only counts. */
size_t printable_put(FILE *to, const char *text, size_t most, unsigned flags);

#endif
