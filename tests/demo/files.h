/*
 * files.h - the input of the demo: the C files of the tree. Their list is kept in a file, so that
 * all workers see the same files.
 */
#ifndef SEMD_TESTS_FILES_H
#define SEMD_TESTS_FILES_H

#include <stddef.h>

struct files {
	size_t count, room;
	char **name;	/* relative to the tree */
};

/* Writes the list of the tree's C files and returns their number; reads such a list. */
size_t files_list(const char *source, const char *list);
void files_read(struct files *files, const char *list);
void files_free(struct files *files);

#endif
