/*
 * stir.h - what has changed since clause (c) was last asked, and whom that can concern.
 *
 * Whom (c) lets pass goes by holds and lines that hang together by the clients that wait. So it is
 * asked only for those who hang together with something that has changed: others pay nothing for a
 * crowd that they have nothing to do with.
 */
#ifndef SEMD_CORE_STIR_H
#define SEMD_CORE_STIR_H

#include "daemon/core/core.h"

/* Its line, what is available there, or who holds it has changed. */
static inline void stir(struct engine *e, struct sem *sem)
{
	if (sem->is_stirred)
		return;
	sem->is_stirred = true;
	TAILQ_INSERT_TAIL(&e->stirred, sem, stirring);
}

/* Clause (c) serves nobody as things are now. */
void stir_settled(struct engine *e);

/* Finds whom the changes concern; stir_reaches then says who that is. */
void stir_spread(struct engine *e);

static inline bool stir_reaches(const struct engine *e, const struct client *client)
{
	return client->stir_reached == e->last_stir;
}

#endif
