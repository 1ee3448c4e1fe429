/*
 * trace_unix.c - see trace.h: the kernel appends one record after the other.
 */
#include "config.h"

#include "tests/demo/trace.h"

#include <fcntl.h>
#include <unistd.h>

support_descriptor trace_open(const char *path)
{
	int trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (trace < 0)
		support_die("cannot open %s", path);
	return trace;
}

void trace_add(support_descriptor trace, int change)
{
	if (write(trace, &change, sizeof(change)) != sizeof(change))
		support_die("cannot append to the trace");
}
