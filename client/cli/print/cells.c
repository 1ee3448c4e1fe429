/*
 * cells.c - see cells.h.
 */
#include "config.h"

#include "client/cli/print/cells.h"

#include <inttypes.h>
#include <stdio.h>

#include "client/cli/os/owner.h"
#include "client/cli/print/table.h"

const char *cell_number(char cell[CELL], uint64_t value)
{
	snprintf(cell, CELL, "%" PRIu64, value);
	return cell;
}

const char *cell_signed(char cell[CELL], int64_t value)
{
	snprintf(cell, CELL, "%" PRId64, value);
	return cell;
}

const char *cell_user(char cell[CELL], uint32_t uid)
{
	owner_name(uid, cell, CELL);
	return cell;
}

const char *cell_age(char cell[CELL], uint64_t ms)
{
	uint64_t s = ms / 1000;
	if (!table_is_for_people())
		return cell_number(cell, ms);
	if (s >= 86400)
		snprintf(cell, CELL, "%" PRIu64 "d%" PRIu64 "h", s / 86400, s / 3600 % 24);
	else if (s >= 3600)
		snprintf(cell, CELL, "%" PRIu64 "h%" PRIu64 "m", s / 3600, s / 60 % 60);
	else if (s >= 60)
		snprintf(cell, CELL, "%" PRIu64 "m%" PRIu64 "s", s / 60, s % 60);
	else
		snprintf(cell, CELL, "%" PRIu64 ".%" PRIu64 "s", s, ms / 100 % 10);
	return cell;
}
