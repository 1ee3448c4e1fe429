/* stream_windows.h - another question about a pipe. */
#ifndef SEMD_DAEMON_OS_STREAM_WINDOWS_H
#define SEMD_DAEMON_OS_STREAM_WINDOWS_H

#include <stdbool.h>
#include <uv.h>

/*
 * Whether the client's end is open. If it still is after a process was opened by the pid that the
 * pipe reports, no other process can have got that pid.
 */
bool stream_is_connected(HANDLE stream);

#endif
