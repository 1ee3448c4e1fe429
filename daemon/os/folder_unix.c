/*
 * folder_unix.c - the folder of the user's socket: $XDG_RUNTIME_DIR/semd, else /run/user/UID/semd,
 * else /tmp/semd-UID. The library looks in the same places.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/os/folder_unix.h"
#include "daemon/log.h"

static void choose(char *folder, size_t room)
{
	const char *runtime = secure_getenv("XDG_RUNTIME_DIR");
	unsigned uid = geteuid();
	struct stat status;
	char path[64];
	snprintf(path, sizeof(path), "/run/user/%u", uid);
	if (runtime && runtime[0] == '/')
		snprintf(folder, room, "%s/semd", runtime);
	else if (stat(path, &status) == 0)
		snprintf(folder, room, "%s/semd", path);
	else
		snprintf(folder, room, "/tmp/semd-%u", uid);
}

static int check(const char *folder)
{
	struct stat status;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		log_error("%s: %s: set XDG_RUNTIME_DIR, or give --socket", folder, strerror(errno));
		return -1;
	}
	if (lstat(folder, &status) != 0 || !S_ISDIR(status.st_mode) ||
	    status.st_uid != geteuid() || (status.st_mode & 0777) != 0700) {
		log_error("%s: it is not a folder of this user alone (mode 0700): remove it, "
		          "or give --socket", folder);
		return -1;
	}
	return 0;
}

char *folder_user_socket(void)
{
	char folder[PATH_MAX], path[PATH_MAX + sizeof("/semd.sock")];
	choose(folder, sizeof(folder));
	if (check(folder) != 0)
		return NULL;
	snprintf(path, sizeof(path), "%s/semd.sock", folder);
	return strdup(path);
}
