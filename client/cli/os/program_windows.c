/*
 * program_windows.c - see program.h. The process is made in a job, stopped. The job ends it when
 * the last handle of the job is closed, so it ends with this process, whether started or not, just
 * as the single process of Unix would. Processes that it starts itself do not belong to the job.
 */
#include "config.h"

#include "client/cli/os/program.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <windows.h>

#include "client/cli/os/command_line_windows.h"
#include "client/cli/os/process_windows.h"
#include "client/cli/os/program_windows.h"

enum { STREAMS = 3 };

struct program {
	int error;		/* why there is no process, a number of errno; 0: there is one */
	bool is_batch;
	HANDLE process, thread, job;
};

/* ---- What it inherits ------------------------------------------------------------------------ */

/* The handles that the process inherits: the standard streams only. */
struct legacy {
	HANDLE streams[STREAMS];
	HANDLE list[STREAMS];	/* those that are open */
	size_t count;
	LPPROC_THREAD_ATTRIBUTE_LIST attributes;
};

static void legacy_add(struct legacy *legacy, size_t stream)
{
	static const DWORD numbers[] = { STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE };
	HANDLE self = GetCurrentProcess(), handle = GetStdHandle(numbers[stream]);
	if (!handle || handle == INVALID_HANDLE_VALUE ||
	    !DuplicateHandle(self, handle, self, &legacy->streams[stream], 0, TRUE,
	                     DUPLICATE_SAME_ACCESS))
		legacy->streams[stream] = NULL;
	else
		legacy->list[legacy->count++] = legacy->streams[stream];
}

static int legacy_init(struct legacy *legacy)
{
	SIZE_T size;
	*legacy = (struct legacy){ .count = 0 };
	InitializeProcThreadAttributeList(NULL, 1, 0, &size);
	legacy->attributes = malloc(size);
	if (!legacy->attributes)
		return ENOMEM;
	InitializeProcThreadAttributeList(legacy->attributes, 1, 0, &size);
	for (size_t i = 0; i < STREAMS; i++)
		legacy_add(legacy, i);
	if (legacy->count == 0 ||
	    UpdateProcThreadAttribute(legacy->attributes, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
	                              legacy->list, legacy->count * sizeof(HANDLE), NULL, NULL))
		return 0;
	return process_errno(GetLastError());
}

static void legacy_deinit(struct legacy *legacy)
{
	for (size_t i = 0; i < legacy->count; i++)
		CloseHandle(legacy->list[i]);
	if (legacy->attributes)
		DeleteProcThreadAttributeList(legacy->attributes);
	free(legacy->attributes);
}

/* ---- The process ----------------------------------------------------------------------------- */

static int create(struct program *program, const wchar_t *file, wchar_t *line,
                  const struct legacy *legacy)
{
	STARTUPINFOEXW startup = {
		.StartupInfo = {
			.cb = sizeof(startup),
			.dwFlags = STARTF_USESTDHANDLES,
			.hStdInput = legacy->streams[0],
			.hStdOutput = legacy->streams[1],
			.hStdError = legacy->streams[2],
		},
		.lpAttributeList = legacy->attributes,
	};
	PROCESS_INFORMATION created;
	if (!CreateProcessW(file, line, NULL, NULL, legacy->count > 0,
	                    CREATE_SUSPENDED | EXTENDED_STARTUPINFO_PRESENT, NULL, NULL,
	                    &startup.StartupInfo, &created))
		return process_errno(GetLastError());
	program->process = created.hProcess;
	program->thread = created.hThread;
	return AssignProcessToJobObject(program->job, program->process) ?
		0 : process_errno(GetLastError());
}

static int make_job(struct program *program)
{
	JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
		.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE |
		                                    JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK,
	};
	program->job = CreateJobObjectW(NULL, NULL);
	if (program->job &&
	    SetInformationJobObject(program->job, JobObjectExtendedLimitInformation, &limits,
	                            sizeof(limits)))
		return 0;
	return process_errno(GetLastError());
}

static int make_process(struct program *program, const wchar_t *file, char **argv)
{
	struct legacy legacy;
	wchar_t *line = command_line_of(argv);
	int error = legacy_init(&legacy);
	if (!line)
		error = ENOMEM;
	if (error == 0)
		error = make_job(program);
	if (error == 0)
		error = create(program, file, line, &legacy);
	legacy_deinit(&legacy);
	free(line);
	return error;
}

static int make(struct program *program, char **argv)
{
	wchar_t *file;
	int error = program_find(argv[0], &file);
	if (error != 0)
		return error;
	program->is_batch = program_is_batch(file);
	error = program->is_batch ? ENOEXEC : make_process(program, file, argv);
	free(file);
	return error;
}

int program_prepare(char **argv, struct program **program)
{
	*program = calloc(1, sizeof(**program));
	if (!*program)
		return errno;
	(*program)->error = make(*program, argv);
	return 0;
}

static void close_handle(HANDLE handle)
{
	if (handle)
		CloseHandle(handle);
}

void program_drop(struct program *program)
{
	if (!program)
		return;
	if (program->process)
		TerminateProcess(program->process, 1);
	close_handle(program->thread);
	close_handle(program->process);
	close_handle(program->job);
	free(program);
}

semd_process program_process(const struct program *program)
{
	return program->error == 0 ? program->process : SEMD_SELF;
}

/* ---- Its life -------------------------------------------------------------------------------- */

static HANDLE running;

/* Ctrl-C and Ctrl-Break are meant for the program alone. When the console is closed, Windows
 * ends this process as soon as this function returns, so it waits here for the program's end. */
static BOOL WINAPI leave_to_program(DWORD event)
{
	if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
		WaitForSingleObject(running, INFINITE);
	return TRUE;
}

int program_become(struct program *program, int *status)
{
	DWORD code;
	if (program->error != 0)
		return program->error;
	running = program->process;
	SetConsoleCtrlHandler(leave_to_program, TRUE);
	process_leave_console();
	if (ResumeThread(program->thread) == (DWORD)-1 ||
	    WaitForSingleObject(program->process, INFINITE) != WAIT_OBJECT_0 ||
	    !GetExitCodeProcess(program->process, &code))
		return process_errno(GetLastError());
	*status = (int)code;
	return 0;
}

const char *program_advice(const struct program *program)
{
	return program->is_batch ? "let cmd run it: -- cmd /c FILE" :
		"give a COMMAND that can be executed";
}
