/* error.c - see error.h. */
#include "config.h"

#include "client/lib/error.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "client/semd.h"
#include "protocol/wire.h"

static _Thread_local struct {
	int error;
	char text[512];		/* "": semd_strerror says all */
} last;

int error_say(int error, const char *format, ...)
{
	char text[sizeof(last.text)];	/* an argument may point into last.text */
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	last.error = error;
	snprintf(last.text, sizeof(last.text), "%s", text);
	return error;
}

int error_note(int error)
{
	last.error = error;
	last.text[0] = '\0';
	return error;
}

const char *error_said(void)
{
	return last.text[0] ? last.text : semd_strerror(last.error);
}

/* A later release of the daemon may have statuses that are not known here. */
const char *semd_strerror(int error)
{
	static _Thread_local char later[64];
	if (error > 0 || error < -UINT16_MAX)
		return "unknown error";
	const char *text = wire_status_text((unsigned)-error);
	if (text)
		return text;
	snprintf(later, sizeof(later), "status %d, which this release does not know", -error);
	return later;
}

const char *semd_explain(void)
{
	return error_said();
}
