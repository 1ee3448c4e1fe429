/*
 * process_windows.h - functions of process_windows.c for the other files of Windows.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROCESS_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_PROCESS_WINDOWS_H

/* Translates a result of GetLastError to a number of errno. */
int process_errno(unsigned long error);

/* Gives the console back the code page that it had before process_begin. */
void process_leave_console(void);

#endif
