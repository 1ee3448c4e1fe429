/*
 * launch_unix.c - daemons on sockets. The socket is handed over as systemd does, or bound by the
 * daemon, which then tells through a pipe that it is ready.
 */
#include "config.h"

#include "tests/support/launch.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

char *daemon_address(char address[SUPPORT_PATH], const char *folder)
{
	return path_join(address, folder, "semd.sock");
}

void ready_open(struct ready *ready)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		support_die("pipe2: %s", support_error());
	*ready = (struct ready){ .option = "3", .wait = ends[0], .pass = ends[1] };
}

bool ready_wait(struct ready *ready, const struct process *process)
{
	char byte;
	descriptor_close(&ready->pass);
	if (!descriptor_wait(ready->wait, SUPPORT_LIMIT))
		support_die("daemon %d does not become ready", (int)process->pid);
	size_t count = descriptor_read(ready->wait, &byte, 1);
	descriptor_close(&ready->wait);
	return count == 1;
}

void daemon_ask_end(const struct process *process)
{
	process_signal(process, SIGTERM);
}

void daemon_ask_reload(const struct process *process)
{
	process_signal(process, SIGHUP);
}

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
		support_die("cannot listen on %s: %s", path, support_error());
	return fd;
}

/* The socket is listening already, so there is nothing to wait for. */
static void launch(struct daemon *daemon, const char **argv, size_t count, bool (*enter)(void))
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
static void launch(struct daemon *daemon, const char **argv, size_t count, bool (*enter)(void))
{
	struct ready ready;
	ready_open(&ready);
	const char *const own[] = { "--socket", daemon->socket, "--ready", ready.option };
	memcpy(argv + count, own, sizeof(own));
	process_start(&daemon->process, &(struct start){
		.argv = argv, .in = STREAM_NULL, .pass = ready.pass, .enter = enter,
	});
	if (!ready_wait(&ready, &daemon->process))
		support_die("the daemon does not become ready");
}
#endif

void daemon_launch(struct daemon *daemon, const char **argv, size_t count, bool (*enter)(void))
{
	/* The daemon makes its files there as the user that it becomes. */
	if (enter && chmod(daemon->folder, 0777) != 0)
		support_die("chmod %s: %s", daemon->folder, support_error());
	launch(daemon, argv, count, enter);
}
