/*
 * command_line_windows.h - the single line that hands a program of Windows its arguments.
 */
#ifndef SEMD_CLIENT_CLI_OS_COMMAND_LINE_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_COMMAND_LINE_WINDOWS_H

#include <wchar.h>

/* Quotes `argv` so that CommandLineToArgvW, and the start of a C program, get the same words
 * back. The line is the caller's to free. NULL: out of memory. */
wchar_t *command_line_of(char **argv);

#endif
