/*
 * support_types_unix.h - what can be waited for: descriptors, pidfds among them.
 */
#ifndef SEMD_TESTS_SUPPORT_TYPES_UNIX_H
#define SEMD_TESTS_SUPPORT_TYPES_UNIX_H

typedef int support_descriptor;
typedef int process_handle;

#define SUPPORT_DESCRIPTOR(number) (number)
#define NO_PROCESS (-1)	/* no process handle */

#endif
