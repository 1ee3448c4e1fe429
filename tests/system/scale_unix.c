/*
 * scale_unix.c - see scale.h.
 */
#include "config.h"

#include "tests/system/scale.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

void scale_make_room(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		support_die("getrlimit: %s", support_error());
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		support_die("setrlimit: %s", support_error());
}

int64_t scale_private_bytes(void)
{
	static const char dirty[] = "Private_Dirty:";
	char path[64], line[256];
	int64_t sum = 0;
	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)served.process.pid);
	FILE *file = fopen(path, "re");
	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof(line), file)) {
		if (strncmp(line, dirty, sizeof(dirty) - 1) == 0)
			sum += strtol(line + sizeof(dirty) - 1, NULL, 10) * 1024;
	}
	fclose(file);
	ck_assert_int_gt(sum, 0);
	return sum;
}
