/*
 * errors.h - messages about failures, and the exit status that goes with each.
 *
 * Every message is one line on standard error: semd-cli: SUBJECT: what went wrong: what to do.
 */
#ifndef SEMD_CLIENT_CLI_ERRORS_H
#define SEMD_CLIENT_CLI_ERRORS_H

enum exit_status {
	STATUS_DONE = 0,
	STATUS_REFUSED = 1,	/* or not found, or any failure without a status of its own */
	STATUS_WRONG_USE = 2,
	STATUS_NO_DAEMON = 69,
	STATUS_WAIT_RAN_OUT = 75,	/* timed out, or would have to wait */
	STATUS_NO_RIGHT = 77,

	/* of `run`, apart from those of its COMMAND */
	STATUS_RUN_LATE = 124,
	STATUS_RUN_FAILED = 125,
	STATUS_RUN_NOT_STARTED = 126,
	STATUS_RUN_NOT_FOUND = 127
};

/* To be called first. From then on each message is written in one piece, so that its line stays
 * whole in a log that other programs write to as well. */
void errors_begin(void);

/* Print why the library's last call returned `error`, with the usual advice or another one;
 * return the exit status. In all advice NAME stands for a semaphore. */
int fail(const char *subject, int error);
int fail_advised(const char *subject, int error, const char *advice);

/* The same for a system call that set errno to `error`. */
int fail_system(const char *subject, int error, const char *advice);

int fail_memory(const char *subject);

/* The same for any other failure; `format` says what went wrong and what to do. */
int refuse(const char *subject, const char *format, ...)
	__attribute__((format(PRINTF_FORMAT, 2, 3)));

/* Prints what is wrong with a command line and where to find help: that of `command`, or the
 * general one if it is NULL. Returns STATUS_WRONG_USE. */
int wrong_use(const char *command, const char *subject, const char *format, ...)
	__attribute__((format(PRINTF_FORMAT, 3, 4)));

#endif
