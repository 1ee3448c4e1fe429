/*
 * command_windows.h - what CreateProcess wants of a program's arguments and environment. To be freed
 * by free.
 */
#ifndef SEMD_TESTS_COMMAND_WINDOWS_H
#define SEMD_TESTS_COMMAND_WINDOWS_H

#include <wchar.h>

/* One line that the program takes apart again into these. */
wchar_t *command_line(const char *const *argv);

/* Our environment with changes as in struct start. */
wchar_t *command_environment(const char *const *changes);

#endif
