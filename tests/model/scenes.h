/*
 * scenes.h - a few written histories: the examples of section 6 of the design.
 */
#ifndef SEMD_TESTS_SCENES_H
#define SEMD_TESTS_SCENES_H

#include "tests/model/drive.h"

struct scene {
	const char *name;
	/* Called after drive_begin; failures are in drive->failure. */
	void (*play)(struct drive *drive);
};

extern const struct scene scenes[];
extern const int scene_count;

#endif
