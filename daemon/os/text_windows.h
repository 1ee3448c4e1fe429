/*
 * text_windows.h - text is UTF-8 in the daemon, and UTF-16 where Windows is asked.
 */
#ifndef SEMD_DAEMON_OS_TEXT_WINDOWS_H
#define SEMD_DAEMON_OS_TEXT_WINDOWS_H

#include <wchar.h>

/* To be freed; NULL if there is no memory. What is no text becomes U+FFFD. */
wchar_t *text_to_wide(const char *text);
char *text_from_wide(const wchar_t *text);

/* What the last call of Windows has failed with. */
const char *text_last_error(void);

#endif
