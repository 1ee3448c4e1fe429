/*
 * words.h - words of a command line put together again.
 */
#ifndef SEMD_CLIENT_CLI_WORDS_H
#define SEMD_CLIENT_CLI_WORDS_H

#include <stddef.h>

/* The words with a blank between them; the caller's to free. NULL: out of memory. */
char *words_join(char **words, size_t count);

#endif
