/*
 * reason_windows.c - see reason_windows.h.
 */
#include "config.h"

#include "client/lib/os/reason_windows.h"

#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "protocol/os/utf16_windows.h"

/* Windows ends its sentences with a full stop and a new line; ours go on. */
static void trim(char *text)
{
	size_t size = strlen(text);
	while (size > 0 && strchr("\n\r. ", text[size - 1]))
		text[--size] = '\0';
}

const char *reason_text(unsigned long error, char into[REASON])
{
	wchar_t wide[REASON];
	DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS |
		FORMAT_MESSAGE_MAX_WIDTH_MASK;
	into[0] = '\0';
	if (FormatMessageW(flags, NULL, error, 0, wide, REASON, NULL) > 0 &&
	    !utf16_to_text(into, REASON, wide))
		into[0] = '\0';
	trim(into);
	if (!into[0])
		snprintf(into, REASON, "error %lu of Windows", error);
	return into;
}
