/*
 * printable.h - text of others where people read it: names of semaphores, commands of clients, words of a
 * command line.
 *
 * Bytes that could command a terminal, or make a name look like another, come out as \xHH: control
 * characters, characters that cannot be seen (characters.h), bytes that are not UTF-8, and the backslash
 * itself, so that escapes are not to be mistaken.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_PRINTABLE_H
#define SEMD_CLIENT_CLI_PRINT_PRINTABLE_H

#include <stddef.h>
#include <stdio.h>

enum printable {
	PRINTABLE_ASCII = 1,	/* characters beyond ASCII are escaped, too */
	PRINTABLE_SENTENCE = 2	/* backslashes are not: paths of Windows are full of them */
};

/* The flags for text on a stream: PRINTABLE_ASCII for a terminal that does not show UTF-8. */
unsigned printable_on(FILE *stream);

/* Writes as much of `text` as fits into `most` columns; returns how many it has filled. `to` NULL: only
 * counts. */
size_t printable_put(FILE *to, const char *text, size_t most, unsigned flags);

#endif
