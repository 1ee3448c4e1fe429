/*
 * wire_name.c - what numbers are called, from schema.h. A number used twice there does not compile.
 */
#include "protocol/wire.h"

#define STATUS_NAME(NAME, value, text) case value: return #NAME;
#define STATUS_TEXT(NAME, value, text) case value: return text;
#define MESSAGE_NAME(NAME, name, value, ...) case value: return #NAME;
#define EVENT_NAME(NAME, name, value) case value: return #NAME;

const char *wire_status_name(unsigned status)
{
	switch (status) {
	WIRE_STATUSES(STATUS_NAME)
	default:
		return NULL;
	}
}

const char *wire_status_text(unsigned status)
{
	switch (status) {
	WIRE_STATUSES(STATUS_TEXT)
	default:
		return NULL;
	}
}

const char *wire_opcode_name(unsigned opcode)
{
	switch (opcode) {
	WIRE_MESSAGES(MESSAGE_NAME)
	WIRE_EVENTS(EVENT_NAME)
	default:
		return NULL;
	}
}
