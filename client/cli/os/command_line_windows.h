/*
 * command_line_windows.h - arguments made the one line that a program of Windows is started with.
 */
#ifndef SEMD_CLIENT_CLI_OS_COMMAND_LINE_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_COMMAND_LINE_WINDOWS_H

#include <wchar.h>

/* `argv` as a line which CommandLineToArgvW and the start of a C program take apart to the same words;
 * the caller's to free. NULL: out of memory. */
wchar_t *command_line_of(char **argv);

#endif
