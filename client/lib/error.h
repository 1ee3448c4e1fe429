/*
 * error.h - notes why a call has failed, for semd_explain.
 */
#ifndef SEMD_CLIENT_LIB_ERROR_H
#define SEMD_CLIENT_LIB_ERROR_H

/* Notes for this thread that a call has failed and why. Returns `error`. */
int error_say(int error, const char *format, ...) __attribute__((format(PRINTF_FORMAT, 2, 3)));

/* The same without more words than the error itself has. */
int error_note(int error);

/* The words noted last in this thread. Valid until the next error. */
const char *error_said(void);

#endif
