/*
 * command_line_windows.h - arguments from and to the one line that a program of Windows is started with.
 */
#ifndef SEMD_CLIENT_CLI_OS_COMMAND_LINE_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_COMMAND_LINE_WINDOWS_H

#include <wchar.h>

/* From and to UTF-16; the caller's to free. NULL: out of memory. */
wchar_t *wide_of(const char *text);
char *utf8_of(const wchar_t *wide);

/* `argv` as a line which CommandLineToArgvW and the start of a C program take apart to the same words;
 * the caller's to free. NULL: out of memory. */
wchar_t *command_line_of(char **argv);

#endif
