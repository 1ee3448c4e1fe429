/* park_windows.c - see park.h. No handler interrupts a thread here. */
#include "config.h"

#include "client/lib/os/park.h"

#include <windows.h>

void park_init(struct park *park)
{
	InterlockedExchange(&park->woken, 0);
}

/* A wake-up is used up, so that the next sleep waits for the next one. */
bool park_sleep(struct park *park, bool interruptible)
{
	long asleep = 0;
	(void)interruptible;
	while (InterlockedCompareExchange(&park->woken, 0, 1) == 0)
		WaitOnAddress(&park->woken, &asleep, sizeof(asleep), INFINITE);
	return false;
}

/* Waking needs only the address. The park may be gone by then. */
void park_wake(struct park *park)
{
	volatile long *woken = &park->woken;
	InterlockedExchange(woken, 1);
	WakeByAddressSingle((void *)woken);
}
