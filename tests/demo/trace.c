/*
 * trace.c - see trace.h.
 */
#include "config.h"

#include "tests/demo/trace.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/support/support.h"

int trace_open(const char *path)
{
	int trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (trace < 0)
		support_die("cannot open %s", path);
	return trace;
}

void trace_add(int trace, int change)
{
	if (write(trace, &change, sizeof(change)) != sizeof(change))
		support_die("cannot append to the trace");
}

struct trace_sum trace_sum(const char *path)
{
	struct trace_sum sum = { 0, 0, 0 };
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		support_die("cannot read %s", path);
	for (int change; fread(&change, sizeof(change), 1, file) == 1; sum.records++) {
		sum.left += change;
		if (sum.left > sum.most)
			sum.most = sum.left;
	}
	fclose(file);
	return sum;
}
