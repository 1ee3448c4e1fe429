/* handle.h - a session's handle on a semaphore. */
#ifndef SEMD_DAEMON_CORE_HANDLE_H
#define SEMD_DAEMON_CORE_HANDLE_H

#include "daemon/core/core.h"

/* Makes a handle of the session on the semaphore and puts it into the slot. EQUOTA, ENOMEM. */
int handle_new(struct engine *e, struct session *session, struct sem *sem, uint32_t number,
               struct slot *slot) ENGINE_CHECK;
/*
 * Cancels the requests that wait through the handle, then frees it; the semaphore may be freed too.
 */
void handle_close(struct engine *e, struct handle *handle);
/*
 * Ends the requests that wait through the handle, and unties it from its semaphore, which is being
 * removed.
 */
void handle_orphan(struct engine *e, struct handle *handle);

/*
 * Finds the handle of that number for a request. EPROTO: the number was never opened; or the
 * failure of its opening; EREMOVED.
 */
int handle_find(const struct session *session, uint32_t number, struct handle **handle)
	ENGINE_CHECK;
/* Returns ERESET if the session must still be told of a reset. With ENGINE_FINAL it is now told. */
int handle_tell_reset(struct engine *e, struct handle *handle, enum engine_mode mode) ENGINE_CHECK;
void handle_set_reset(struct engine *e, struct handle *handle, bool was_reset);

#endif
