/*
 * command_windows.h - arguments and environment in the form that CreateProcess takes. Free the
 * results with free.
 */
#ifndef SEMD_TESTS_COMMAND_WINDOWS_H
#define SEMD_TESTS_COMMAND_WINDOWS_H

#include <wchar.h>

/* One line that the program splits into the same arguments again. */
wchar_t *command_line(const char *const *argv);

/* Our environment with changes as in struct start. */
wchar_t *command_environment(const char *const *changes);

#endif
