/*
 * place_unix.h - places on Unix: the path of a socket, of the user's own the folder too.
 */
#ifndef SEMD_CLIENT_LIB_OS_PLACE_UNIX_H
#define SEMD_CLIENT_LIB_OS_PLACE_UNIX_H

enum { PLACE_PATH = 108 };

struct place {
	enum place_kind kind;
	char path[PLACE_PATH];
	char folder[PLACE_PATH];	/* of PLACE_USER */
};

int place_check_system(const char *path) PLACE_CHECK;

/* Makes the user's folder if it is not there, and checks it. */
int place_make_folder(const struct place *place) PLACE_CHECK;

/* A variable of the environment that is set, not empty, and may be believed; or NULL. */
const char *place_environment(const char *name);

#endif
