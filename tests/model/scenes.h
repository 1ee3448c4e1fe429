/*
 * scenes.h - a few histories that are written, not random: what section 6 of the design tells.
 */
#ifndef SEMD_TESTS_SCENES_H
#define SEMD_TESTS_SCENES_H

#include "tests/model/drive.h"

struct scene {
	const char *name;
	/* The drive has begun; what goes wrong is in drive->failure. */
	void (*play)(struct drive *drive);
};

extern const struct scene scenes[];
extern const int scene_count;

#endif
