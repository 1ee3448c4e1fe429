/*
 * support_types_windows.h - what can be waited for: handles, of our ends of pipes, which are
 * overlapped, of processes and of events.
 */
#ifndef SEMD_TESTS_SUPPORT_TYPES_WINDOWS_H
#define SEMD_TESTS_SUPPORT_TYPES_WINDOWS_H

#include <stdint.h>

typedef void *support_descriptor;
typedef void *process_handle;

#define SUPPORT_DESCRIPTOR(number) ((void *)(intptr_t)(number))
#define NO_PROCESS NULL	/* the handle of none; -1 is the one of this process */

#endif
