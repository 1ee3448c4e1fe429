/*
 * wide_windows.h - conversions between UTF-8, which the tests use, and the UTF-16 of Windows.
 */
#ifndef SEMD_TESTS_WIDE_WINDOWS_H
#define SEMD_TESTS_WIDE_WINDOWS_H

#include <wchar.h>

#include "tests/support/support.h"

/* Free the results with free. */
wchar_t *wide_of_text(const char *text);

/* A path, with the separators of Windows. */
wchar_t *wide_of_path(const char *path);

/* Dies if it does not fit. */
void text_of_wide(char *text, size_t size, const wchar_t *wide);

#endif
