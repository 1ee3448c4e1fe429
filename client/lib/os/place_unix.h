/*
 * place_unix.h - places on Unix: the path of a socket, and for the user's own its folder.
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

/* The value of an environment variable; NULL if it is not set, is empty, or may not be trusted. */
const char *place_environment(const char *name);

#endif
