/*
 * coverage.h - a producer for every request, event and status of the schema. They are declared from
 * its lists, so that one without a producer does not link.
 */
#ifndef SEMD_TESTS_COVERAGE_H
#define SEMD_TESTS_COVERAGE_H

#include "tests/system/served.h"

/* Connects and brings one reply about, which is the last; its status. */
#define REQUEST(NAME, name, number, ...) int request_##name(struct raw *raw);
WIRE_MESSAGES(REQUEST)
#undef REQUEST

/* Connects and brings one event about. */
#define EVENT(NAME, name, number) void event_##name(struct raw *raw);
WIRE_EVENTS(EVENT)
#undef EVENT

/* Brings a status about that is seen on a raw connection, or returns it as a result of the library. */
#define STATUS(NAME, number, text) int status_##NAME(void);
WIRE_STATUSES(STATUS)
#undef STATUS

#endif
