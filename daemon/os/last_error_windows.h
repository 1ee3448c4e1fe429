/*
 * last_error_windows.h - the reason why the last call of Windows failed, as text for the log.
 */
#ifndef SEMD_DAEMON_OS_LAST_ERROR_WINDOWS_H
#define SEMD_DAEMON_OS_LAST_ERROR_WINDOWS_H

const char *last_error_text(void);

#endif
