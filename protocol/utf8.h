/*
 * utf8.h - the characters of a text: well-formed UTF-8 is told from other bytes here, and nowhere
 * else.
 */
#ifndef SEMD_PROTOCOL_UTF8_H
#define SEMD_PROTOCOL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The number of bytes, 1 to 4, of the character that begins at `text`, of which `size` bytes may be
 * read; `*point` is its code point. 0: these bytes are not UTF-8.
 */
size_t utf8_decode(const char *text, size_t size, uint32_t *point);

/*
 * Reads one character of a zero-terminated text, which must not be at its end; returns what
 * follows. A byte that is not UTF-8 counts as a character by itself, with UTF8_NONE as its code
 * point.
 */
#define UTF8_NONE UINT32_MAX
const char *utf8_next(const char *text, uint32_t *point);

/* Whether a character is a control character: C0, DEL or C1. */
bool utf8_is_control(uint32_t point);

/*
 * Whether all of a text is UTF-8 without control characters, as names of semaphores and labels
 * must be.
 */
bool utf8_is_text(const char *text, size_t size);

#endif
