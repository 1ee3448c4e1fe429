/*
 * finger.h - where a report went on last in a list, so that its next page finds its place without walking
 * the list from its head.
 *
 * A list keeps one finger, for whoever reports on it, and the record it points to lets go of it when it
 * leaves. What is sought may lie anywhere: the nearer to the finger, the sooner it is found.
 */
#ifndef SEMD_CORE_FINGER_H
#define SEMD_CORE_FINGER_H

#include <sys/queue.h>

/* To be called before `record` is taken out of its list. */
#define FINGER_LEAVE(finger, record, head, entry) \
	do { \
		if ((finger) == (record)) \
			(finger) = TAILQ_NEXT(record, entry) ? TAILQ_NEXT(record, entry) : \
				TAILQ_PREV(record, head, entry); \
	} while (0)

/*
 * Makes `at` the first record of a list, along which `number` rises, whose number is above `after`; NULL
 * if there is none. Adds to `steps` how many it came by.
 */
#define FINGER_SEEK(at, list, finger, number, after, head, entry, steps) \
	do { \
		(at) = (after) && (finger) ? (finger) : TAILQ_FIRST(list); \
		for (; (at) && (at)->number <= (after); (steps)++) \
			(at) = TAILQ_NEXT(at, entry); \
		for (; (at) && TAILQ_PREV(at, head, entry) && \
		     TAILQ_PREV(at, head, entry)->number > (after); (steps)++) \
			(at) = TAILQ_PREV(at, head, entry); \
	} while (0)

#endif
