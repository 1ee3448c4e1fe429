/* random_windows.c - see random.h. */
#include "config.h"

#include "client/lib/os/random.h"

#include <windows.h>
#include <bcrypt.h>

#include "client/lib/error.h"
#include "client/semd.h"

int random_fill(void *into, size_t size)
{
	NTSTATUS status = BCryptGenRandom(NULL, into, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG);
	if (status < 0)
		return error_say(SEMD_ECONN, "no random numbers: status %#lx of Windows",
		                 (unsigned long)status);
	return 0;
}
