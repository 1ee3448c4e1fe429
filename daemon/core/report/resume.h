/*
 * resume.h - where a report went on last in a list, so that its next page finds its place without
 * walking the list from its head.
 *
 * A list keeps one resume, for whoever reports on it, and the record it points to lets go of it
 * when it leaves. What is sought may lie anywhere: the nearer to the resume, the sooner it is
 * found.
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
 * Makes `at` the first record of a list, along which `number` rises, whose number is above
 * `after`; NULL if there is none. Adds to `steps` how many it came by.
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
