/*
 * trace.c - see trace.h.
 */
#include "config.h"

#include "tests/demo/trace.h"

#include <stdio.h>

struct trace_sum trace_sum(const char *path)
{
	struct trace_sum sum = { 0, 0, 0 };
	FILE *file = fopen(path, "rb");
	if (!file)
		support_die("cannot read %s", path);
	for (int change; fread(&change, sizeof(change), 1, file) == 1; sum.records++) {
		sum.left += change;
		if (sum.left > sum.most)
			sum.most = sum.left;
	}
	fclose(file);
	return sum;
}
