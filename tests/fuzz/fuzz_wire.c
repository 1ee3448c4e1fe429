/*
 * fuzz_wire.c - gives any bytes to all decoders and to the printer.
 *
 * An accepted frame must be encoded to the very same bytes again, so that no two requests mean one
 * message. The printer must print one line of plain characters.
 */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "protocol/wire.h"
#include "tests/fuzz/fuzz.h"

/*
 * Texts of a decoded message lie within the frame. A request has no bytes but its fields; a reply
 * or an event may have more bytes behind them, which only the length counts.
 */
static void check_same(const uint8_t *data, size_t size, const uint8_t *encoded,
                       size_t encoded_size,
                       bool is_request)
{
	fuzz_check(is_request ? encoded_size == size : encoded_size <= size);
	fuzz_check(encoded_size >= WIRE_HEAD_SIZE);
	fuzz_check(memcmp(data + 4, encoded + 4, encoded_size - 4) == 0);
}

#define TRY(type, is_request) \
	static void try_##type(const uint8_t *data, size_t size) \
	{ \
		struct type message; \
		uint8_t encoded[WIRE_MAX_REPLY]; \
		if (type##_decode(&message, data, size) == 0) \
			check_same(data, size, encoded, \
			           type##_encode(&message, encoded, sizeof(encoded)), is_request); \
	}
#define TRY_BOTH(NAME, name, value, ...) TRY(name##_request, true) TRY(name##_reply, false)
#define TRY_EVENT(NAME, name, value) TRY(name##_event, false)
WIRE_MESSAGES(TRY_BOTH)
WIRE_EVENTS(TRY_EVENT)

static void check_line(const char *line, size_t size)
{
	fuzz_check(size > 0 && size < WIRE_PRINT_ROOM - 1);
	for (size_t i = 0; i < size; i++)
		fuzz_check(line[i] >= 0x20 && line[i] <= 0x7e);
}

static void try_print(const uint8_t *data, size_t size, int reply)
{
	char line[WIRE_PRINT_ROOM];
	check_line(line, wire_print(line, sizeof(line), data, size, reply));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
#define CALL_BOTH(NAME, name, value, ...) \
	try_##name##_request(data, size); \
	try_##name##_reply(data, size);
#define CALL_EVENT(NAME, name, value) try_##name##_event(data, size);
	WIRE_MESSAGES(CALL_BOTH)
	WIRE_EVENTS(CALL_EVENT)
	try_print(data, size, 0);
	try_print(data, size, 1);
	return 0;
}
