/*
 * socket_unix.h - a socket, and its identity in case the program has reused its number.
 */
#ifndef SEMD_CLIENT_LIB_OS_SOCKET_UNIX_H
#define SEMD_CLIENT_LIB_OS_SOCKET_UNIX_H

#include <stdint.h>

struct socket {
	int descriptor;		/* -1: none */
	uint64_t device, inode;
};

#define SOCKET_NONE ((struct socket){ .descriptor = -1 })

#endif
