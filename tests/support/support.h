/*
 * support.h - what tests, demo and benchmark need from the system: temporary folders, programs that
 * are started, killed and awaited, children that run a function.
 *
 * This layer knows nothing of semd and nothing of Check. An error here is no finding about the
 * program under test, so it is not returned: support_die prints it and ends the program. Waits are
 * for an event and last at most SUPPORT_LIMIT. Include config.h first.
 */
#ifndef SEMD_TESTS_SUPPORT_H
#define SEMD_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include PLATFORM_HEADER(tests/support/support_types)

#ifdef __cplusplus
extern "C" {
#endif

enum { SUPPORT_LIMIT = TEST_STEP_SECONDS * 1000 };	/* milliseconds; reaching it is a failure */

void support_die(const char *format, ...) __attribute__((noreturn, format(PRINTF_FORMAT, 1, 2)));

/* Why the last system call failed, in words; valid until the next call. */
const char *support_error(void);

/* Unpredictable random bytes. */
void support_random(void *bytes, size_t size);

/* Changes our environment; NULL removes the variable. */
void environment_set(const char *name, const char *value);

/* ---- Places ---------------------------------------------------------------------------------- */

enum { SUPPORT_PATH = 512 };

/*
 * Makes a new empty folder in `base` (NULL: the place for temporary files), and removes a folder
 * with all its content.
 */
void folder_make(char path[SUPPORT_PATH], const char *base);
void folder_remove(const char *path);

/* Writes "folder/name" and returns `path`. */
char *path_join(char path[SUPPORT_PATH], const char *folder, const char *name);

/* The path of a program of this build: in $SEMD_TEST_BUILD, or in the working folder. */
char *path_program(char path[SUPPORT_PATH], const char *name);

/* ---- Descriptors ----------------------------------------------------------------------------- */

#define NO_DESCRIPTOR SUPPORT_DESCRIPTOR(-1)

/*
 * Waits until a descriptor is readable: data has arrived, the other side has closed, a process has
 * ended, or an event is set. False when `limit` milliseconds have passed.
 */
bool descriptor_wait(support_descriptor descriptor, int limit);

/* Reads what has arrived, at least a byte; 0 when the other side has closed. */
size_t descriptor_read(support_descriptor descriptor, void *into, size_t size);

/* Closes the descriptor and sets it to NO_DESCRIPTOR; safe to call twice. */
void descriptor_close(support_descriptor *descriptor);

/* Counts the open descriptors of a process, and describes them. */
size_t descriptor_count(pid_t pid);
void descriptor_print(FILE *to, pid_t pid);

/* ---- Processes ------------------------------------------------------------------------------- */

struct process {
	pid_t pid;			/* 0: none, or awaited */
	process_handle handle;		/* readable at its end; for semd_connect_for */
	support_descriptor in, out, err;	/* our ends of STREAM_PIPEs, or none */
	support_descriptor link;	/* our end of process_fork's link, or none */
	char *text;			/* read by process_line, not yet returned */
	size_t text_begin, text_end, text_room;
};

/* A standard descriptor of a new process: one of these, or a descriptor of ours. */
#define STREAM_SAME SUPPORT_DESCRIPTOR(0)
#define STREAM_NULL SUPPORT_DESCRIPTOR(-1)
#define STREAM_PIPE SUPPORT_DESCRIPTOR(-2)

struct start {
	const char *const *argv;	/* ends with NULL; argv[0]: path or name in PATH */
	const char *const *environment;	/* "NAME=VALUE" sets, "NAME" unsets; ends with NULL */
	const char *folder;		/* its working folder; NULL: ours */
	support_descriptor in, out, err;
	/* The rest is for Unix only. */
	support_descriptor pass;	/* its descriptor 3; 0: none; others are closed */
	bool listening;			/* `pass` is handed over as by systemd */
	bool (*enter)(void);		/* called last, to become another user */
};

/*
 * Starts a program. It is killed when the thread that started it ends (on Windows: when this
 * process ends), so nothing is left running.
 */
void process_start(struct process *process, const struct start *start);

/*
 * Starts a child that runs `body` and exits with its result. `link` talks to our process->link by
 * link_tell and link_hear. `body` gets a copy of the `size` bytes at `arg` and the variables named
 * to process_carry. On Windows, where the child is this program started anew, it gets nothing else
 * of this process: no heap, no descriptors, no other variables. With size 0 `arg` itself is passed
 * on; on Windows it must be NULL then.
 */
typedef int process_body(void *arg, support_descriptor link);
void process_fork(struct process *process, process_body *body, void *arg, size_t size);

/*
 * Names a variable that all children from now on start with, with its value at their start. Naming
 * it again changes nothing.
 */
void process_carry(void *variable, size_t size);

/* Kills the process in a way that it cannot prevent: SIGKILL, TerminateProcess. */
void process_kill(const struct process *process);

/* Ends this process as if another process had killed it. */
void process_die(void) __attribute__((noreturn));

/* Sends any signal. For Unix only. */
void process_signal(const struct process *process, int signal);

/* The process stands still from the return of process_pause until process_resume. */
void process_pause(const struct process *process);
void process_resume(const struct process *process);

/*
 * Waits for the end. Returns the exit status, PROCESS_KILLED after process_kill, or another
 * negative number for another end: on Unix minus the signal.
 */
enum { PROCESS_KILLED = -9 };
int process_await(struct process *process);

/*
 * Kills and awaits the process if it has not been awaited, and closes its descriptors. Safe to call
 * twice.
 */
void process_end(struct process *process);

/* A handle of any process. Close it with descriptor_close. */
process_handle process_handle_of(pid_t pid);

/*
 * What names a process for ever, together with its pid, as PROTOCOL.md says: its start time, and
 * the inode of its pidfd, 0 where there is none.
 */
uint64_t process_started_at(pid_t pid);
uint64_t process_inode(process_handle handle);

/*
 * The next line from the process's `out`, without its newline; valid until the next call. NULL at
 * the end.
 */
const char *process_line(struct process *process);

/*
 * Send a byte to the other side, and wait for a byte: -1 when the other side has closed or ended.
 */
void link_tell(support_descriptor link, char byte);
int link_hear(support_descriptor link);

#ifdef __cplusplus
}
#endif

#endif
