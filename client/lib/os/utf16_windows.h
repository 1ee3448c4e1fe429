/*
 * utf16_windows.h - text as the library has it (UTF-8), and as Windows has it (UTF-16).
 */
#ifndef SEMD_CLIENT_LIB_OS_UTF16_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_UTF16_WINDOWS_H

#include <stdbool.h>
#include <stddef.h>

enum { UTF16_REASON = 256 };

/* False if it does not fit, or is not well-formed UTF-8. */
bool utf16_from_text(wchar_t *into, size_t room, const char *text);

/* False if it does not fit; what is no character becomes a sign that says so. */
bool utf16_to_text(char *into, size_t room, const wchar_t *wide);

/*
 * A variable of the environment: 1 if it is set and not empty, 0 if not, -1 if there is no room for
 * it. Programs have no more rights here than whoever runs them gives them, so all of it can be
 * believed.
 */
int utf16_environment(const wchar_t *name, wchar_t *into, size_t room);

/* What an error of Windows means; returns `into`. */
const char *utf16_reason(unsigned long error, char into[UTF16_REASON]);

#endif
