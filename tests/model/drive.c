/*
 * drive.c - one step: the engine does it, the rules are checked on what it reports, then the model
 * does it and everything that can be seen is compared.
 */
#include "config.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tests/model/drive.h"

void drive_fail(struct drive *drive, const char *format, ...)
{
	va_list args;
	if (drive->failure[0] != '\0')
		return;
	va_start(args, format);
	vsnprintf(drive->failure, sizeof(drive->failure), format, args);
	va_end(args);
}

static int session_of(const struct drive *drive, const void *speaker)
{
	return (int)((struct session *const *)speaker - drive->session);
}

static void on_answer(void *arg, void *speaker, uint64_t tag, const struct engine_answer *answer)
{
	struct drive *drive = arg;
	if (drive->answers == DRIVE_ANSWERS) {
		drive_fail(drive, "more answers than there can be waiters");
		return;
	}
	drive->answer[drive->answers++] = (struct model_answer){
		.session = session_of(drive, speaker), .tag = tag, .number = answer->request,
		.status = answer->status
	};
}

static bool on_in_group(void *arg, void *speaker, uint32_t gid)
{
	struct drive *drive = arg;
	return model_in_group(&drive->peer[session_of(drive, speaker)], gid);
}

static void on_lost(void *arg, void *speaker, bool kicked)
{
	struct drive *drive = arg;
	const int session = session_of(drive, speaker);
	drive->session[session] = NULL;
	drive->lost |= 1u << session;
	drive->kicked_sessions |= kicked ? 1u << session : 0;
}

static void on_unbound(void *arg, void *watch)
{
	struct drive *drive = arg;
	struct client **client = watch;
	if (drive->unbounds == HISTORY_BOUND || !*client) {
		drive_fail(drive, "a client was unbound that is not there");
		return;
	}
	*client = NULL;
	drive->unbound[drive->unbounds++] = (int)(client - drive->bound);
}

void drive_begin(struct drive *drive, const struct engine_config *config, struct model_seen *seen)
{
	const struct engine_host host = { drive, on_answer, on_in_group, on_lost, on_unbound };
	struct step observe = { .kind = STEP_CONNECT, .user = 3 };
	memset(drive, 0, sizeof(*drive));
	for (int i = 0; i < HISTORY_BOUND; i++)
		drive->bound_model[i] = -1;
	drive->now = 1000000000;
	drive->engine = engine_new(config, &host);
	if (!drive->engine)
		abort();
	engine_advance(drive->engine, drive->now);
	model_init(&drive->model, config, seen);
	model_advance(&drive->model, drive->now);
	if (drive_engine(drive, &observe, ENGINE_FINAL) != WIRE_OK ||
	    drive_model(drive, &observe) != WIRE_OK)
		abort();
	report_engine(drive->engine, drive->session[0], &drive->before);
}

void drive_end(struct drive *drive)
{
	drive->model.seen->judged += drive->rules.judged;
	drive->model.seen->closed += drive->rules.closed;
	engine_free(drive->engine);
}

/* The request as the rules see it, with the engine's ids of semaphores. */
static void describe(const struct drive *drive, const struct step *step,
                     struct rules_request *request)
{
	*request = (struct rules_request){
		.session = step->session,
		.client = session_client_id(drive->session[step->session]),
		.number = drive->number[step->session],
		.count = (int)step->terms.count
	};
	for (int i = 0; i < request->count; i++) {
		const struct wire_term *term = &step->terms.term[i];
		request->term[i] = (struct rules_term){
			.sem = drive->sem_id[step->session][term->handle], .kind = term->kind,
			.n = term->n,
			.release_posts = drive->release_posts[step->session][term->handle]
		};
	}
}

/* The holds of a session's own client are released with it; those of a bound client stay. */
static void foresee_session_end(const struct session *session, struct rules_step *seen)
{
	if (session_bound(session))
		return;
	seen->effect = RULES_END;
	seen->ended[seen->ends++] = session_client_id(session);
}

/* Waits are cancelled as soon as an end is found; holds are released at the burial. */
static void foresee_ends(const struct drive *drive, const struct step *step,
                         struct rules_step *seen)
{
	const bool buries = step->kind == STEP_BURY || step->bury;
	for (int i = 1; i < MODEL_SESSIONS; i++) {
		const struct session *session = drive->session[i];
		if (!drive->model.session[i].alive)
			continue;
		for (int k = 0; k < HISTORY_BOUND; k++)
			if (session_bound(session) && session_bound(session) == drive->bound[k] &&
			    drive_client_is_dead(drive, step, k))
				seen->ended_sessions |= 1u << i;
		if (!drive_session_is_dead(drive, step, i))
			continue;
		seen->ended_sessions |= 1u << i;
		if (buries)
			foresee_session_end(session, seen);
	}
	for (int i = 0; i < HISTORY_BOUND && buries; i++)
		if (drive_client_is_dead(drive, step, i)) {
			seen->effect = RULES_END;
			seen->ended[seen->ends++] = client_id(drive->bound[i]);
		}
}

/* What the step may change, said in the engine's ids before the step is carried out. */
static void foresee(const struct drive *drive, const struct step *step, struct rules_step *seen)
{
	const uint64_t sem = drive->sem_id[step->session][step->change.handle];
	const struct session *session = drive->session[step->session];
	const int name = step->name != '\0' ? step->name - 'a' : 0;	/* few steps have one */
	const struct report_sem *named = &drive->before.sem[name];
	*seen = (struct rules_step){ .effect = RULES_NONE };
	if (step->kind == STEP_SET) {
		*seen = (struct rules_step){ RULES_SET, .sem = sem, .total = step->change.max };
	} else if (step->kind == STEP_DISCONNECT) {
		seen->ended_sessions = 1u << step->session;
		foresee_session_end(session, seen);
	} else if (step->kind == STEP_DIE || step->kind == STEP_BURY) {
		foresee_ends(drive, step, seen);
	} else if (step->kind == STEP_KICK) {
		seen->effect = RULES_END;
		seen->ended[seen->ends++] = drive_kicked(drive, step);
		for (int i = 1; i < MODEL_SESSIONS; i++)
			if (drive->model.session[i].alive &&
			    session_client_id(drive->session[i]) == seen->ended[0])
				seen->ended_sessions |= 1u << i;
	} else if (step->kind == STEP_DETACH) {
		seen->effect = RULES_DETACH;
		seen->client = session_client_id(session);
	} else if (step->kind == STEP_OPEN && (step->open.flags & WIRE_OPEN_RESET) != 0 &&
	           named->there) {
		*seen = (struct rules_step){ RULES_RESET, .sem = named->row.id,
		                             .total = step->open.initial };
	} else if (step->kind == STEP_RESET) {
		seen->effect = RULES_RESET;
		seen->sem = sem;
		for (int i = 0; i < REPORT_NAMES; i++)
			if (drive->before.sem[i].there && drive->before.sem[i].row.id == sem)
				seen->total = drive->before.sem[i].row.initial;
	} else if (step->kind == STEP_REMOVE || step->kind == STEP_UNLINK) {
		seen->effect = RULES_GONE;
		seen->sem = named->row.id;
	}
}

static void note_opening(struct drive *drive, const struct step *step, int status)
{
	const int slot = step->session;
	if (step->kind == STEP_CONNECT || step->kind == STEP_DETACH)
		memset(drive->sem_id[slot], 0, sizeof(drive->sem_id[slot]));
	if (step->kind == STEP_OPEN && status == WIRE_OK) {
		drive->sem_id[slot][step->open.handle] = drive->opened;
		drive->release_posts[slot][step->open.handle] =
			(step->open.flags & WIRE_OPEN_RELEASE_POSTS) != 0;
	}
}

static void check_rules(struct drive *drive, const struct step *step, int status,
                        struct rules_step *seen)
{
	struct rules_request request;
	if (status != WIRE_OK) {
		seen->effect = RULES_NONE;
		seen->refused = true;
		seen->ended_sessions = 0;
	}
	if (step->kind == STEP_DETACH && status == WIRE_OK)
		seen->heir = session_client_id(drive->session[step->session]);
	if (step->kind == STEP_APPLY) {
		describe(drive, step, &request);
		if (status == WIRE_OK && request.term[0].kind != WIRE_TERM_WAIT_ZERO)
			seen->granted = &request;
		if (status == ENGINE_WAITS)
			seen->waits = &request;
	}
	seen->answer = drive->answer;
	seen->answers = drive->answers;
	rules_broken(&drive->rules, seen, &drive->before, &drive->after, drive->failure,
	             sizeof(drive->failure));
}

/* Asks with ENGINE_PROBE. A probe that is not granted must change nothing. */
static int probe(struct drive *drive, const struct step *step)
{
	char text[256];
	int status = drive_engine(drive, step, ENGINE_PROBE);
	if (status == WIRE_OK)
		return status;
	report_engine(drive->engine, drive->session[0], &drive->after);
	if (drive->answers > 0 || drive->unbounds > 0)
		drive_fail(drive, "rule 5: a probe that was not granted answered waiters");
	if (report_differs(&drive->after, &drive->before, text, sizeof(text)))
		drive_fail(drive,
		           "rule 5: a probe that was not granted changed something: %s (here "
		           "\"the model\" is what was before)", text);
	int final = drive_engine(drive, step, ENGINE_FINAL);
	if (final != status)
		drive_fail(drive, "probed it was %d, for good %d", status, final);
	return final;
}

static bool is_grant(const struct model_answer *answer)
{
	return answer->status == WIRE_OK && !answer->wait_zero;
}

static bool same(const struct model_answer *a, const struct model_answer *b)
{
	return a->session == b->session && a->tag == b->tag && a->number == b->number &&
	       a->status == b->status;
}

static int find_answer(const struct model_answer *answers, int count,
                       const struct model_answer *which)
{
	int i = 0;
	while (i < count && !same(&answers[i], which))
		i++;
	return i;
}

/*
 * The engine must give exactly the model's answers, with the grants in the model's order and before
 * those that waited for zero.
 */
static void compare_answers(struct drive *drive)
{
	const struct model *model = &drive->model;
	int last = -1;
	for (int i = 0; i < model->answers; i++) {
		const struct model_answer *wanted = &model->answer[i];
		int at = find_answer(drive->answer, drive->answers, wanted);
		if (at == drive->answers)
			drive_fail(drive, "request %" PRIu64 " of session %d is not answered %d",
			           wanted->number, wanted->session, wanted->status);
		if (wanted->status == WIRE_OK && at < last)
			drive_fail(drive, "request %" PRIu64 " of session %d is granted too early",
			           wanted->number, wanted->session);
		if (is_grant(wanted))
			last = at;
	}
	for (int i = 0; i < drive->answers; i++)
		if (find_answer(model->answer, model->answers, &drive->answer[i]) == model->answers)
			drive_fail(drive,
			           "request %" PRIu64 " of session %d is answered %d for nothing",
			           drive->answer[i].number, drive->answer[i].session,
			           drive->answer[i].status);
	if (drive->answers != model->answers)
		drive_fail(drive, "%d answers instead of %d", drive->answers, model->answers);
}

static void compare_unbound(struct drive *drive)
{
	const struct model *model = &drive->model;
	for (int i = 0; i < model->unbounds; i++) {
		int slot = model->unbound[i];
		if (drive->bound[slot])
			drive_fail(drive, "the client of process %d is not unbound", slot);
		drive->bound_model[slot] = -1;
	}
	if (model->unbounds != drive->unbounds)
		drive_fail(drive, "%d clients unbound instead of %d", drive->unbounds,
		           model->unbounds);
}

static void compare(struct drive *drive, const struct step *step, int status)
{
	struct sem_event row;
	char text[256];
	int wanted = drive_model(drive, step);
	if (wanted != status) {
		drive_fail(drive, "status is %d (%s), not %d (%s)", status,
		           status < 0 ? "waits" : wire_status_name((unsigned)status), wanted,
		           wanted < 0 ? "waits" : wire_status_name((unsigned)wanted));
		return;
	}
	if (status >= 0)
		drive->model.seen->status[status]++;
	compare_answers(drive);
	compare_unbound(drive);
	if (drive->lost != drive->model.lost || drive->kicked_sessions != drive->model.kicked)
		drive_fail(drive, "sessions %#x are lost and %#x kicked, not %#x and %#x",
		           drive->lost,
		           drive->kicked_sessions, drive->model.lost, drive->model.kicked);
	report_model(&drive->model, &drive->wanted);
	if (report_differs(&drive->after, &drive->wanted, text, sizeof(text)))
		drive_fail(drive, "%s", text);
	if (step->kind != STEP_QUERY || status != WIRE_OK)
		return;
	report_model_row(&drive->model,
	                 drive->model.session[step->session].handle[step->change.handle].sem, &row);
	if (report_row_differs(&drive->row, &row, text, sizeof(text)))
		drive_fail(drive, "query: %s", text);
}

static void check_nobody_stuck(struct drive *drive)
{
	const struct rules_request *stuck = rules_stuck_by_place(&drive->rules);
	if (stuck)
		drive_fail(drive, "rule 6: request %" PRIu64 " of session %d is stuck by its place "
		           "alone", stuck->number, stuck->session);
}

/*
 * The engine charges answers until they are seen. The model has no unseen answers, so all are seen
 * at once.
 */
static void see_answers(struct drive *drive)
{
	for (int i = 0; i < MODEL_SESSIONS; i++)
		if (drive->model.session[i].alive)
			session_see(drive->session[i], session_last_reply(drive->session[i]));
}

bool drive_step(struct drive *drive, const struct step *step)
{
	struct rules_step seen;
	int status;
	if (!drive_makes_sense(drive, step))
		return true;
	drive->answers = drive->unbounds = 0;
	drive->lost = drive->kicked_sessions = 0;
	see_answers(drive);
	if (step->kind == STEP_ADVANCE)
		drive->now += step->ns;
	else if (step->kind == STEP_APPLY)
		drive->number[step->session]++;
	foresee(drive, step, &seen);
	if (step->probe && drive_has_mode(step->kind))
		status = probe(drive, step);
	else
		status = drive_engine(drive, step, ENGINE_FINAL);
	model_step(&drive->model, status);
	note_opening(drive, step, status);
	report_engine(drive->engine, drive->session[0], &drive->after);
	check_rules(drive, step, status, &seen);
	if (drive->failure[0] == '\0')
		compare(drive, step, status);
	if (drive->failure[0] == '\0')
		check_nobody_stuck(drive);
	if (drive->failure[0] == '\0')
		drive_check_deadlocks(drive);
	drive->before = drive->after;
	return drive->failure[0] == '\0';
}
