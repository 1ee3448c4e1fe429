/*
 * reason_windows.h - what an error of Windows means, in words.
 */
#ifndef SEMD_CLIENT_LIB_OS_REASON_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_REASON_WINDOWS_H

enum { REASON = 256 };

/* Returns `into`. */
const char *reason_text(unsigned long error, char into[REASON]);

#endif
