/*
 * print_deadlocks_dot.c - deadlocks in the language of Graphviz: a node for each client, an edge
 * from each client to those that hold permits it waits for, a cluster for each deadlock.
 */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "client/cli/print/characters.h"
#include "client/cli/print/print.h"
#include "protocol/utf8.h"

/* Part of a quoted string. Control characters, invisible ones and bytes that are not UTF-8
 * become '?'. */
static void put_text(const char *text)
{
	while (*text != '\0') {
		uint32_t point;
		const char *next = utf8_next(text, &point);
		if (point == UTF8_NONE || utf8_is_control(point) || character_is_hidden(point))
			putchar('?');
		else if (point == '"' || point == '\\')
			printf("\\%c", *text);
		else
			fwrite(text, 1, (size_t)(next - text), stdout);
		text = next;
	}
}

static void put_node(const struct client_row *client)
{
	printf("\t\tc%" PRIu64 " [label=\"client %" PRIu64 "\\npid %" PRIu32, client->client,
	       client->client, client->pid);
	if (client->command[0] != '\0')
		fputs("\\n", stdout);
	put_text(client->command);
	puts("\"];");
}

static bool is_same(const struct claim *a, const struct claim *b)
{
	return a->unlinked == b->unlinked && strcmp(a->name, b->name) == 0;
}

static void put_edge(const struct client_row *from, const struct client_row *to,
                     const struct claim *hold)
{
	printf("\t\tc%" PRIu64 " -> c%" PRIu64 " [label=\"", from->client, to->client);
	put_text(hold->name);
	printf(": %" PRIu32 "\"];\n", hold->permits);
}

static void put_edges_between(const struct client_row *from, const struct client_row *to)
{
	for (size_t i = 0; i < to->holds.count; i++) {
		bool awaited = false;
		for (size_t j = 0; !awaited && j < from->waits.count; j++)
			awaited = is_same(&to->holds.rows[i], &from->waits.rows[j]);
		if (awaited)
			put_edge(from, to, &to->holds.rows[i]);
	}
}

static void put_cluster(size_t number, const struct deadlock_row *deadlock)
{
	const struct client_rows *members = &deadlock->members;
	printf("\tsubgraph cluster_%zu {\n\t\tlabel=\"%s %zu\";\n", number,
	       deadlock->sure ? "deadlock" : "possible deadlock", number);
	for (size_t i = 0; i < members->count; i++)
		put_node(&members->rows[i]);
	for (size_t i = 0; i < members->count; i++)
		for (size_t j = 0; j < members->count; j++)
			put_edges_between(&members->rows[i], &members->rows[j]);
	puts("\t}");
}

int print_deadlocks_dot(const struct deadlock_rows *deadlocks)
{
	puts("digraph deadlocks {\n\tnode [shape=box];");
	for (size_t i = 0; i < deadlocks->count; i++)
		put_cluster(i + 1, &deadlocks->rows[i]);
	puts("}");
	return 0;
}
