/*
 * resume.h - remembers where the last page of a report ended in a list, so that the next page finds
 * its start without walking the list from its head.
 *
 * Each list has one resume pointer, which all reports share. When the record it points to leaves
 * the list, the pointer moves to a neighbour. A search can be for any record: the nearer it is to
 * the resume pointer, the sooner it is found.
 */
#ifndef SEMD_DAEMON_CORE_REPORT_RESUME_H
#define SEMD_DAEMON_CORE_REPORT_RESUME_H

#include <sys/queue.h>

/* To be called before `record` is taken out of its list. */
#define RESUME_LEAVE(resume, record, head, entry) \
	do { \
		if ((resume) == (record)) \
			(resume) = TAILQ_NEXT(record, entry) ? TAILQ_NEXT(record, entry) : \
				TAILQ_PREV(record, head, entry); \
	} while (0)

/*
 * Sets `at` to the first record of the list whose `number` is above `after`; NULL if there is none.
 * `number` must rise along the list. Adds the number of records passed to `steps`.
 */
#define RESUME_SEEK(at, list, resume, number, after, head, entry, steps) \
	do { \
		(at) = (after) && (resume) ? (resume) : TAILQ_FIRST(list); \
		for (; (at) && (at)->number <= (after); (steps)++) \
			(at) = TAILQ_NEXT(at, entry); \
		for (; (at) && TAILQ_PREV(at, head, entry) && \
		     TAILQ_PREV(at, head, entry)->number > (after); (steps)++) \
			(at) = TAILQ_PREV(at, head, entry); \
	} while (0)

#endif
