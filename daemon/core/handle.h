/* handle.h - a session's handle on a semaphore. */
#ifndef SEMD_DAEMON_CORE_HANDLE_H
#define SEMD_DAEMON_CORE_HANDLE_H

#include "daemon/core/core.h"

/* Gives the session a handle on that semaphore in that slot. EQUOTA, ENOMEM. */
int handle_new(struct engine *e, struct session *session, struct sem *sem, uint32_t number,
               struct slot *slot) ENGINE_CHECK;
/* Ends the calls that wait through it, then the handle; the semaphore may go with it. */
void handle_close(struct engine *e, struct handle *handle);
/* Its semaphore is being removed. */
void handle_orphan(struct engine *e, struct handle *handle);

/*
 * The handle of that number, if a request may go on with it: EPROTO if it was never opened, the
 * failure of its opening, EREMOVED.
 */
int handle_find(const struct session *session, uint32_t number, struct handle **handle)
	ENGINE_CHECK;
/* ERESET if the handle's owner is to be told now; ENGINE_FINAL tells it. */
int handle_tell_reset(struct engine *e, struct handle *handle, enum engine_mode mode) ENGINE_CHECK;
void handle_set_reset(struct engine *e, struct handle *handle, bool was_reset);

#endif
