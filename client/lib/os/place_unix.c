/*
 * place_unix.c - see place.h.
 *
 * After the check only trusted users can change the place: the folder of the system's socket can be
 * written by root alone, the folder of the user's socket by the user alone.
 */
#include "config.h"

#include "client/lib/os/place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/lib/error.h"
#include "client/semd.h"
#include "client/lib/os/socket.h"

static const char system_socket[] = "/run/semd.sock";

bool place_is_privileged(void)
{
	return getauxval(AT_SECURE) != 0;
}

const char *place_environment(const char *name)
{
	const char *value = secure_getenv(name);
	return value && *value ? value : NULL;
}

static int not_trusted(const char *path, const char *why)
{
	return error_say(SEMD_ECONN, "%s cannot be trusted: %s", path, why);
}

static int cannot_look(const char *path)
{
	return error_say(SEMD_ECONN, "%s: %s", path, strerror(errno));
}

/* The folder must be root's and closed to others, or another user could put a socket there. */
static int check_system_folder(const char *path)
{
	char folder[PLACE_PATH];
	struct stat status;
	const char *slash = strrchr(path, '/');
	int size = slash && slash > path ? (int)(slash - path) : 1;
	snprintf(folder, sizeof(folder), "%.*s", size, path);
	if (lstat(folder, &status) != 0)
		return cannot_look(folder);
	if (!S_ISDIR(status.st_mode) || status.st_uid != 0)
		return not_trusted(path, "its folder is not a directory of root's");
	if (status.st_mode & (S_IWGRP | S_IWOTH))
		return not_trusted(path, "others than root may write to its folder");
	return 0;
}

int place_check_system(const char *path)
{
	struct stat status;
	if (lstat(path, &status) != 0)
		return errno == ENOENT ? SOCKET_NOBODY : cannot_look(path);
	if (!S_ISSOCK(status.st_mode))
		return not_trusted(path, "it is not a socket");
	if (status.st_uid != 0)
		return error_say(SEMD_ECONN, "%s cannot be trusted: its owner is user %u, not root", path,
		                 (unsigned)status.st_uid);
	return check_system_folder(path);
}

static int check_folder(const char *folder)
{
	struct stat status;
	if (lstat(folder, &status) != 0)
		return errno == ENOENT ? SOCKET_NOBODY : cannot_look(folder);
	if (!S_ISDIR(status.st_mode))
		return not_trusted(folder, "it is not a directory");
	if (status.st_uid != geteuid())
		return error_say(SEMD_ECONN, "%s cannot be trusted: its owner is user %u, not you (%u); "
		                 "have it removed, or set XDG_RUNTIME_DIR", folder,
		                 (unsigned)status.st_uid, (unsigned)geteuid());
	if ((status.st_mode & 0777) != 0700)
		return error_say(SEMD_ECONN, "%s cannot be trusted: its mode is %04o; chmod it to 0700",
		                 folder, status.st_mode & 0777u);
	return 0;
}

static int check_user(const struct place *place)
{
	struct stat status;
	int r = check_folder(place->folder);
	if (r != 0)
		return r;
	if (lstat(place->path, &status) != 0)
		return errno == ENOENT ? SOCKET_NOBODY : cannot_look(place->path);
	if (!S_ISSOCK(status.st_mode))
		return not_trusted(place->path, "it is not a socket; remove it");
	if (status.st_uid != geteuid())
		return error_say(SEMD_ECONN, "%s cannot be trusted: its owner is user %u, not you (%u)",
		                 place->path, (unsigned)status.st_uid, (unsigned)geteuid());
	return 0;
}

int place_check(const struct place *place)
{
	switch (place->kind) {
	case PLACE_SYSTEM:
		return place_check_system(place->path);
	case PLACE_USER:
		return check_user(place);
	case PLACE_TOLD:
		break;
	}
	return 0;
}

/* The path was checked before: no other user can listen there. */
int place_check_listener(const struct place *place, const struct socket *socket)
{
	(void)place;
	(void)socket;
	return 0;
}

int place_make_folder(const struct place *place)
{
	if (mkdir(place->folder, 0700) != 0 && errno != EEXIST)
		return error_say(SEMD_ECONN, "%s cannot be made: %s", place->folder, strerror(errno));
	int r = check_folder(place->folder);
	return r == SOCKET_NOBODY ? cannot_look(place->folder) : r;
}

static bool is_directory(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int find_user(struct place *place)
{
	unsigned uid = (unsigned)geteuid();
	const char *runtime = place_environment("XDG_RUNTIME_DIR");
	char users[sizeof("/run/user/") + 3 * sizeof(uid)];
	int size;
	place->kind = PLACE_USER;
	snprintf(users, sizeof(users), "/run/user/%u", uid);
	if (runtime && *runtime == '/')
		size = snprintf(place->folder, PLACE_PATH, "%s/semd", runtime);
	else if (is_directory(users))
		size = snprintf(place->folder, PLACE_PATH, "%s/semd", users);
	else
		size = snprintf(place->folder, PLACE_PATH, "/tmp/semd-%u", uid);
	if (size < PLACE_PATH)
		size = snprintf(place->path, PLACE_PATH, "%s/semd.sock", place->folder);
	if (size >= PLACE_PATH)
		return error_say(SEMD_ECONN, "%s/semd/semd.sock is too long for the path of a socket; "
		                 "set SEMD_SOCKET to a shorter one", runtime);
	return 0;
}

static int tell(struct place *place, const char *path)
{
	place->kind = PLACE_TOLD;
	if (!*path || snprintf(place->path, PLACE_PATH, "%s", path) >= PLACE_PATH)
		return error_say(SEMD_EINVAL, "\"%s\": the path of a socket has 1 to %d bytes", path,
		                 PLACE_PATH - 1);
	return 0;
}

int place_find(const char *address, struct place *place)
{
	if (!address)
		address = place_environment("SEMD_SOCKET");
	if (address)
		return tell(place, address);
	place->kind = PLACE_SYSTEM;
	strcpy(place->path, system_socket);
	int r = place_check_system(system_socket);
	return r == SOCKET_NOBODY ? find_user(place) : r;
}
