/*
 * descriptor_unix.h - descriptors that the library keeps open in a program that is not its own.
 */
#ifndef SEMD_CLIENT_LIB_OS_DESCRIPTOR_UNIX_H
#define SEMD_CLIENT_LIB_OS_DESCRIPTOR_UNIX_H

/*
 * Moves a new descriptor out of the place of a standard stream that the program has closed, or its
 * output would go there. Returns its number, or -1 (it is closed then); -1 is handed on, with errno.
 */
int descriptor_lift(int fd) __attribute__((warn_unused_result));

#endif
