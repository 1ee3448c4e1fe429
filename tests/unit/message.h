/*
 * message.h - for each message of the schema a comparison and a random message.
 */
#ifndef SEMD_TESTS_UNIT_MESSAGE_H
#define SEMD_TESTS_UNIT_MESSAGE_H

#include <stdbool.h>

#include "protocol/wire.h"
#include "tests/unit/random.h"

/*
 * type_same compares all fields, and the heads except length and opcode, which the encoder sets.
 *
 * type_random fills in a message that can be encoded. Its texts are static.
 */
#define MESSAGE_DECLARE(type) \
	bool type##_same(const struct type *a, const struct type *b); \
	void type##_random(struct random *random, struct type *into);
#define MESSAGE_DECLARE_BOTH(NAME, name, value, ...) \
	MESSAGE_DECLARE(name##_request) MESSAGE_DECLARE(name##_reply)
#define MESSAGE_DECLARE_EVENT(NAME, name, value) MESSAGE_DECLARE(name##_event)
WIRE_MESSAGES(MESSAGE_DECLARE_BOTH)
WIRE_EVENTS(MESSAGE_DECLARE_EVENT)

#endif
