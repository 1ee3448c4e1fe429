/* line.c - see line.h. */
#include "daemon/core/line.h"
#include "daemon/core/report/resume.h"
#include "daemon/core/client.h"
#include "daemon/core/oversize.h"
#include "daemon/core/sem.h"
#include "daemon/core/serve.h"
#include "daemon/core/stuck_changes.h"
#include "daemon/core/stuck.h"

/* ---- The line itself ------------------------------------------------------------------------- */

static int make(struct sem *sem)
{
	if (sem->line)
		return WIRE_OK;
	struct line *line = malloc(sizeof(*line));
	if (!line)
		return WIRE_ENOMEM;
	*line = (struct line){ .sem = sem };
	TAILQ_INIT(&line->places);
	TAILQ_INIT(&line->zero);
	sem->line = line;
	return WIRE_OK;
}

static void drop_unused(struct engine *e, struct sem *sem)
{
	struct line *line = sem->line;
	if (!line || line->waiting)
		return;
	heap_remove(&e->ready, &line->ready);
	if (line->to_consider)
		TAILQ_REMOVE(&e->considered, line, considering);
	if (line->to_settle)
		TAILQ_REMOVE(&e->settled, line, settling);
	if (line->is_stuck_changed)
		TAILQ_REMOVE(&e->stuck_changed, line, of_stuck_changed);
	sem->line = NULL;
	free(line);
}

static int make_room(struct place *place)
{
	int status = make(place->sem);
	if (status == WIRE_OK && !place->waiter->for_zero)
		status = oversize_make_room(place);
	return status;
}

int line_make_room(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (make_room(&waiter->places[i]) != WIRE_OK) {
			line_drop_room(e, waiter);
			return WIRE_ENOMEM;
		}
	return WIRE_OK;
}

void line_drop_room(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		if (!waiter->for_zero)
			oversize_drop_room(&waiter->places[i]);
		drop_unused(e, waiter->places[i].sem);
	}
}

void line_note_open(struct engine *e, struct line *line)
{
	bool open = !TAILQ_EMPTY(&line->places) && (line->unneedy || sem_available(e, line->sem) > 0);
	e->open_lines += open;
	e->open_lines -= line->open;
	line->open = open;
}

/* ---- Places ---------------------------------------------------------------------------------- */

/*
 * Sorts the place into line->stops if it lets no other waiter pass, or counts it in line->lenient
 * if it lets others pass by the bypass only.
 */
static void place_sort(const struct engine *e, struct place *place)
{
	struct line *line = place->sem->line;
	bool lets_by = oversize_waiter(place->waiter);
	bool lenient = !lets_by && place->passed < sem_bypass(e, place->sem);
	line->lenient += lenient;
	line->lenient -= place->is_lenient;
	place->is_lenient = lenient;
	if (lets_by || lenient)
		heap_remove(&line->stops, &place->stop);
	else if (!place->stop.rank)
		heap_insert(&line->stops, &place->stop);
}

void line_sort(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		place_sort(e, &waiter->places[i]);
		serve_consider(e, waiter->places[i].sem);
	}
}

void line_bypass_changed(struct engine *e, struct sem *sem)
{
	struct place *place;
	if (!sem->line)
		return;
	TAILQ_FOREACH(place, &sem->line->places, in_line) {
		e->looked++;
		place_sort(e, place);
	}
}

static void place_enter(struct engine *e, struct place *place)
{
	struct line *line = place->sem->line;
	TAILQ_INSERT_TAIL(&line->places, place, in_line);
	stuck_changes_note(e, line);
	place->stop.key = place->waiter->due.order;
	place_sort(e, place);
	line->unneedy += place->need <= 0;
	line_note_open(e, line);
}

static void place_leave(struct engine *e, struct place *place)
{
	struct line *line = place->sem->line;
	RESUME_LEAVE(line->shown_place, place, place_list, in_line);
	TAILQ_REMOVE(&line->places, place, in_line);
	stuck_changes_note(e, line);
	oversize_leave(e, place);
	heap_remove(&line->stops, &place->stop);
	line->lenient -= place->is_lenient;
	line->unneedy -= place->need <= 0;
	line_note_open(e, line);
}

static void zero_leave(struct place *place)
{
	struct line *line = place->sem->line;
	RESUME_LEAVE(line->shown_zero, place, place_list, in_line);
	TAILQ_REMOVE(&line->zero, place, in_line);
}

void line_enter(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count && !waiter->for_zero; i++)
		oversize_enter(e, &waiter->places[i]);
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		struct place *place = &waiter->places[i];
		place->sem->line->waiting++;
		if (waiter->for_zero)
			TAILQ_INSERT_TAIL(&place->sem->line->zero, place, in_line);
		else
			place_enter(e, place);
	}
	if (waiter->for_zero)
		return;
	waiter->key.session->client->waits++;
	client_note_entangled(e, waiter->key.session->client);
}

void line_leave(struct engine *e, struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++) {
		struct place *place = &waiter->places[i];
		place->sem->line->waiting--;
		if (waiter->for_zero)
			zero_leave(place);
		else
			place_leave(e, place);
		drop_unused(e, place->sem);
	}
	if (waiter->for_zero)
		return;
	waiter->key.session->client->waits--;
	client_note_entangled(e, waiter->key.session->client);
}

const struct place *line_stop(const struct sem *sem)
{
	const struct heap_node *least = sem->line ? sem->line->stops.least : NULL;
	return least ? HEAP_OWNER(least, place, stop) : NULL;
}

static bool is_stopped(const struct place *place)
{
	return line_is_before(line_stop(place->sem), place->waiter);
}

bool line_lets_in(const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (is_stopped(&waiter->places[i]))
			return false;
	return true;
}

bool line_is_short(const struct engine *e, const struct place *place)
{
	return sem_available(e, place->sem) < place->need;
}

/*
 * Notes that the place lets a request pass. If the reason is neither its bypass nor that its waiter
 * is out of reach, the reason is clause (c).
 */
static void note_pass(struct engine *e, struct place *ahead)
{
	struct waiter *waiter = ahead->waiter;
	if (ahead->is_lenient) {
		ahead->passed++;
		place_sort(e, ahead);
	} else if (ahead->stop.rank && line_is_short(e, ahead) && waiter->last_yield != e->last_pass) {
		waiter->last_yield = e->last_pass;
		if (++waiter->yielded == STUCK_YIELDS)
			TAILQ_INSERT_TAIL(&e->unyielding, waiter, of_unyielding);
	}
}

static void place_pass(struct engine *e, const struct place *place)
{
	struct line *line = place->sem->line;
	if (!line || (!line->lenient && !is_stopped(place)))
		return;
	struct place *p;
	TAILQ_FOREACH(p, &line->places, in_line) {
		if (p == place)
			return;
		e->looked++;
		note_pass(e, p);
	}
}

void line_pass(struct engine *e, const struct waiter *waiter)
{
	e->last_pass++;
	for (uint32_t i = 0; i < waiter->place_count; i++)
		place_pass(e, &waiter->places[i]);
}

bool line_fits(const struct engine *e, const struct waiter *waiter)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (line_is_short(e, &waiter->places[i]))
			return false;
	return true;
}

/*
 * Whether all lines of the waiter but `walked` let it in. The walk has checked that line already.
 */
static bool others_let_in(const struct waiter *waiter, const struct sem *walked)
{
	for (uint32_t i = 0; i < waiter->place_count; i++)
		if (waiter->places[i].sem != walked && is_stopped(&waiter->places[i]))
			return false;
	return true;
}

static bool may_be_served(const struct engine *e, const struct place *place)
{
	return line_fits(e, place->waiter) && others_let_in(place->waiter, place->sem);
}

/*
 * Of the places ahead of the stop (the first place that lets no waiter pass), only lenient places
 * can be served. The others are out of reach, so they do not fit.
 */
struct waiter *line_first(struct engine *e, const struct line *line)
{
	const struct place *place, *stop = line_stop(line->sem);
	if (sem_available(e, line->sem) <= 0 && !line->unneedy)
		return NULL;
	TAILQ_FOREACH(place, &line->places, in_line) {
		if (!line->lenient || place == stop)
			break;
		e->looked++;
		if (place->is_lenient && may_be_served(e, place))
			return place->waiter;
	}
	return stop && may_be_served(e, stop) ? stop->waiter : NULL;
}
