/* last_error_windows.c - see last_error_windows.h. */
#include "config.h"

#include <uv.h>

#include "daemon/os/last_error_windows.h"

const char *last_error_text(void)
{
	return uv_strerror(uv_translate_sys_error((int)GetLastError()));
}
