/*
 * utf8.h - which bytes of a text are characters.
 */
#ifndef SEMD_CLIENT_CLI_PRINT_UTF8_H
#define SEMD_CLIENT_CLI_PRINT_UTF8_H

#include <stddef.h>

/* How many bytes the character at `text` has, 1 to 4; 0 if what stands there is not UTF-8. `text`
 * ends with a zero. */
size_t utf8_length(const char *text);

#endif
