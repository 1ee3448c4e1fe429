/*
 * place.h - where the daemon is found, and whether it may be trusted.
 *
 * An address that the program gives is trusted. For an address that the library finds, the owner is
 * checked: before connecting where that is possible, else before anything is sent.
 */
#ifndef SEMD_CLIENT_LIB_OS_PLACE_H
#define SEMD_CLIENT_LIB_OS_PLACE_H

#include <stdbool.h>

struct socket;

enum place_kind { PLACE_TOLD, PLACE_SYSTEM, PLACE_USER };

#define PLACE_CHECK __attribute__((warn_unused_result))

/* PLACE_PATH, the room for an address; struct place, with `kind`, `path` and what else is
 * needed. */
#include PLATFORM_HEADER(client/lib/os/place)

/* Finds the place for `address`, which may be NULL as in semd_connect. 0 or a negative error,
 * explained. */
int place_find(const char *address, struct place *place) PLACE_CHECK;

/* Checks before connecting: 0 (trusted), SOCKET_NOBODY (nothing is there) or a negative error. */
int place_check(const struct place *place) PLACE_CHECK;

/* Checks after connecting: 0 (trusted) or a negative error. */
int place_check_listener(const struct place *place, const struct socket *socket) PLACE_CHECK;

/* Whether this program runs with more rights than its user. */
bool place_is_privileged(void);

#endif
