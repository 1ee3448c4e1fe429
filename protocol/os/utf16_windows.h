/*
 * utf16_windows.h - text as all of semd has it (UTF-8), and as Windows has it (UTF-16).
 */
#ifndef SEMD_PROTOCOL_OS_UTF16_WINDOWS_H
#define SEMD_PROTOCOL_OS_UTF16_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

/* False if it does not fit, or is not well-formed UTF-8. */
bool utf16_from_text(wchar_t *into, size_t room, const char *text);

/* False if it does not fit. Halves of pairs become U+FFFD. */
bool utf16_to_text(char *into, size_t room, const wchar_t *wide);

/* The same in new memory, the caller's to free; NULL: out of memory. What is not text becomes U+FFFD. */
wchar_t *utf16_of(const char *text);
char *utf16_text_of(const wchar_t *wide);

#endif
