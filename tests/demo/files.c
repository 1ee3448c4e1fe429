/*
 * files.c - see files.h.
 */
#include "config.h"

#include "tests/demo/files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "protocol/array.h"
#include "tests/support/support.h"

static const char *const folders[] = {
	"protocol", "daemon", "daemon/core", "daemon/core/deadlock", "daemon/core/report",
	"daemon/os", "daemon/requests", "client", "client/cli", "client/cli/os",
	"client/cli/print", "client/examples", "client/lib", "client/lib/os",
	"tests/support", "tests/unit", "tests/model", "tests/system", "tests/demo", "tests/bench",
};

static size_t list_folder(FILE *list, const char *source, const char *name)
{
	char path[SUPPORT_PATH];
	DIR *folder = opendir(path_join(path, source, name));
	size_t count = 0;
	if (!folder)
		return 0;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		const char *end = strrchr(entry->d_name, '.');
		if (!end || (strcmp(end, ".c") != 0 && strcmp(end, ".h") != 0))
			continue;
		fprintf(list, "%s/%s\n", name, entry->d_name);
		count++;
	}
	closedir(folder);
	return count;
}

size_t files_list(const char *source, const char *path)
{
	FILE *list = fopen(path, "w");
	size_t count = 0;
	if (!list)
		support_die("cannot write %s", path);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		count += list_folder(list, source, folders[i]);
	if (fclose(list) != 0)
		support_die("cannot write %s", path);
	return count;
}

static void files_add(struct files *files, const char *name)
{
	files->name = array_grow(files->name, &files->room, files->count + 1, sizeof(*files->name));
	if (!files->name || !(files->name[files->count] = strdup(name)))
		support_die("out of memory");
	files->count++;
}

void files_read(struct files *files, const char *path)
{
	char name[SUPPORT_PATH];
	FILE *list = fopen(path, "r");
	if (!list)
		support_die("cannot read %s", path);
	*files = (struct files){ 0 };
	while (fgets(name, sizeof(name), list)) {
		name[strcspn(name, "\n")] = '\0';
		files_add(files, name);
	}
	fclose(list);
}

void files_free(struct files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->name[i]);
	free(files->name);
	*files = (struct files){ 0 };
}
