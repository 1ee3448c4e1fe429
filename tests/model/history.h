/*
 * history.h - a random history: steps as plain data, so that any of them can be left out.
 *
 * A step that makes no sense in its place (for example one of a session that is gone) is skipped.
 */
#ifndef SEMD_TESTS_HISTORY_H
#define SEMD_TESTS_HISTORY_H

#include <stdio.h>

#include "tests/model/model.h"

enum { HISTORY_STEPS = 280, HISTORY_BOUND = 3, HISTORY_NAMES = 4, HISTORY_USERS = 6 };

#define HISTORY_KINDS(KIND) \
	KIND(CONNECT) KIND(DISCONNECT) KIND(BIND) KIND(DETACH) KIND(DIE) KIND(BURY) KIND(OPEN) \
	KIND(CLOSE) KIND(APPLY) KIND(CANCEL) KIND(QUERY) KIND(SET) KIND(CHANGE) KIND(RESET) \
	KIND(REMOVE) KIND(UNLINK) KIND(KICK) KIND(ADVANCE)

#define HISTORY_ENUM(NAME) STEP_##NAME,
enum step_kind { HISTORY_KINDS(HISTORY_ENUM) STEP_KINDS };
#undef HISTORY_ENUM

struct step {
	enum step_kind kind;
	bool probe;			/* ask with ENGINE_PROBE first */
	int session;
	int slot;			/* of a bound client */
	int whose;			/* KICK: the client of that session; 0: the bound client */
	int user;			/* CONNECT */
	unsigned sessions, slots;	/* DIE: bits of those that one look finds ended */
	bool bury;			/* DIE: nothing that they sent is left to carry out */
	char name;
	uint32_t back;			/* CANCEL: how many numbers ago */
	uint64_t ns;			/* ADVANCE, or APPLY's time-out */
	struct open_request open;	/* without the name */
	struct change_request change;	/* also SET's max, and the handle of all steps with one */
	struct wire_terms terms;
};

/*
 * In a rough history more requests are refused and ended than wait. A dense history is almost only
 * vectors that wait for each other. In a tight history up to five clients, some with several
 * sessions, hold permits of three semaphores and ask for more; towards its end all that can give
 * back what they hold. In a busy history sessions of one client take and give while other clients
 * want all permits.
 */
enum history_mood { MOOD_EVEN, MOOD_ROUGH, MOOD_DENSE, MOOD_TIGHT, MOOD_BUSY };

struct history {
	struct engine_config config;
	int names;
	enum history_mood mood;
	int length;
	int process[MODEL_SESSIONS];	/* tight, busy: for which the session speaks, or -1 */
	int count;
	struct step step[HISTORY_STEPS];
};

/* Numbers that depend on the seed alone. */
struct chance {
	uint64_t state;
};
uint32_t chance_below(struct chance *chance, uint32_t bound);
bool chance_one_in(struct chance *chance, uint32_t n);

const struct peer *history_user(int user);
void history_begin(struct history *history, struct chance *chance);
/* The next step, chosen to make sense in the state that the model is in. */
void history_next(const struct history *history, struct chance *chance, const struct model *model,
                  struct step *step);
/*
 * The same for tight and busy histories. False if the step is to be any step of step->session, as
 * in other histories.
 */
void history_begin_tight(struct history *history, struct chance *chance);
bool history_next_tight(const struct history *history, struct chance *chance,
                        const struct model *model, struct step *step);
void history_print(FILE *to, const struct history *history);

#endif
