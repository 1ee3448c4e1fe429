/*
 * socket_windows.h - a pipe. It has memory of its own, which operations under way write to.
 */
#ifndef SEMD_CLIENT_LIB_OS_SOCKET_WINDOWS_H
#define SEMD_CLIENT_LIB_OS_SOCKET_WINDOWS_H

struct pipe;

struct socket {
	struct pipe *pipe;	/* NULL: none */
};

#define SOCKET_NONE ((struct socket){ .pipe = NULL })

#endif
