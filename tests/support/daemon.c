/*
 * daemon.c - see daemon.h.
 */
#include "config.h"

#include "tests/support/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/raw.h"

#ifdef HAVE_SYSTEMD
static int listener_open(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(address.sun_path))
		support_die("path too long for a socket: %s", path);
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(fd, SOMAXCONN) != 0)
		support_die("cannot listen on %s: %m", path);
	return fd;
}

/* It is given a socket that is listened on already, so there is nothing to wait for. */
static void daemon_launch(struct daemon *daemon, const char **argv, size_t count,
                          bool (*enter)(void))
{
	(void)count;
	int listener = listener_open(daemon->socket);
	process_start(&daemon->process, &(struct start){
		.argv = argv,
		.environment = OPTIONS("NOTIFY_SOCKET", "WATCHDOG_USEC"),
		.in = STREAM_NULL,
		.pass = listener,
		.listening = true,
		.enter = enter,
	});
	close(listener);
}
#else
/* Without libsystemd it binds its socket itself, and says when it has. */
static void daemon_launch(struct daemon *daemon, const char **argv, size_t count,
                          bool (*enter)(void))
{
	const char *const own[] = { "--socket", daemon->socket, "--ready", "3" };
	char byte;
	int ready[2];
	memcpy(argv + count, own, sizeof(own));
	if (pipe2(ready, O_CLOEXEC) != 0)
		support_die("pipe2: %m");
	process_start(&daemon->process, &(struct start){
		.argv = argv, .in = STREAM_NULL, .pass = ready[1], .enter = enter,
	});
	close(ready[1]);
	if (!descriptor_wait(ready[0], SUPPORT_LIMIT) || read(ready[0], &byte, 1) != 1)
		support_die("the daemon does not become ready");
	close(ready[0]);
}
#endif

/* How many are open while this process has one client, at rest: two PINGs are two turns of its loop,
 * in which whatever was closed before has been closed. */
static size_t daemon_count_descriptors(const struct daemon *daemon)
{
	struct raw raw;
	raw_connect(&raw, daemon->socket);
	for (int i = 0; i < 2; i++) {
		struct ping_request ping = { .head.tag = 0 };
		if (raw_ask_ping(&raw, &ping) != WIRE_OK)
			support_die("no answer to PING");
	}
	size_t count = descriptor_count(daemon->process.pid);
	raw_leave(&raw);
	return count;
}

static void start(struct daemon *daemon, const char *base, const char *const *options,
                  bool (*enter)(void))
{
	enum { MOST = 32 };
	char built[SUPPORT_PATH];
	const char *argv[MOST + 8] = { getenv("SEMD_DAEMON"), "--log", "warning" };
	size_t count = 3;
	if (argv[0] == NULL)
		argv[0] = path_program(built, "semd");
	for (size_t i = 0; options != NULL && options[i] != NULL; i++) {
		if (i == MOST)
			support_die("too many options for the daemon");
		argv[count++] = options[i];
	}
	folder_make(daemon->folder, base);
	path_join(daemon->socket, daemon->folder, "semd.sock");
	/* Whoever it becomes makes its files there. */
	if (enter != NULL && chmod(daemon->folder, 0777) != 0)
		support_die("chmod %s: %m", daemon->folder);
	daemon_launch(daemon, argv, count, enter);
	daemon->descriptors = daemon_count_descriptors(daemon);
}

void daemon_start_in(struct daemon *daemon, const char *base, const char *const *options)
{
	start(daemon, base, options, NULL);
}

void daemon_start_as(struct daemon *daemon, bool (*enter)(void), const char *const *options)
{
	start(daemon, NULL, options, enter);
}

void daemon_start(struct daemon *daemon, const char *const *options)
{
	start(daemon, NULL, options, NULL);
}

void daemon_check_descriptors(const struct daemon *daemon)
{
	size_t count = daemon_count_descriptors(daemon);
	if (count == daemon->descriptors)
		return;
	descriptor_print(stderr, daemon->process.pid);
	support_die("the daemon has %zu descriptors open, not %zu", count, daemon->descriptors);
}

void daemon_stop(struct daemon *daemon)
{
	daemon_check_descriptors(daemon);
	process_kill(&daemon->process, SIGTERM);
	int status = process_await(&daemon->process);
	if (status != 0)
		support_die("the daemon ended with %d", status);
	daemon_end(daemon);
}

void daemon_end(struct daemon *daemon)
{
	process_end(&daemon->process);
	if (daemon->folder[0] != '\0')
		folder_remove(daemon->folder);
	daemon->folder[0] = '\0';
}
