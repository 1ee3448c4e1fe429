/* session.h - sessions: the handles and waits of one connection. */
#ifndef SEMD_DAEMON_CORE_SESSION_H
#define SEMD_DAEMON_CORE_SESSION_H

#include "daemon/core/core.h"

/* Ends all waits of the session with that status, or without an answer (WAITER_UNANSWERED). */
void session_cancel_all(struct engine *e, struct session *session, int status);
void session_close_all(struct engine *e, struct session *session);
/* From now on permits that the session acquires belong to `client`. */
void session_speak_for(struct session *session, struct client *client);
/* Frees a session that has no waits and no handles, and has left the speakers of its client. */
void session_free(struct engine *e, struct session *session);

/* The slot of that handle number; NULL if the number has none. */
struct slot *session_slot(const struct session *session, uint32_t number);
/*
 * The reason why no handle has that number: EPROTO if the number is not in use, else the failure of
 * its opening. WIRE_OK: there is a handle.
 */
int session_slot_failure(const struct session *session, uint32_t number) ENGINE_CHECK;
/* Finds or makes the slot of that number. EPROTO: a lower number was never used; EQUOTA; ENOMEM. */
int session_slot_make(struct session *session, uint32_t number, struct slot **slot)
	ENGINE_CHECK;

#endif
