/*
 * stream.h - what a connection is made of: a Unix-domain socket, or an instance of a named pipe.
 */
#ifndef SEMD_DAEMON_OS_STREAM_H
#define SEMD_DAEMON_OS_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/* Gives it to the loop, which closes it with `pipe`. 0, or a negative error: it is closed. */
int stream_open(uv_pipe_t *pipe, uv_os_fd_t stream) __attribute__((warn_unused_result));
void stream_close(uv_os_fd_t stream);

/*
 * Nothing more comes in: what is queued stays readable, and nothing but that may be read. Returns how
 * much it is, or SIZE_MAX where the kernel itself sees to it. The loop does not read it any more.
 */
size_t stream_freeze(uv_os_fd_t stream);

/* What is queued, without waiting; 0 when there is nothing (more). */
size_t stream_read_queued(uv_os_fd_t stream, uint8_t *into, size_t room);

#endif
