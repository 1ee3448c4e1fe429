/*
 * process_windows.c - see process.h.
 */
#include "config.h"

#include "client/cli/os/process.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <winternl.h>

#include "client/cli/os/process_windows.h"
#include "protocol/os/utf16_windows.h"

int process_errno(unsigned long error)
{
	static const struct {
		unsigned long error;
		int number;
	} numbers[] = {
		{ ERROR_FILE_NOT_FOUND, ENOENT },
		{ ERROR_PATH_NOT_FOUND, ENOENT },
		{ ERROR_ACCESS_DENIED, EACCES },
		{ ERROR_INVALID_HANDLE, EBADF },
		{ ERROR_BAD_EXE_FORMAT, ENOEXEC },
		{ ERROR_EXE_MACHINE_TYPE_MISMATCH, ENOEXEC },
		{ ERROR_FILENAME_EXCED_RANGE, E2BIG },
		{ ERROR_INVALID_PARAMETER, EINVAL },
		{ ERROR_NOT_ENOUGH_MEMORY, ENOMEM },
		{ ERROR_OUTOFMEMORY, ENOMEM },
		{ ERROR_BROKEN_PIPE, EPIPE },
		{ ERROR_NO_DATA, EPIPE },
	};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (numbers[i].error == error)
			return numbers[i].number;
	}
	return EIO;
}

/* ---- Arguments and streams ------------------------------------------------------------------- */

static UINT code_page;	/* of the console, before us; 0: there is none */

void process_leave_console(void)
{
	if (code_page != 0)
		SetConsoleOutputCP(code_page);
}

static void enter_console(void)
{
	code_page = GetConsoleOutputCP();
	SetConsoleOutputCP(CP_UTF8);
	atexit(process_leave_console);
}

/* What main was given is not of UTF-8. */
static int read_arguments(int *argc, char ***argv)
{
	wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), argc);
	if (wide == NULL)
		return ENOMEM;
	*argv = calloc((size_t)*argc + 1, sizeof(**argv));
	for (int i = 0; *argv != NULL && i < *argc; i++) {
		(*argv)[i] = utf16_text_of(wide[i]);
		if ((*argv)[i] == NULL)
			*argv = NULL;
	}
	LocalFree(wide);
	return *argv != NULL ? 0 : ENOMEM;
}

int process_begin(int *argc, char ***argv)
{
	for (int stream = 0; stream < 3; stream++)
		_setmode(stream, _O_BINARY);
	enter_console();
	return read_arguments(argc, argv);
}

/* ---- Output ---------------------------------------------------------------------------------- */

/* There is no signal for it. */
void process_keep_on_broken_pipe(void)
{
}

void process_drop_output(void)
{
	if (freopen("NUL", "wb", stdout) == NULL)
		clearerr(stdout);
}

/* For a pipe that is being closed the C library knows no better than EINVAL. */
int process_write_error(void)
{
	bool is_pipe = GetFileType(GetStdHandle(STD_OUTPUT_HANDLE)) == FILE_TYPE_PIPE;
	return is_pipe && errno == EINVAL ? EPIPE : errno;
}

static bool somebody_reads(HANDLE pipe)
{
	enum { CLOSING = 4 };	/* FILE_PIPE_CLOSING_STATE of the driver's headers */
	FILE_PIPE_LOCAL_INFORMATION info;
	IO_STATUS_BLOCK block;
	NTSTATUS status = NtQueryInformationFile(pipe, &block, &info, sizeof(info),
	                                         FilePipeLocalInformation);
	return status != 0 || info.NamedPipeState != CLOSING;
}

/* Windows tells nobody when a pipe's reader goes, so that one has to ask. */
static void *await_end_of_output(void *arg)
{
	enum { EACH_MS = 1000 };
	while (somebody_reads(arg))
		Sleep(EACH_MS);
	ExitProcess(0);
}

int process_end_with_output(void)
{
	pthread_t thread;
	HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
	if (GetFileType(output) != FILE_TYPE_PIPE)
		return 0;
	return pthread_create(&thread, NULL, await_end_of_output, output);
}

/* ---- Processes ------------------------------------------------------------------------------- */

int process_open(uint32_t pid, semd_process *process)
{
	*process = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);
	if (*process != NULL)
		return 0;
	return GetLastError() == ERROR_INVALID_PARAMETER ? ESRCH : process_errno(GetLastError());
}

void process_close(semd_process process)
{
	CloseHandle(process);
}

/* ---- Input ----------------------------------------------------------------------------------- */

/* A console, a pipe or a file: only a thread can wait for each of them. */
static struct {
	HANDLE over;		/* signaled when it is */
	int error;
} input;

static void *read_input(void *arg)
{
	char ignored[4096];
	DWORD got = 1, error = 0;
	while (error == 0 && got > 0) {
		if (!ReadFile(GetStdHandle(STD_INPUT_HANDLE), ignored, sizeof(ignored), &got, NULL))
			error = GetLastError();
	}
	if (error != 0 && error != ERROR_BROKEN_PIPE && error != ERROR_HANDLE_EOF)
		input.error = process_errno(error);
	SetEvent(input.over);
	return arg;
}

static int begin_reading(void)
{
	pthread_t thread;
	if (input.over != NULL)
		return 0;
	input.over = CreateEventW(NULL, TRUE, FALSE, NULL);
	return input.over != NULL ? pthread_create(&thread, NULL, read_input, NULL) : ENOMEM;
}

int process_await_end_of_input(semd_descriptor descriptor, bool *ended)
{
	*ended = false;
	int error = begin_reading();
	if (error != 0)
		return error;
	HANDLE handles[] = { input.over, descriptor };
	DWORD which = WaitForMultipleObjects(descriptor != NULL ? 2 : 1, handles, FALSE, INFINITE);
	*ended = which == WAIT_OBJECT_0;
	if (which == WAIT_FAILED)
		return process_errno(GetLastError());
	return *ended ? input.error : 0;
}
