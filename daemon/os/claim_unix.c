/*
 * claim_unix.c - decides which daemon owns a path.
 *
 * The lock on PATH.lock decides: only its holder may remove or bind PATH. Two daemons that start at
 * once, or a daemon that starts while another ends, thus cannot take each other's socket away. The
 * lock file is never removed, since otherwise two daemons could each hold a lock of that name.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/log.h"
#include "daemon/os/claim_unix.h"

static int refuse(const char *path, const char *what, const char *advice)
{
	log_error("%s: %s: %s", path, what, advice);
	return -1;
}

static int set_address(const char *path, struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(address->sun_path)) {
		log_error("%s: the path of a socket has at most %zu bytes: choose a shorter one",
		          path, sizeof(address->sun_path) - 1);
		return -1;
	}
	memcpy(address->sun_path, path, strlen(path));
	return 0;
}

static int judge_lock(const char *path, int lock)
{
	struct stat status;
	if (fstat(lock, &status) != 0)
		return refuse(path, strerror(errno), "remove it");
	if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || status.st_nlink != 1)
		return refuse(path, "it is not a plain file of this user alone", "remove it");
	if (flock(lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return refuse(path, "another semd holds it", "use that one, or end it first");
	return refuse(path, strerror(errno), "put the socket on another file system");
}

static int take_lock(const char *path)
{
	char name[sizeof(((struct sockaddr_un *)NULL)->sun_path) + sizeof(".lock")];
	snprintf(name, sizeof(name), "%s.lock", path);
	int lock = open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	                0600);
	if (lock < 0)
		return refuse(name, strerror(errno), "check the folder and its rights");
	if (judge_lock(name, lock) == 0)
		return lock;
	close(lock);
	return -1;
}

/* Whether a program that takes no lock, such as systemd, listens there. */
static bool is_served(const struct sockaddr_un *address)
{
	int socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (socket_ < 0)
		return false;
	bool served = connect(socket_, (const struct sockaddr *)address, sizeof(*address)) == 0 ||
		errno == EAGAIN;
	close(socket_);
	return served;
}

static int remove_stale(const struct sockaddr_un *address)
{
	const char *path = address->sun_path;
	struct stat status;
	if (lstat(path, &status) != 0)
		return errno == ENOENT ? 0 :
			refuse(path, strerror(errno), "check the folder and its rights");
	if (!S_ISSOCK(status.st_mode))
		return refuse(path, "it is there and is not a socket", "choose another path");
	if (is_served(address))
		return refuse(path, "somebody else listens on it", "choose another path");
	if (unlink(path) != 0)
		return refuse(path, strerror(errno), "remove it");
	return 0;
}

static int bind_locked(const struct sockaddr_un *address, mode_t mode, struct claim *bound)
{
	const char *path = address->sun_path;
	struct stat status;
	bound->mode = mode;
	bound->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (bound->socket < 0)
		return refuse(path, strerror(errno), "raise the limit of descriptors");
	/* The socket must not have other rights at any moment. */
	mode_t saved = umask(0777 & ~mode);
	int error = bind(bound->socket, (const struct sockaddr *)address, sizeof(*address));
	umask(saved);
	if (error == 0 && lstat(path, &status) == 0) {
		bound->device = status.st_dev;
		bound->inode = status.st_ino;
		return 0;
	}
	refuse(path, strerror(errno), "check the folder and its rights");
	close(bound->socket);
	return -1;
}

int claim_take(const char *path, mode_t mode, struct claim *bound)
{
	struct sockaddr_un address;
	if (set_address(path, &address) != 0)
		return -1;
	bound->lock = take_lock(path);
	if (bound->lock < 0)
		return -1;
	if (remove_stale(&address) == 0 && bind_locked(&address, mode, bound) == 0)
		return 0;
	close(bound->lock);
	return -1;
}

int claim_renew(const char *path, struct claim *bound)
{
	struct sockaddr_un address;
	if (set_address(path, &address) != 0)
		return -1;
	if (!claim_is_ours(path, bound))
		return refuse(path, "it leads to another socket now", "start semd again");
	if (unlink(path) != 0)
		return refuse(path, strerror(errno), "remove it");
	return bind_locked(&address, bound->mode, bound);
}

int claim_is_ours(const char *path, const struct claim *bound)
{
	struct stat status;
	return lstat(path, &status) == 0 && status.st_dev == bound->device &&
		status.st_ino == bound->inode;
}

void claim_give_up(const char *path, struct claim *bound)
{
	if (claim_is_ours(path, bound))
		unlink(path);
	close(bound->lock);
	bound->lock = -1;
}
