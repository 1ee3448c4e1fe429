/*
 * world_unix.c - see world_unix.h. It replaces functions of the daemon's os/.
 */
#include "config.h"

#include "tests/unit/world_unix.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/os/listener.h"
#include "daemon/os/pidwatch.h"
#include "daemon/os/setup.h"
#include "daemon/process_ends.h"
#include "tests/support/support.h"

enum { QUEUE = 256, OPTIONS_ROOM = 16 };

/* Bytes that the daemon's end of a connection takes. It is little, so that replies soon wait in the
 * daemon when they are not read. */
enum { STREAM_TAKES = 8 * 1024 };

struct server world_server;

static struct {
	void (*play)(void *arg);
	void *arg;
	struct pidwatch_set *set;
	struct made_up {
		bool ended;
		unsigned looks;		/* until it ends; 0: it stays */
		void *whose;		/* as the set was told, or NULL */
	} processes[WORLD_PROCESSES];
	struct { int stream; unsigned process; } queue[QUEUE];
	size_t queued;
	unsigned looks;
	unsigned accepting;		/* the process of the stream being accepted */
} world;

/* ---- Listening ------------------------------------------------------------------------------- */

int listeners_open(struct server *server)
{
	(void)server;
	return 0;
}

void listeners_close(struct server *server)
{
	(void)server;
	while (world.queued > 0)
		close(world.queue[--world.queued].stream);
}

void listeners_refuse(struct server *server)
{
	(void)server;
}

int listeners_reopen(struct server *server)
{
	(void)server;
	return 0;
}

void listeners_let_in(struct server *server)
{
	if (server->listeners.letting_in)
		return;
	server->listeners.letting_in = true;
	for (size_t i = 0; i < world.queued; i++) {
		world.accepting = world.queue[i].process;
		connection_accept(server, world.queue[i].stream);
	}
	world.queued = 0;
	server->listeners.letting_in = false;
}

int world_connect(unsigned process)
{
	int ends[2], room = STREAM_TAKES;
	if (world.queued == QUEUE)
		return -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
		support_die("socketpair: %s", support_error());
	setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	world.queue[world.queued].stream = ends[1];
	world.queue[world.queued++].process = process;
	return ends[0];
}

size_t world_put_hello(uint8_t out[WIRE_MAX_REQUEST])
{
	static uint64_t sessions;
	struct hello_request hello = { .min_version = 1, .max_version = 1 };
	sessions++;
	memcpy(hello.session.bytes, &sessions, sizeof(sessions));
	return hello_request_encode(&hello, out, WIRE_MAX_REQUEST);
}

size_t world_send(int client, const void *bytes, size_t size)
{
	size_t sent = 0;
	while (sent < size) {
		ssize_t count = send(client, (const char *)bytes + sent, size - sent, MSG_NOSIGNAL);
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			break;
		sent += (size_t)count;
	}
	return sent;
}

/* ---- Processes ------------------------------------------------------------------------------- */

uint32_t world_pid(unsigned process)
{
	return process + 1;
}

uint64_t world_inode(unsigned process)
{
	return process + 1;
}

bool world_has_ended(unsigned process)
{
	return world.processes[process].ended;
}

unsigned world_looks(void)
{
	return world.looks;
}

void world_end(unsigned process, unsigned looks)
{
	if (looks == 0)
		world.processes[process].ended = true;
	else if (world.processes[process].looks == 0)
		world.processes[process].looks = looks;
}

void world_tell_ends(void)
{
	world.set->found(world.set->arg);
}

bool world_is_settled(void)
{
	return !process_ends_pending(&world_server);
}

int pidwatch_of_pid(uint32_t pid, struct pidwatch *proc)
{
	if (pid == 0 || pid > WORLD_PROCESSES || world_has_ended(pid - 1))
		return WIRE_ENOENT;
	proc->pidfd = (int)pid - 1;
	return WIRE_OK;
}

int pidwatch_of_stream(uv_os_fd_t stream, uint32_t pid, struct pidwatch *proc)
{
	(void)stream, (void)pid;
	proc->pidfd = (int)world.accepting;
	return WIRE_OK;
}

void pidwatch_close(struct pidwatch *proc)
{
	proc->pidfd = -1;
}

int pidwatch_identify(const struct pidwatch *proc, uint32_t pid, struct pidwatch_identity *identity)
{
	(void)pid;
	*identity = (struct pidwatch_identity){ .id = world_inode((unsigned)proc->pidfd) };
	return 0;
}

bool pidwatch_has_ended(const struct pidwatch *proc)
{
	return world.processes[proc->pidfd].ended;
}

/* Here the end of a process can always be seen. */
bool pidwatch_is_ending(const struct pidwatch *proc)
{
	return pidwatch_has_ended(proc);
}

int pidwatch_owner(const struct pidwatch *proc, uint32_t pid, struct peers *peers, uint32_t *uid)
{
	(void)proc, (void)pid;
	*uid = peers_own_user(peers);
	return 0;
}

int pidwatch_set_init(struct pidwatch_set *set, uv_loop_t *loop, void (*found)(void *arg),
                      void *arg)
{
	(void)loop;
	set->found = found;
	set->arg = arg;
	world.set = set;
	return 0;
}

void pidwatch_set_close(struct pidwatch_set *set)
{
	(void)set;
}

void pidwatch_set_deinit(struct pidwatch_set *set)
{
	(void)set;
}

int pidwatch_set_add(struct pidwatch_set *set, struct pidwatch *proc, void *whose)
{
	(void)set;
	world.processes[proc->pidfd].whose = whose;
	return WIRE_OK;
}

void pidwatch_set_remove(struct pidwatch_set *set, struct pidwatch *proc)
{
	(void)set;
	world.processes[proc->pidfd].whose = NULL;
}

size_t pidwatch_set_ended(struct pidwatch_set *set, void *whose[PIDWATCH_SET_ROOM])
{
	size_t count = 0;
	(void)set;
	world.looks++;
	for (unsigned i = 0; i < WORLD_PROCESSES; i++) {
		struct made_up *process = &world.processes[i];
		if (process->looks > 0 && --process->looks == 0)
			process->ended = true;
		if (process->ended && process->whose && count < PIDWATCH_SET_ROOM)
			whose[count++] = process->whose;
	}
	return count;
}

/* ---- Running --------------------------------------------------------------------------------- */

FILE *setup_open_file(const char *path)
{
	(void)path;
	return NULL;
}

/* The daemon serves from here on. */
void setup_tell_ready(void)
{
	world.play(world.arg);
	server_stop(&world_server, "the play is over");
}

void world_turn(void)
{
	turn_begin(&world_server);
	listeners_let_in(&world_server);
	uv_run(&world_server.loop, UV_RUN_NOWAIT);
}

void world_run(const char *const *options, void (*play)(void *arg), void *arg)
{
	char *argv[OPTIONS_ROOM + 4] = { (char *)"semd", (char *)"--log", (char *)"error" };
	int argc = 3;
	struct options read;
	for (size_t i = 0; options && options[i]; i++) {
		if (i == OPTIONS_ROOM)
			support_die("too many options for the daemon");
		argv[argc++] = (char *)options[i];
	}
	signal(SIGPIPE, SIG_IGN);	/* as setup_process does */
	memset(&world, 0, sizeof(world));
	memset(&world_server, 0, sizeof(world_server));
	world.play = play;
	world.arg = arg;
	if (options_read(&read, argc, argv) != OPTIONS_RUN)
		support_die("the daemon's options are wrong");
	log_set_level(read.log_level);
	if (server_run(&world_server, &read, argc, argv) != 0)
		support_die("the daemon did not start");
}
