/*
 * place.h - where the daemon is found, and whether what is found there may be trusted.
 *
 * An address that was told is trusted. Of one that was found the path is checked, not the listener.
 */
#ifndef SEMD_CLIENT_PLACE_H
#define SEMD_CLIENT_PLACE_H

#include <stdbool.h>

enum { PLACE_PATH = 108 };	/* the room for the path of a socket */

enum place_kind { PLACE_TOLD, PLACE_SYSTEM, PLACE_USER };

struct place {
	enum place_kind kind;
	char path[PLACE_PATH];
	char folder[PLACE_PATH];	/* of PLACE_USER */
};

#define PLACE_CHECK __attribute__((warn_unused_result))

/* The place to which `address` leads, NULL as semd_connect says. 0 or a negative error, explained. */
int place_find(const char *address, struct place *place) PLACE_CHECK;

/* Whether what is there can be trusted: 0, SOCKET_NOBODY (nothing is there), or a negative error. */
int place_check(const struct place *place) PLACE_CHECK;
int place_check_system(const char *path) PLACE_CHECK;

/* Makes the user's folder if it is not there, and checks it. */
int place_make_folder(const struct place *place) PLACE_CHECK;

/* Whether this program runs with more rights than its user. */
bool place_is_privileged(void);

/* A variable of the environment that is set, not empty, and may be believed; or NULL. */
const char *place_environment(const char *name);

#endif
