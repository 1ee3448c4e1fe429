/*
 * history_print.c - prints a history in words, for reading.
 */
#include <inttypes.h>

#include "tests/model/history.h"

static void print_terms(FILE *to, const struct step *step)
{
	static const char *const kinds[] = {
		"?", "acquire", "consume", "release", "settle", "post", "wait_zero"
	};
	if (step->ns == ENGINE_FOREVER)
		fprintf(to, " for ever:");
	else
		fprintf(to, " for %" PRIu64 " us:", step->ns / 1000);
	for (uint32_t i = 0; i < step->terms.count; i++)
		fprintf(to, " %s %u of handle %u;", kinds[step->terms.term[i].kind],
		        step->terms.term[i].n, step->terms.term[i].handle);
}

static void print_step(FILE *to, const struct step *step)
{
#define HISTORY_NAME(NAME) #NAME,
	static const char *const kinds[] = { HISTORY_KINDS(HISTORY_NAME) };
#undef HISTORY_NAME
	const struct open_request *open = &step->open;
	const struct change_request *change = &step->change;
	if (step->kind == STEP_DIE || step->kind == STEP_BURY) {
		fprintf(to, "# %s%s, sessions %#x, clients of processes %#x\n", kinds[step->kind],
		        step->bury ? " and BURY" : "", step->sessions, step->slots);
		return;
	}
	if (step->kind == STEP_ADVANCE) {
		fprintf(to, "# ADVANCE %" PRIu64 " us\n", step->ns / 1000);
		return;
	}
	fprintf(to, "# session %d: %s%s", step->session, kinds[step->kind],
	        step->probe ? " (probed)" : "");
	if (step->kind == STEP_CONNECT)
		fprintf(to, " as uid %u", history_user(step->user)->uid);
	else if (step->kind == STEP_BIND || step->kind == STEP_DETACH)
		fprintf(to, " process %d", step->slot);
	else if (step->kind == STEP_OPEN)
		fprintf(to, " %c as %u flags %u initial %u max %u mode %o bypass %u", step->name,
		        open->handle, open->flags, open->initial, open->max, open->mode,
		        open->bypass);
	else if (step->kind == STEP_APPLY)
		print_terms(to, step);
	else if (step->kind == STEP_CANCEL)
		fprintf(to, " what came %u requests ago", step->back);
	else if (step->kind == STEP_REMOVE || step->kind == STEP_UNLINK)
		fprintf(to, " %c", step->name);
	else if (step->kind == STEP_KICK && step->whose == 0)
		fprintf(to, " the client of process %d", step->slot);
	else if (step->kind == STEP_KICK)
		fprintf(to, " the client of session %d", step->whose);
	else if (step->kind == STEP_CHANGE)
		fprintf(to, " handle %u mask %u max %u mode %o uid %u gid %u bypass %u",
		        change->handle, change->mask, change->max, change->mode, change->uid,
		        change->gid, change->bypass);
	else if (step->kind != STEP_DISCONNECT)
		fprintf(to, " handle %u (to %u)", change->handle, change->max);
	fputc('\n', to);
}

void history_print(FILE *to, const struct history *history)
{
	const struct engine_limits *limits = &history->config.limits;
	fprintf(to, "# limits: clients %u semaphores %u waiters %u handles %u\n", limits->clients,
	        limits->semaphores, limits->waiters, limits->handles);
	for (int i = 0; i < history->count; i++)
		print_step(to, &history->step[i]);
}
