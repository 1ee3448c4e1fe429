/*
 * socket.h - the stream to the daemon. Platform differences end here.
 */
#ifndef SEMD_CLIENT_LIB_OS_SOCKET_H
#define SEMD_CLIENT_LIB_OS_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include PLATFORM_HEADER(client/lib/os/socket)	/* struct socket, and SOCKET_NONE for none */

enum { SOCKET_NOBODY = 1 };	/* no error: there is no listener at that path */

bool socket_is_open(const struct socket *socket);

/*
 * Connects. 0, SOCKET_NOBODY or a negative error, explained. With `interruptible` socket_receive
 * returns after every signal handler, on platforms that have them.
 */
int socket_connect(const char *path, bool interruptible, struct socket *socket)
	__attribute__((warn_unused_result));

/*
 * Sends as much as there is room for and returns how much that was. If that fails the connection is
 * cut: input that has come can still be read, and the bytes that are lost count as sent.
 */
size_t socket_send(const struct socket *socket, const void *bytes, size_t size)
	__attribute__((warn_unused_result));
void socket_cut(const struct socket *socket);

/*
 * Waits for bytes. Returns their number, 0 at the end of the connection, or -1 if there are none
 * yet and it should be called again (`*interrupted`: a signal handler has run).
 */
long socket_receive(const struct socket *socket, void *into, size_t room, bool *interrupted);

/* The same without waiting. */
long socket_receive_now(const struct socket *socket, void *into, size_t room);

/* Waits until there is room to send, the connection ends, or a signal handler has run; with `input`
 * also until something can be received. */
void socket_wait(const struct socket *socket, bool input, bool *interrupted);

/*
 * Tells the other side that nothing more will be sent: shuts that side of the stream or, where that
 * is not possible, sends the frame `word`, which says so, after all bytes taken before. Does not
 * wait.
 */
void socket_finish_sending(const struct socket *socket, const void *word, size_t size);

/* Reads until the other side has closed. */
void socket_finish(const struct socket *socket);

/* Closes our descriptor if it still is that socket, without shutting the stream down: a forked
 * child must not disturb its parent's connection. */
void socket_close(struct socket *socket);

#endif
