/*
 * stream.h - the stream of a connection: a Unix-domain socket, or an instance of a named pipe.
 */
#ifndef SEMD_DAEMON_OS_STREAM_H
#define SEMD_DAEMON_OS_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/*
 * Hands the stream over to the loop; closing `pipe` closes it. After a negative error the stream is
 * closed already.
 */
int stream_open(uv_pipe_t *pipe, uv_os_fd_t stream) __attribute__((warn_unused_result));
void stream_close(uv_os_fd_t stream);

/*
 * Ends the input: only bytes already queued may still be read. Returns their number, or SIZE_MAX if
 * the kernel itself lets nothing more in. The loop must no longer read the stream.
 */
size_t stream_freeze(uv_os_fd_t stream);

/* Reads queued bytes without waiting; 0: there are none. */
size_t stream_read_queued(uv_os_fd_t stream, uint8_t *into, size_t room);

#endif
