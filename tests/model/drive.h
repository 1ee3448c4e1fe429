/*
 * drive.h - puts a history to the engine and to the model, step by step, and compares.
 */
#ifndef SEMD_TESTS_DRIVE_H
#define SEMD_TESTS_DRIVE_H

#include "tests/model/history.h"
#include "tests/model/report.h"
#include "tests/model/rules.h"

enum { DRIVE_ANSWERS = 128, DRIVE_FAILURE = 512 };

struct drive {
	struct engine *engine;
	struct model model;
	struct rules rules;
	struct session *session[MODEL_SESSIONS];	/* session 0 only observes */
	struct peer peer[MODEL_SESSIONS];
	uint64_t number[MODEL_SESSIONS];
	uint64_t sem_id[MODEL_SESSIONS][MODEL_HANDLES];	/* the engine's ids */
	bool release_posts[MODEL_SESSIONS][MODEL_HANDLES];
	struct client *bound[HISTORY_BOUND];
	int bound_model[HISTORY_BOUND];
	struct model_answer answer[DRIVE_ANSWERS];	/* of the step under way */
	int answers;
	int unbound[HISTORY_BOUND];
	int unbounds;
	unsigned lost;		/* bits of sessions */
	unsigned kicked_sessions;
	uint64_t now;
	struct peer kicked;	/* by the last KICK, as the engine reports */
	uint64_t opened;	/* the engine's id from the last OPEN */
	struct sem_event row;	/* of the last QUERY */
	struct report before;
	struct report after;
	struct report wanted;
	char failure[DRIVE_FAILURE];
};

void drive_begin(struct drive *drive, const struct engine_config *config, struct model_seen *seen);
/* False if the engine did something wrong; drive->failure says what. */
bool drive_step(struct drive *drive, const struct step *step);
void drive_end(struct drive *drive);

/* The same step as calls of the engine and of the model, in drive_calls.c. Both return a status. */
bool drive_makes_sense(const struct drive *drive, const struct step *step);
int drive_engine(struct drive *drive, const struct step *step, enum engine_mode mode);
int drive_model(struct drive *drive, const struct step *step);
/* Whether the session, or the bound client in that slot, has died or dies in this step. */
bool drive_session_is_dead(const struct drive *drive, const struct step *step, int session);
bool drive_client_is_dead(const struct drive *drive, const struct step *step, int slot);
/* The id of the client that the step kicks; no client has the id 0. */
uint64_t drive_kicked(const struct drive *drive, const struct step *step);
/* Whether the step is a request that can be asked with ENGINE_PROBE. */
bool drive_has_mode(enum step_kind kind);
/* Compares the deadlocks after a step, in drive_deadlocks.c. */
void drive_check_deadlocks(struct drive *drive);
void drive_fail(struct drive *drive, const char *format, ...)
	__attribute__((format(PRINTF_FORMAT, 2, 3)));

#endif
