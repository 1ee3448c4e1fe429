/*
 * place.h - where the daemon is found, and whether what is found there may be trusted.
 *
 * An address that was told is trusted. Of one that was found it is checked whose it is: before one
 * connects where that can be seen, else before a word is said.
 */
#ifndef SEMD_CLIENT_LIB_OS_PLACE_H
#define SEMD_CLIENT_LIB_OS_PLACE_H

#include <stdbool.h>

struct socket;

enum place_kind { PLACE_TOLD, PLACE_SYSTEM, PLACE_USER };

#define PLACE_CHECK __attribute__((warn_unused_result))

/* PLACE_PATH, the room for an address; struct place, with `kind`, `path` and what else is needed. */
#include PLATFORM_HEADER(client/lib/os/place)

/* The place to which `address` leads, NULL as semd_connect says. 0 or a negative error, explained. */
int place_find(const char *address, struct place *place) PLACE_CHECK;

/* Whether what is there can be trusted: 0, SOCKET_NOBODY (nothing is there), or a negative error. */
int place_check(const struct place *place) PLACE_CHECK;

/* Whether what one has connected to there can be trusted: 0 or a negative error. */
int place_check_listener(const struct place *place, const struct socket *socket) PLACE_CHECK;

/* Whether this program runs with more rights than its user. */
bool place_is_privileged(void);

#endif
