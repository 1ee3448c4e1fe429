/*
 * machine_unix.c - processors, folders in memory, and the daemon beside this program.
 */
#include "config.h"

#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench.h"

int machine_first_cpu(void)
{
	cpu_set_t set;
	size_t cpu = 0;
	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		support_die("sched_getaffinity: %s", support_error());
	while (!CPU_ISSET(cpu, &set))
		cpu++;
	return (int)cpu;
}

size_t machine_most_cpus(void)
{
	return CPU_SETSIZE;
}

void machine_pin(pid_t pid, int cpu)
{
	cpu_set_t set;
	CPU_ZERO(&set);
	CPU_SET((size_t)cpu, &set);
	if (sched_setaffinity(pid, sizeof(set), &set) != 0)
		support_die("cannot pin to CPU %d: %s", cpu, support_error());
}

const char *machine_memory_folder(void)
{
	return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : NULL;
}

bool machine_find_daemon(char path[SUPPORT_PATH])
{
	ssize_t length = readlink("/proc/self/exe", path, SUPPORT_PATH - 1);
	if (length < 0)
		return false;
	path[length] = '\0';
	char *end = strrchr(path, '/');
	if (!end || (size_t)(end - path) + sizeof("/semd") > SUPPORT_PATH)
		return false;
	strcpy(end, "/semd");
	return access(path, X_OK) == 0;
}
