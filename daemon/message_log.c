/*
 * message_log.c - see message_log.h. wire_print makes text from clients harmless.
 */
#include "config.h"

#include "daemon/message_log.h"
#include "protocol/wire.h"

void message_log_write(const struct connection *connection, const uint8_t *frame, size_t size,
                       bool sent)
{
	const struct peer *peer = &connection->peer;
	char text[WIRE_PRINT_ROOM];
	wire_print(text, sizeof(text), frame, size, sent);
	log_debug("process %u of user %u %s: %s", peer->pid, peer->uid,
	          sent ? "is sent" : "sends", text);
}
