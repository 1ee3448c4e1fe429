/* stream_windows.h - what else the daemon asks of a pipe. */
#ifndef SEMD_DAEMON_OS_STREAM_WINDOWS_H
#define SEMD_DAEMON_OS_STREAM_WINDOWS_H

#include <stdbool.h>
#include <uv.h>

/*
 * Whether the client's end is open. If it still is after a process was opened by the number that the
 * pipe tells, that number has not passed on to another.
 */
bool stream_is_connected(HANDLE stream);

#endif
