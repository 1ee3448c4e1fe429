/*
 * coverage.h - a producer for every request, event and status of the schema. The declarations are
 * made from the schema's lists, so a message without a producer does not link.
 */
#ifndef SEMD_TESTS_COVERAGE_H
#define SEMD_TESTS_COVERAGE_H

#include "tests/system/served.h"

/* Connects, and produces a reply as the last frame; returns its status. */
#define REQUEST(NAME, name, number, ...) int request_##name(struct raw *raw);
WIRE_MESSAGES(REQUEST)
#undef REQUEST

/* Connects, and produces the event. */
#define EVENT(NAME, name, number) void event_##name(struct raw *raw);
WIRE_EVENTS(EVENT)
#undef EVENT

/* Produces the status on a raw connection, or returns it as a result of the library. */
#define STATUS(NAME, number, text) int status_##NAME(void);
WIRE_STATUSES(STATUS)
#undef STATUS

#endif
