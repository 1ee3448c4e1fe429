/*
 * support.h - what tests, demo and bench need of the system: temporary folders, programs that are
 * started, killed and awaited, children that run a function.
 *
 * It knows nothing of semd and nothing of Check. Whatever goes wrong here is no finding about the
 * program under test, so it is not returned: support_die says what it was and ends the program.
 * Waiting is for an event, and no longer than SUPPORT_LIMIT. Include config.h first.
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

/* Why the last call of the system failed, in words; valid until the next call. */
const char *support_error(void);

/* Numbers that nobody has had before. */
void support_random(void *bytes, size_t size);

/* Changes our environment; NULL takes the name out. */
void environment_set(const char *name, const char *value);

/* ---- Places ---------------------------------------------------------------------------------- */

enum { SUPPORT_PATH = 512 };

/* Makes an empty folder that is ours alone in `base` (NULL: where temporary files go), and removes one
 * with all that is in it. */
void folder_make(char path[SUPPORT_PATH], const char *base);
void folder_remove(const char *path);

/* Writes "folder/name" and returns `path`. */
char *path_join(char path[SUPPORT_PATH], const char *folder, const char *name);

/* Where a program of this build lies: in $SEMD_TEST_BUILD, else in the working folder. */
char *path_program(char path[SUPPORT_PATH], const char *name);

/* ---- Descriptors ----------------------------------------------------------------------------- */

#define NO_DESCRIPTOR SUPPORT_DESCRIPTOR(-1)

/* Waits until one is readable: something has come, the other side has closed, a process has ended, an
 * event is set. False when `limit` milliseconds have passed. */
bool descriptor_wait(support_descriptor descriptor, int limit);

/* Reads what is there, at least a byte; 0: the other side has closed. */
size_t descriptor_read(support_descriptor descriptor, void *into, size_t size);

/* Closes one and makes it NO_DESCRIPTOR; safe to call twice. */
void descriptor_close(support_descriptor *descriptor);

/* How many descriptors a process has open, and what they are. */
size_t descriptor_count(pid_t pid);
void descriptor_print(FILE *to, pid_t pid);

/* ---- Processes ------------------------------------------------------------------------------- */

struct process {
	pid_t pid;			/* 0: none, or awaited */
	process_handle handle;		/* readable when it has ended; what semd_connect_for takes */
	support_descriptor in, out, err;	/* our ends of what was STREAM_PIPE, or none */
	support_descriptor link;	/* of process_fork: our end, or none */
	char *text;			/* what process_line has read and not yet returned */
	size_t text_begin, text_end, text_room;
};

/* What a descriptor of a new process is: one of these, or a descriptor of ours. */
#define STREAM_SAME SUPPORT_DESCRIPTOR(0)
#define STREAM_NULL SUPPORT_DESCRIPTOR(-1)
#define STREAM_PIPE SUPPORT_DESCRIPTOR(-2)

struct start {
	const char *const *argv;	/* ends with NULL; argv[0] is a path, or looked up in PATH */
	const char *const *environment;	/* "NAME=VALUE" sets, "NAME" unsets; ends with NULL */
	const char *folder;		/* where it runs; NULL: here */
	support_descriptor in, out, err;
	/* These are for Unix only. */
	support_descriptor pass;	/* becomes its descriptor 3; 0: none. All others are closed */
	bool listening;			/* `pass` is handed over as systemd does */
	bool (*enter)(void);		/* it calls this last, to become whom it is to run as */
};

/* Starts a program. It is killed when the thread that started it ends, on Windows when this process
 * does, so nothing is left over. */
void process_start(struct process *process, const struct start *start);

/*
 * Starts a child that runs `body` and ends with what that returns. `link` is to talk with our
 * process->link by link_tell and link_hear. `body` gets a copy of the `size` bytes at `arg`, and what
 * process_carry has named; on Windows, where the child is this program started anew, nothing else of
 * this process: no heap, no descriptor, no other variable. With size 0 `arg` is handed on as it is,
 * which on Windows is for NULL alone.
 */
typedef int process_body(void *arg, support_descriptor link);
void process_fork(struct process *process, process_body *body, void *arg, size_t size);

/* A variable that all children from now on begin with as it is when they are started. Naming it again
 * changes nothing. */
void process_carry(void *variable, size_t size);

/* Kills it as nothing can prevent: SIGKILL, TerminateProcess. */
void process_kill(const struct process *process);

/* Ends this process as if another had killed it. */
void process_die(void) __attribute__((noreturn));

/* Any signal. For Unix only. */
void process_signal(const struct process *process, int signal);

/* It stands still when process_pause has returned, until process_resume. */
void process_pause(const struct process *process);
void process_resume(const struct process *process);

/* Waits for the end; returns the exit status, PROCESS_KILLED for one that process_kill has ended, or
 * another negative number for one that ended otherwise: on Unix minus the signal. */
enum { PROCESS_KILLED = -9 };
int process_await(struct process *process);

/* Kills and awaits it if that has not been done and closes what is open. Safe to call twice. */
void process_end(struct process *process);

/* A handle of any process, to be closed by descriptor_close. */
process_handle process_handle_of(pid_t pid);

/* Its name for ever, with its pid, as PROTOCOL.md has it: when it was started, and the inode of its
 * handle, 0 if handles have none. */
uint64_t process_started_at(pid_t pid);
uint64_t process_inode(process_handle handle);

/* The next line that it wrote to its `out`, without its newline, valid until the next call; NULL at
 * the end. */
const char *process_line(struct process *process);

/* Says one byte to the other side, and waits for one: -1 when the other side has closed or ended. */
void link_tell(support_descriptor link, char byte);
int link_hear(support_descriptor link);

#ifdef __cplusplus
}
#endif

#endif
