/*
 * errors.c - see errors.h. The exit status and the advice for each error of the library are listed
 * here and nowhere else.
 */
#include "config.h"

#include "client/cli/errors.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "client/cli/print/printable.h"
#include "semd.h"

enum { MESSAGE = 2048 };	/* bytes of a reason, without the subject */

static const struct {
	int error;
	int status;
	const char *advice;
} meanings[] = {
	{ SEMD_ENOENT, STATUS_REFUSED, "create it with 'semd-cli create NAME -i N'" },
	{ SEMD_EEXIST, STATUS_REFUSED, "leave out --exclusive to keep it, or use --reset" },
	{ SEMD_EACCES, STATUS_NO_RIGHT,
	  "its owner may grant it with 'semd-cli set NAME --mode OCTAL'" },
	{ SEMD_EINVAL, STATUS_WRONG_USE, "semd-cli(1) tells what is valid" },
	{ SEMD_EAGAIN, STATUS_WAIT_RAN_OUT, "try again later, or wait with -w SECONDS" },
	{ SEMD_ETIMEDOUT, STATUS_WAIT_RAN_OUT, "see how it stands with 'semd-cli show NAME'" },
	{ SEMD_EOVERFLOW, STATUS_REFUSED, "raise its max with 'semd-cli set NAME --max N'" },
	{ SEMD_ENOTHELD, STATUS_REFUSED, "see who holds it with 'semd-cli show NAME'" },
	{ SEMD_EREMOVED, STATUS_REFUSED, "create it again if it is still needed" },
	{ SEMD_ERESET, STATUS_REFUSED, "acquire again" },
	{ SEMD_ELOST, STATUS_REFUSED, "ask again if it is still needed" },
	{ SEMD_EIMPOSSIBLE, STATUS_REFUSED,
	  "ask for fewer, or raise its max with 'semd-cli set NAME --max N'" },
	{ SEMD_EQUOTA, STATUS_REFUSED,
	  "end what is not needed, or raise the limit: 'semd-cli stats' shows all" },
	{ SEMD_ECANCELED, STATUS_REFUSED,
	  "ask again if it is still needed" },
	{ SEMD_ECONN, STATUS_NO_DAEMON,
	  "start semd, or tell where it listens with --socket or SEMD_SOCKET" },
	{ SEMD_EPROTO, STATUS_NO_DAEMON,
	  "see whether both are of one release with 'semd-cli version'" },
	{ SEMD_ENOMEM, STATUS_REFUSED, "try again when there is more" },
};

void errors_begin(void)
{
	/* A buffer of our own: without one glibc ignores the size and makes a small one. */
	static char buffer[8192];
	setvbuf(stderr, buffer, _IOFBF, sizeof(buffer));
}

/* Each message ends here, and goes out in one piece. */
static void end_line(const char *rest)
{
	fprintf(stderr, "%s\n", rest);
	fflush(stderr);
}

/* Whatever a name or a word contains, it must not break the line or command the terminal. */
static void put(const char *text)
{
	printable_put(stderr, text, SIZE_MAX, PRINTABLE_SENTENCE | printable_on(stderr));
}

static void say_subject(const char *subject)
{
	fputs("semd-cli: ", stderr);
	put(subject[0] != '\0' ? subject : "''");
	fputs(": ", stderr);
}

__attribute__((format(PRINTF_FORMAT, 2, 0)))
static void say(const char *subject, const char *format, va_list values)
{
	char text[MESSAGE];
	vsnprintf(text, sizeof(text), format, values);
	say_subject(subject);
	put(text);
}

/* The library's own advice, if there is any, follows a semicolon and is better than `advice`. */
static void say_explained(const char *subject, const char *explained, const char *advice)
{
	char reason[MESSAGE];
	snprintf(reason, sizeof(reason), "%s", explained);
	char *semicolon = strstr(reason, "; ");
	if (semicolon) {
		*semicolon = '\0';
		advice = semicolon + 2;
	}
	say_subject(subject);
	put(reason);
	fputs(": ", stderr);
	put(advice);
	end_line("");
}

int fail(const char *subject, int error)
{
	return fail_advised(subject, error, NULL);
}

int fail_advised(const char *subject, int error, const char *advice)
{
	int status = STATUS_REFUSED;
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		if (meanings[i].error != error)
			continue;
		status = meanings[i].status;
		if (!advice)
			advice = meanings[i].advice;
	}
	const char *reason = error == SEMD_ENOENT ? "no such semaphore" : semd_explain();
	say_explained(subject, reason, advice ? advice :
	              "see whether both are of one release with 'semd-cli version'");
	return status;
}

int fail_system(const char *subject, int error, const char *advice)
{
	return refuse(subject, "%s: %s", strerror(error), advice);
}

int fail_memory(const char *subject)
{
	return refuse(subject, "out of memory: try again when there is more");
}

int refuse(const char *subject, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	say(subject, format, values);
	va_end(values);
	end_line("");
	return STATUS_REFUSED;
}

int wrong_use(const char *command, const char *subject, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	say(subject, format, values);
	va_end(values);
	if (command)
		fprintf(stderr, ": try 'semd-cli %s", command);
	else
		fputs(": try 'semd-cli", stderr);
	end_line(" --help'");
	return STATUS_WRONG_USE;
}
