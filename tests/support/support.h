/*
 * support.h - what tests, demo and bench need of the system: temporary folders, programs that are
 * started, killed and awaited, children that run a function.
 *
 * It knows nothing of semd and nothing of Check. Whatever goes wrong here is no finding about the
 * program under test, so it is not returned: support_die says what it was and ends the program.
 * Waiting is for an event, and no longer than SUPPORT_LIMIT.
 */
#ifndef SEMD_TESTS_SUPPORT_H
#define SEMD_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { SUPPORT_LIMIT = 60000 };	/* milliseconds; reaching it is a failure, whatever was awaited */

/* `format` may use %m. */
void support_die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* ---- Places ---------------------------------------------------------------------------------- */

enum { SUPPORT_PATH = 512 };

/* Makes an empty folder, mode 0700, in `base` (NULL: $TMPDIR, else /tmp), and removes one with all
 * that is in it. */
void folder_make(char path[SUPPORT_PATH], const char *base);
void folder_remove(const char *path);

/* Writes "folder/name" and returns `path`. */
char *path_join(char path[SUPPORT_PATH], const char *folder, const char *name);

/* Where a program of this build lies: in $SEMD_TEST_BUILD, else in the working folder. */
char *path_program(char path[SUPPORT_PATH], const char *name);

/* ---- Processes ------------------------------------------------------------------------------- */

struct process {
	pid_t pid;		/* 0: none, or awaited */
	int pidfd;		/* readable when it has ended */
	int in, out, err;	/* our ends of what was STREAM_PIPE, else -1 */
	int link;		/* of process_fork: our end, else -1 */
	char *text;		/* what process_line has read and not yet returned */
	size_t text_begin, text_end, text_room;
};

/* What a descriptor of a new process is: one of these, or a descriptor of ours (above 0). */
enum { STREAM_SAME = 0, STREAM_NULL = -1, STREAM_PIPE = -2 };

struct start {
	const char *const *argv;	/* ends with NULL; argv[0] is a path, or looked up in PATH */
	const char *const *environment;	/* "NAME=VALUE" sets, "NAME" unsets; ends with NULL */
	const char *folder;		/* where it runs; NULL: here */
	int in, out, err;
	int pass;			/* becomes its descriptor 3; 0: none. All others are closed */
	bool listening;			/* `pass` is handed over as systemd does */
	bool (*enter)(void);		/* it calls this last, to become whom it is to run as */
};

/* Starts a program. It is killed when the thread that started it ends, so nothing is left over. */
void process_start(struct process *process, const struct start *start);

/*
 * Forks a child that runs `body` and ends with what that returns. The child has all our descriptors,
 * and `link` to talk with our process->link by link_tell and link_hear.
 */
typedef int process_body(void *arg, int link);
void process_fork(struct process *process, process_body *body, void *arg);

void process_kill(const struct process *process, int signal);

/* Waits for the end; returns the exit status, or minus the signal that ended it. */
int process_await(struct process *process);

/* Kills and awaits it if that has not been done and closes what is open. Safe to call twice. */
void process_end(struct process *process);

/* When it was started, in clock ticks since the machine was: with its pid, its name for ever. */
uint64_t process_started_at(pid_t pid);

/* The next line that it wrote to its `out`, without its newline, valid until the next call; NULL at
 * the end. */
const char *process_line(struct process *process);

/* Says one byte to the other side, and waits for one: -1 when the other side has closed or ended. */
void link_tell(int link, char byte);
int link_hear(int link);

/* Waits until a descriptor is readable; false when `limit` milliseconds have passed. */
bool descriptor_wait(int descriptor, int limit);

/* How many descriptors a process has open, and what they are. */
size_t descriptor_count(pid_t pid);
void descriptor_print(FILE *to, pid_t pid);

#ifdef __cplusplus
}
#endif

#endif
