/*
 * served_unix.c - see served.h and served_unix.h.
 */
#include "config.h"

#include "tests/system/served_unix.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int raw_hear_out(struct raw *raw)
{
	shutdown(raw->stream, SHUT_WR);
	return raw_ended(raw);
}

bool address_exists(const char *address)
{
	struct stat info;
	return lstat(address, &info) == 0;
}

uint32_t served_uid(void)
{
	return getuid();
}

void served_open_to_all(void)
{
	if (chmod(served.folder, 0711) != 0 || chmod(served.socket, 0666) != 0)
		support_die("chmod: %s", support_error());
}

char process_state(pid_t pid)
{
	char path[64], text[512];
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "re");
	ck_assert_ptr_nonnull(file);
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), file));
	fclose(file);
	return strrchr(text, ')')[2];
}
