/*
 * errors.h - how semd-cli says that something failed, and what it then exits with.
 *
 * Every message is one line on standard error: semd-cli: SUBJECT: what went wrong: what to do.
 */
#ifndef SEMD_CLIENT_CLI_ERRORS_H
#define SEMD_CLIENT_CLI_ERRORS_H

enum exit_status {
	STATUS_DONE = 0,
	STATUS_REFUSED = 1,	/* or not found, or anything that no other number is for */
	STATUS_WRONG_USE = 2,
	STATUS_NO_DAEMON = 69,
	STATUS_WAIT_RAN_OUT = 75,	/* timed out, or would have to wait */
	STATUS_NO_RIGHT = 77,

	/* of `run`, to keep clear of its COMMAND's own */
	STATUS_RUN_LATE = 124,
	STATUS_RUN_FAILED = 125,
	STATUS_RUN_NOT_STARTED = 126,
	STATUS_RUN_NOT_FOUND = 127
};

/* Before anything is said: a message goes out as one piece, so that where several write to one log its
 * line stays whole. */
void errors_begin(void);

/* Says why the library's last call returned `error`, with the usual advice or another; returns what
 * to exit with. Also `advice` names semaphores as NAME. */
int fail(const char *subject, int error);
int fail_advised(const char *subject, int error, const char *advice);

/* The same for a call of the system that left `error` in errno. */
int fail_system(const char *subject, int error, const char *advice);

int fail_memory(const char *subject);

/* The same for anything else; what went wrong and what to do are `format`. */
int refuse(const char *subject, const char *format, ...) __attribute__((format(PRINTF_FORMAT, 2, 3)));

/* A command line that makes no sense: says so, points to `command`'s help (NULL: to the general
 * one) and returns STATUS_WRONG_USE. */
int wrong_use(const char *command, const char *subject, const char *format, ...)
	__attribute__((format(PRINTF_FORMAT, 3, 4)));

#endif
