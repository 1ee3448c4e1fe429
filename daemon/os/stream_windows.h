/* stream_windows.h - shows whether the client of a pipe is still connected. */
#ifndef SEMD_DAEMON_OS_STREAM_WINDOWS_H
#define SEMD_DAEMON_OS_STREAM_WINDOWS_H

#include <stdbool.h>
#include <uv.h>

/*
 * Whether the client's end of the pipe is open. If it is still open after a process was opened by
 * the pid that the pipe reports, no other process can have got that pid.
 */
bool stream_is_connected(HANDLE stream);

#endif
