/* apart_unix.c - see apart.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/model/apart.h"

enum { EXIT_TRUE = 0, EXIT_FALSE = 3 };	/* sanitizers exit with other numbers */

void *apart_memory(size_t size)
{
	static void *memory;
	if (!memory)
		memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		              0);
	if (memory == MAP_FAILED)
		abort();
	return memory;
}

static void drop_errors(void)
{
	int null = open("/dev/null", O_WRONLY);
	if (null >= 0)
		dup2(null, STDERR_FILENO);
}

enum apart apart_run(bool (*function)(void *arg), void *arg, size_t size, bool quiet)
{
	int status;
	(void)size;	/* fork makes the copy */
	fflush(NULL);
	pid_t child = fork();
	if (child < 0)
		abort();
	if (child == 0) {
		if (quiet)
			drop_errors();
		exit(function(arg) ? EXIT_TRUE : EXIT_FALSE);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			abort();
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_TRUE)
		return APART_TRUE;
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FALSE ? APART_FALSE : APART_CRASHED;
}
