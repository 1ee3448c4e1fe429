/*
 * last_error_windows.h - why the last call of Windows failed, in words for the log.
 */
#ifndef SEMD_DAEMON_OS_LAST_ERROR_WINDOWS_H
#define SEMD_DAEMON_OS_LAST_ERROR_WINDOWS_H

const char *last_error_text(void);

#endif
