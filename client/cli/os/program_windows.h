/*
 * program_windows.h - finding the file of a COMMAND.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROGRAM_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_PROGRAM_WINDOWS_H

#include <stdbool.h>
#include <wchar.h>

/*
 * A COMMAND with a path is that file; any other is looked for in the folders of PATH and nowhere
 * else. Without an ending, .exe and .com are tried. `*file` becomes the full path, the caller's to
 * free. Returns 0 or a number of errno.
 */
int program_find(const char *command, wchar_t **file);

/* Whether a file is a batch file: cmd.exe splits lines by rules that no quoting is safe from. */
bool program_is_batch(const wchar_t *file);

#endif
