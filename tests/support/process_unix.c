/*
 * process_unix.c - programs and children that are started, killed and awaited, each with a pidfd.
 */
#include "config.h"

#include "tests/support/support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* All that the child needs, made before the fork. */
struct launch {
	const struct start *start;
	char **environment;
	char listen_pid[32];	/* the child fills in its pid */
	int stream[3];		/* become 0, 1 and 2; -1: unchanged */
};

static bool same_name(const char *entry, const char *change)
{
	size_t length = strcspn(change, "=");
	return strncmp(entry, change, length) == 0 && entry[length] == '=';
}

/* Replaces, adds or removes one variable; `list` has room for one more. */
static void environment_change(char **list, char *change)
{
	char **to = list;
	for (char **from = list; *from; from++) {
		if (!same_name(*from, change))
			*to++ = *from;
	}
	if (strchr(change, '='))
		*to++ = change;
	*to = NULL;
}

/* The new environment: a list of pointers to our own and the caller's strings. */
static char **environment_make(struct launch *launch)
{
	const char *const *changes = launch->start->environment;
	size_t count = 0;
	while (environ[count])
		count++;
	for (size_t i = 0; changes && changes[i]; i++)
		count++;
	char **list = calloc(count + 3, sizeof(*list));
	if (!list)
		support_die("calloc: %s", support_error());
	for (size_t i = 0; environ[i]; i++)
		list[i] = environ[i];
	for (size_t i = 0; changes && changes[i]; i++)
		environment_change(list, (char *)(uintptr_t)changes[i]);
	if (launch->start->listening) {
		static char one[] = "LISTEN_FDS=1";
		strcpy(launch->listen_pid, "LISTEN_PID=");
		environment_change(list, one);
		environment_change(list, launch->listen_pid);
	}
	return list;
}

/* Opens one of the child's standard descriptors; `*ours` is our end if that is a pipe. */
static int stream_open(int wanted, bool input, int *ours)
{
	int ends[2];
	*ours = -1;
	if (wanted == STREAM_SAME)
		return -1;
	if (wanted == STREAM_NULL || wanted > 0) {
		int fd = wanted > 0 ? fcntl(wanted, F_DUPFD_CLOEXEC, 4)
			: open("/dev/null", O_RDWR | O_CLOEXEC);
		if (fd < 0)
			support_die("cannot open a stream: %s", support_error());
		return fd;
	}
	if (pipe2(ends, O_CLOEXEC) != 0)
		support_die("pipe2: %s", support_error());
	*ours = ends[input];
	return ends[!input];
}

static void launch_arrange(const struct launch *launch)
{
	/* Move all away from 0 to 3 first, so that none is overwritten before it is used. */
	int moved[4] = { -1, -1, -1, -1 };
	for (int i = 0; i < 4; i++) {
		int from = i < 3 ? launch->stream[i] : launch->start->pass;
		if (from > 0 && (moved[i] = fcntl(from, F_DUPFD, 4)) < 0)
			_exit(126);
	}
	for (int i = 0; i < 4; i++) {
		if (moved[i] >= 0 && dup2(moved[i], i) < 0)
			_exit(126);
	}
	close_range(moved[3] >= 0 ? 4 : 3, ~0u, 0);
}

static void launch_pid(struct launch *launch)
{
	char digits[12];
	size_t count = 0;
	for (unsigned pid = (unsigned)getpid(); pid != 0; pid /= 10)
		digits[count++] = (char)('0' + pid % 10);
	char *to = launch->listen_pid + strlen("LISTEN_PID=");
	while (count > 0)
		*to++ = digits[--count];
	*to = '\0';
}

static void die_with(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(126);
}

/*
 * Opens the program before `enter`: the user that it becomes may not be able to reach the program's
 * folder.
 */
static void launch_entered(const struct start *start, pid_t parent)
{
	int program = open(start->argv[0], O_PATH | O_CLOEXEC);
	if (program < 0 || !start->enter())
		_exit(126);
	die_with(parent);	/* a change of user cancels it */
	execveat(program, "", (char *const *)(uintptr_t)start->argv, environ, AT_EMPTY_PATH);
}

static _Noreturn void launch_run(struct launch *launch, pid_t parent)
{
	const struct start *start = launch->start;
	die_with(parent);
	launch_arrange(launch);
	if (start->listening)
		launch_pid(launch);
	if (start->folder && chdir(start->folder) != 0)
		_exit(126);
	environ = launch->environment;
	if (start->enter)
		launch_entered(start, parent);
	else
		execvp(start->argv[0], (char *const *)(uintptr_t)start->argv);
	static const char message[] = "support: cannot execute a program\n";
	if (write(2, message, sizeof(message) - 1) < 0)
		_exit(126);
	_exit(127);
}

static void process_init(struct process *process)
{
	*process = (struct process){ .handle = -1, .in = -1, .out = -1, .err = -1, .link = -1 };
}

static void process_born(struct process *process, pid_t pid)
{
	process->pid = pid;
	process->handle = process_handle_of(pid);
}

void process_start(struct process *process, const struct start *start)
{
	struct launch launch = { .start = start };
	process_init(process);
	launch.stream[0] = stream_open(start->in, true, &process->in);
	launch.stream[1] = stream_open(start->out, false, &process->out);
	launch.stream[2] = stream_open(start->err, false, &process->err);
	launch.environment = environment_make(&launch);

	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0)
		launch_run(&launch, parent);
	if (pid < 0)
		support_die("fork: %s", support_error());
	process_born(process, pid);
	free(launch.environment);
	for (int i = 0; i < 3; i++) {
		if (launch.stream[i] >= 0)
			close(launch.stream[i]);
	}
}

/* A forked child has all of our memory, so nothing is copied. */
void process_fork(struct process *process, process_body *body, void *arg, size_t size)
{
	int ends[2];
	(void)size;
	process_init(process);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		support_die("socketpair: %s", support_error());
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		die_with(parent);
		close(ends[0]);
		int status = body(arg, ends[1]);
		fflush(stderr);
		_exit(status);	/* the parent writes what is in the buffers */
	}
	if (pid < 0)
		support_die("fork: %s", support_error());
	close(ends[1]);
	process->link = ends[0];
	process_born(process, pid);
}

void process_carry(void *variable, size_t size)
{
	(void)variable;
	(void)size;
}

void process_die(void)
{
	raise(SIGKILL);
	abort();
}

void process_signal(const struct process *process, int signal)
{
	if (process->pid == 0 || kill(process->pid, signal) != 0)
		support_die("kill %d: %s", (int)process->pid, support_error());
}

void process_kill(const struct process *process)
{
	process_signal(process, SIGKILL);
}

/* The part of /proc/PID/stat after the program's name; `text` has room for the whole line. */
static const char *stat_after_name(char text[1024], pid_t pid)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, text, 1023) : -1;
	if (length <= 0)
		support_die("read %s: %s", path, support_error());
	close(fd);
	text[length] = '\0';
	/* The program's name is in parentheses and may contain parentheses itself. */
	const char *after = strrchr(text, ')');
	if (!after)
		support_die("cannot read %s", path);
	return after + 1;
}

void process_pause(const struct process *process)
{
	char text[1024];
	process_signal(process, SIGSTOP);
	while (stat_after_name(text, process->pid)[1] != 'T')
		;
}

void process_resume(const struct process *process)
{
	process_signal(process, SIGCONT);
}

int process_await(struct process *process)
{
	int status;
	if (!descriptor_wait(process->handle, SUPPORT_LIMIT)) {
		process_kill(process);
		support_die("process %d did not end", (int)process->pid);
	}
	while (waitpid(process->pid, &status, 0) < 0) {
		if (errno != EINTR)
			support_die("waitpid %d: %s", (int)process->pid, support_error());
	}
	process->pid = 0;
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

process_handle process_handle_of(pid_t pid)
{
	process_handle handle = (int)syscall(SYS_pidfd_open, pid, 0);
	if (handle < 0)
		support_die("pidfd_open %d: %s", (int)pid, support_error());
	return handle;
}

uint64_t process_started_at(pid_t pid)
{
	enum { FIELDS_AFTER_NAME = 20 };	/* the state is field 3, the start field 22 */
	char text[1024];
	const char *field = stat_after_name(text, pid);
	for (int i = 1; field && i < FIELDS_AFTER_NAME; i++)
		field = strchr(field + 1, ' ');
	if (!field)
		support_die("cannot read when process %d was started", (int)pid);
	return strtoull(field + 1, NULL, 10);
}

uint64_t process_inode(process_handle handle)
{
	struct stat info;
	if (fstat(handle, &info) != 0)
		support_die("fstat of a pidfd: %s", support_error());
	return info.st_ino;
}
