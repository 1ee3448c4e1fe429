/*
 * support_types_windows.h - what can be waited for: handles of our (overlapped) ends of pipes, of
 * processes and of events.
 */
#ifndef SEMD_TESTS_SUPPORT_TYPES_WINDOWS_H
#define SEMD_TESTS_SUPPORT_TYPES_WINDOWS_H

#include <stdint.h>

typedef void *support_descriptor;
typedef void *process_handle;

#define SUPPORT_DESCRIPTOR(number) ((void *)(intptr_t)(number))
#define NO_PROCESS NULL	/* no process handle; -1 is this process's */

#endif
