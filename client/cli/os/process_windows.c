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

static UINT code_page;	/* of the console, to be restored; 0: no console */

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

/* The arguments of main are not UTF-8, so the line is read anew. */
static int read_arguments(int *argc, char ***argv)
{
	wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), argc);
	if (!wide)
		return ENOMEM;
	*argv = calloc((size_t)*argc + 1, sizeof(**argv));
	for (int i = 0; *argv && i < *argc; i++) {
		(*argv)[i] = utf16_text_of(wide[i]);
		if (!(*argv)[i])
			*argv = NULL;
	}
	LocalFree(wide);
	return *argv ? 0 : ENOMEM;
}

int process_begin(int *argc, char ***argv)
{
	for (int stream = 0; stream < 3; stream++)
		_setmode(stream, _O_BINARY);
	enter_console();
	return read_arguments(argc, argv);
}

/* ---- Output ---------------------------------------------------------------------------------- */

/* Windows has no such signal. */
void process_keep_on_broken_pipe(void)
{
}

void process_drop_output(void)
{
	if (!freopen("NUL", "wb", stdout))
		clearerr(stdout);
}

/* For a pipe whose reader is gone the C library reports EINVAL. */
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

/* Windows does not report that a pipe's reader has gone, so we have to ask. */
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
	if (*process)
		return 0;
	return GetLastError() == ERROR_INVALID_PARAMETER ? ESRCH : process_errno(GetLastError());
}

void process_close(semd_process process)
{
	CloseHandle(process);
}

/* ---- Input ----------------------------------------------------------------------------------- */

/* The input may be a console, a pipe or a file; only a thread can wait for all three. */
static struct {
	HANDLE over;		/* signaled at the end */
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
	if (input.over)
		return 0;
	input.over = CreateEventW(NULL, TRUE, FALSE, NULL);
	return input.over ? pthread_create(&thread, NULL, read_input, NULL) : ENOMEM;
}

int process_await_end_of_input(semd_descriptor descriptor, bool *ended)
{
	*ended = false;
	int error = begin_reading();
	if (error != 0)
		return error;
	HANDLE handles[] = { input.over, descriptor };
	DWORD which = WaitForMultipleObjects(descriptor ? 2 : 1, handles, FALSE, INFINITE);
	*ended = which == WAIT_OBJECT_0;
	if (which == WAIT_FAILED)
		return process_errno(GetLastError());
	return *ended ? input.error : 0;
}
