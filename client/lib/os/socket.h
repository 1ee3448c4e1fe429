/*
 * socket.h - the stream to the daemon. Platform differences end here.
 */
#ifndef SEMD_CLIENT_LIB_OS_SOCKET_H
#define SEMD_CLIENT_LIB_OS_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include PLATFORM_HEADER(client/lib/os/socket)	/* struct socket, and SOCKET_NONE for none */

enum { SOCKET_NOBODY = 1 };	/* a condition: there is no listener at that path */

bool socket_is_open(const struct socket *socket);

/*
 * Connects; 0, SOCKET_NOBODY or a negative error that has been explained. With `interruptible`
 * socket_receive returns after every signal handler, where there are any.
 */
int socket_connect(const char *path, bool interruptible, struct socket *socket)
	__attribute__((warn_unused_result));

/*
 * Sends what there is room for, and says how much that was. If that fails the connection is cut: what
 * came in can still be read, and what is lost with it counts as sent.
 */
size_t socket_send(const struct socket *socket, const void *bytes, size_t size)
	__attribute__((warn_unused_result));
void socket_cut(const struct socket *socket);

/*
 * Waits for bytes: how many came, 0 at the end of the connection, or -1 if there are none yet and it
 * should be called again (`*interrupted`: a signal handler has run).
 */
long socket_receive(const struct socket *socket, void *into, size_t room, bool *interrupted);

/* The same without waiting. */
long socket_receive_now(const struct socket *socket, void *into, size_t room);

/* Waits until there is room to send, or the connection is at its end, or with `input` something can be
 * received, or a signal handler has run. */
void socket_wait(const struct socket *socket, bool input, bool *interrupted);

/*
 * Says that nothing more will be sent: where one side of a stream cannot be shut, by sending `word`, which
 * says that, after all that was taken to be sent. Does not wait.
 */
void socket_finish_sending(const struct socket *socket, const void *word, size_t size);

/* Reads until the other side has nothing more to say. */
void socket_finish(const struct socket *socket);

/* Closes our descriptor, if it still is that socket, and nothing else: a child that was forked must
 * not disturb its parent's connection. */
void socket_close(struct socket *socket);

#endif
