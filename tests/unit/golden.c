/* golden.c - see golden.h. */
#include "config.h"

#include "tests/unit/golden.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char fence[] = "```";
static const char hex_fence[] = "```hex";

static _Noreturn void die(unsigned line, const char *what)
{
	fprintf(stderr, "PROTOCOL.md:%u: %s\n", line, what);
	exit(EXIT_FAILURE);
}

static unsigned hex_digit(char c)
{
	if (isdigit((unsigned char)c))
		return (unsigned)(c - '0');
	return (unsigned)(tolower((unsigned char)c) - 'a') + 10;
}

static void read_bytes(struct golden_frame *frame, const char *text, unsigned line)
{
	for (; *text && *text != '#'; text++) {
		if (isspace((unsigned char)*text))
			continue;
		if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]))
			die(line, "not a pair of hex digits");
		if (frame->size == sizeof(frame->bytes))
			die(line, "the frame is too long");
		unsigned byte = hex_digit(text[0]) << 4 | hex_digit(text[1]);
		frame->bytes[frame->size++] = (uint8_t)byte;
		text++;
	}
}

static struct golden_frame *begin(struct golden *golden, const char *name, unsigned line)
{
	size_t size = strcspn(name, " \r\n");
	if (golden->count == GOLDEN_FRAMES || size == 0 || size >= GOLDEN_NAME)
		die(line, "too many frames, or not a name");
	struct golden_frame *frame = &golden->frames[golden->count++];
	*frame = (struct golden_frame){ .line = line };
	memcpy(frame->name, name, size);
	return frame;
}

static void read_line(struct golden *golden, struct golden_frame **frame, const char *text,
                      unsigned line)
{
	size_t name = strcspn(text, "#_");
	if (text[name] == '_')
		*frame = begin(golden, text, line);
	else if (*frame)
		read_bytes(*frame, text, line);
	else if (text[strspn(text, " \r\n")])
		die(line, "a frame without a name");
}

static void read_file(struct golden *golden, FILE *file)
{
	char text[1024];
	bool inside = false;
	struct golden_frame *frame = NULL;
	for (unsigned line = 1; fgets(text, sizeof(text), file); line++) {
		bool is_fence = strncmp(text, fence, strlen(fence)) == 0;
		if (is_fence) {
			inside = !inside && strncmp(text, hex_fence, strlen(hex_fence)) == 0;
			frame = NULL;
		} else if (inside) {
			read_line(golden, &frame, text, line);
		}
	}
	if (inside)
		die(0, "the last block has no end");
}

FILE *golden_open(void)
{
	char path[4096];
	const char *source = getenv("SEMD_TEST_SOURCE");
	snprintf(path, sizeof(path), "%s/protocol/PROTOCOL.md", source ? source : ".");
	FILE *file = fopen(path, "r");
	if (!file) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	return file;
}

void golden_read(struct golden *golden)
{
	FILE *file = golden_open();
	golden->count = 0;
	read_file(golden, file);
	fclose(file);
}

const struct golden_frame *golden_find(const struct golden *golden, const char *name)
{
	for (size_t i = 0; i < golden->count; i++)
		if (strcmp(golden->frames[i].name, name) == 0)
			return &golden->frames[i];
	return NULL;
}
