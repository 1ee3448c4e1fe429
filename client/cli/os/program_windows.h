/*
 * program_windows.h - which file a COMMAND is.
 */
#ifndef SEMD_CLIENT_CLI_OS_PROGRAM_WINDOWS_H
#define SEMD_CLIENT_CLI_OS_PROGRAM_WINDOWS_H

#include <stdbool.h>
#include <wchar.h>

/*
 * With a path in it, that file; else one in a folder of PATH, and nowhere else. An ending that is not
 * said is .exe, or .com. `*file` is its full path, the caller's to free. Returns 0 or what errno was.
 */
int program_find(const char *command, wchar_t **file);

/* Whether it is for cmd.exe, which takes a line apart by rules that nothing can be quoted for. */
bool program_is_batch(const wchar_t *file);

#endif
