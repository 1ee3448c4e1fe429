/* random_unix.c - see random.h. */
#include "config.h"

#include "client/lib/os/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "client/lib/error.h"
#include "client/semd.h"

int random_fill(void *into, size_t size)
{
	if (getrandom(into, size, 0) < 0)
		return error_say(SEMD_ECONN, "no random numbers: %s", strerror(errno));
	return 0;
}
