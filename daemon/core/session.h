/* session.h - sessions: the handles and waits of one connection. */
#ifndef SEMD_DAEMON_CORE_SESSION_H
#define SEMD_DAEMON_CORE_SESSION_H

#include "daemon/core/core.h"

/* Ends all its waits with that status, or without an answer. */
void session_cancel_all(struct engine *e, struct session *session, int status);
void session_close_all(struct engine *e, struct session *session);
/* From now on what it acquires is held by that client. */
void session_speak_for(struct session *session, struct client *client);
/* Frees a session without waits and handles, for whose client another speaks or nobody. */
void session_free(struct engine *e, struct session *session);

/* The record of that handle's number; NULL if it was never used. */
struct slot *session_slot(const struct session *session, uint32_t number);
/* Why there is no handle of that number: EPROTO if it was never used; WIRE_OK if there is one. */
int session_slot_failure(const struct session *session, uint32_t number) ENGINE_CHECK;
/* Sees to it that there is one. Numbers are used in order: EPROTO, EQUOTA, ENOMEM. */
int session_slot_make(struct session *session, uint32_t number, struct slot **slot)
	ENGINE_CHECK;

#endif
