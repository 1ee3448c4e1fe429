/*
 * process_windows.h - what process_windows.c and program_windows.c share.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROCESS_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_PROCESS_WINDOWS_H

/* The number that errno has for what GetLastError has returned. */
int process_errno(unsigned long error);

/* The console is as it was before process_begin. */
void process_leave_console(void);

#endif
