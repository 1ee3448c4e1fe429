/*
 * descriptor_unix.h - keeps the library's descriptors out of the program's way.
 */
#ifndef SEMD_CLIENT_LIB_OS_DESCRIPTOR_UNIX_H
#define SEMD_CLIENT_LIB_OS_DESCRIPTOR_UNIX_H

/*
 * A program may have closed a standard stream, and a new descriptor then gets its number; the
 * program's output would go there. This moves such a descriptor to a higher number. Returns that;
 * or -1 with errno, when the descriptor is closed, or was -1 before.
 */
int descriptor_lift(int fd) __attribute__((warn_unused_result));

#endif
