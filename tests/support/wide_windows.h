/*
 * wide_windows.h - UTF-8 as the tests have it, UTF-16 as Windows wants it.
 */
#ifndef SEMD_TESTS_WIDE_WINDOWS_H
#define SEMD_TESTS_WIDE_WINDOWS_H

#include <wchar.h>

#include "tests/support/support.h"

/* To be freed by free. */
wchar_t *wide_of_text(const char *text);

/* A path with the separators that Windows has. */
wchar_t *wide_of_path(const char *path);

/* Dies if it does not fit. */
void text_of_wide(char *text, size_t size, const wchar_t *wide);

#endif
