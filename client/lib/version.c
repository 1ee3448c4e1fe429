/* version.c - the library's release. */
#include "config.h"

#include "client/semd.h"

const char *semd_version(void)
{
	return PACKAGE_VERSION;
}
