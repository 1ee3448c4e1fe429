/*
 * error.h - errors and what is said about them, for semd_explain.
 */
#ifndef SEMD_CLIENT_LIB_ERROR_H
#define SEMD_CLIENT_LIB_ERROR_H

/* Notes for this thread that a call has failed, and why; returns `error`. */
int error_say(int error, const char *format, ...) __attribute__((format(PRINTF_FORMAT, 2, 3)));

/* The same where there is nothing to say beyond the error itself. */
int error_note(int error);

/* What was said last in this thread; valid until the next error. */
const char *error_said(void);

#endif
