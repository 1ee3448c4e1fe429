/*
 * process_windows.c - programs that are started, killed and awaited. All are in one job, which ends
 * them when this process ends in any way.
 */
#include "config.h"

#include "tests/support/process_windows.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <tlhelp32.h>

#include "tests/support/command_windows.h"
#include "tests/support/pipe_windows.h"
#include "tests/support/wide_windows.h"

/* ---- Starting -------------------------------------------------------------------------------- */

static HANDLE job;

static void job_make(void)
{
	JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
		.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE };
	job = CreateJobObjectW(NULL, NULL);
	if (!job || !SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits,
	                                            sizeof(limits)))
		support_die("cannot make a job: %s", support_error());
}

static HANDLE inheritable(HANDLE handle)
{
	HANDLE copy;
	if (!DuplicateHandle(GetCurrentProcess(), handle, GetCurrentProcess(), &copy, 0, TRUE,
	                     DUPLICATE_SAME_ACCESS))
		support_die("DuplicateHandle: %s", support_error());
	return copy;
}

/* Makes one of the child's standard streams, NULL for none; `*ours` is our end if it is a pipe. */
static HANDLE stream_make(support_descriptor wanted, int number, support_descriptor *ours)
{
	static const DWORD standard[] = { STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE };
	SECURITY_ATTRIBUTES inherited = { .nLength = sizeof(inherited), .bInheritHandle = TRUE };
	HANDLE theirs;
	if (wanted == STREAM_PIPE) {
		pipe_make(number == 0 ? PIPE_WE_WRITE : PIPE_WE_READ, ours, &theirs);
		return theirs;
	}
	if (wanted == STREAM_NULL) {
		theirs = CreateFileW(L"NUL", GENERIC_READ | GENERIC_WRITE,
		                     FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING,
		                     0, NULL);
		if (theirs == INVALID_HANDLE_VALUE)
			support_die("cannot open NUL: %s", support_error());
		return theirs;
	}
	if (wanted == STREAM_SAME)
		wanted = GetStdHandle(standard[number]);
	return wanted && wanted != INVALID_HANDLE_VALUE ? inheritable(wanted) : NULL;
}

/* The only handles that a child inherits. */
struct inherited {
	HANDLE handle[3 + PASSED_MOST];
	size_t count;
	LPPROC_THREAD_ATTRIBUTE_LIST list;
};

static void inherited_add(struct inherited *inherited, HANDLE handle)
{
	if (handle)
		inherited->handle[inherited->count++] = handle;
}

static void inherited_list(struct inherited *inherited)
{
	SIZE_T size;
	InitializeProcThreadAttributeList(NULL, 1, 0, &size);
	inherited->list = malloc(size);
	if (!inherited->list ||
	    !InitializeProcThreadAttributeList(inherited->list, 1, 0, &size) ||
	    !UpdateProcThreadAttribute(inherited->list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST,
	                               inherited->handle, inherited->count * sizeof(HANDLE),
	                               NULL, NULL))
		support_die("cannot list what a child inherits: %s", support_error());
}

/* The path of the program; NULL for a mere name, which Windows looks up. */
static wchar_t *program_path(const char *name)
{
	return strpbrk(name, "/\\") ? wide_of_path(name) : NULL;
}

/*
 * On a loaded machine Wine sometimes answers ERROR_INTERNAL_ERROR before any of the program has
 * run.
 */
static bool create(const wchar_t *program, wchar_t *line, wchar_t *environment,
                   const wchar_t *folder, STARTUPINFOEXW *startup, PROCESS_INFORMATION *born)
{
	const DWORD flags = CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT |
	                    EXTENDED_STARTUPINFO_PRESENT;
	for (int attempts = 10; attempts > 0; attempts--) {
		if (CreateProcessW(program, line, NULL, NULL, TRUE, flags, environment, folder,
		                   &startup->StartupInfo, born))
			return true;
		if (GetLastError() != ERROR_INTERNAL_ERROR)
			return false;
	}
	return false;
}

static void program_run(struct process *process, const struct start *start,
                        STARTUPINFOEXW *startup)
{
	PROCESS_INFORMATION born;
	wchar_t *program = program_path(start->argv[0]);
	wchar_t *line = command_line(start->argv);
	wchar_t *environment = command_environment(start->environment);
	wchar_t *folder = start->folder ? wide_of_path(start->folder) : NULL;
	if (!create(program, line, environment, folder, startup, &born))
		support_die("cannot execute %s: %s", start->argv[0], support_error());
	if (!AssignProcessToJobObject(job, born.hProcess)) {
		TerminateProcess(born.hProcess, 1);
		support_die("AssignProcessToJobObject: %s", support_error());
	}
	ResumeThread(born.hThread);
	CloseHandle(born.hThread);
	process->pid = born.dwProcessId;
	process->handle = born.hProcess;
	free(program);
	free(line);
	free(environment);
	free(folder);
}

void process_start_with(struct process *process, const struct start *start,
                        const support_descriptor *passed, size_t count)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	STARTUPINFOEXW startup = {
		.StartupInfo = { .cb = sizeof(startup), .dwFlags = STARTF_USESTDHANDLES } };
	struct inherited inherited = { .count = 0 };
	pthread_once(&once, job_make);
	*process = (struct process){
		.handle = NO_DESCRIPTOR, .in = NO_DESCRIPTOR, .out = NO_DESCRIPTOR,
		.err = NO_DESCRIPTOR, .link = NO_DESCRIPTOR };
	startup.StartupInfo.hStdInput = stream_make(start->in, 0, &process->in);
	startup.StartupInfo.hStdOutput = stream_make(start->out, 1, &process->out);
	startup.StartupInfo.hStdError = stream_make(start->err, 2, &process->err);
	inherited_add(&inherited, startup.StartupInfo.hStdInput);
	inherited_add(&inherited, startup.StartupInfo.hStdOutput);
	inherited_add(&inherited, startup.StartupInfo.hStdError);
	size_t streams = inherited.count;
	for (size_t i = 0; i < count; i++)
		inherited_add(&inherited, passed[i]);
	inherited_list(&inherited);
	startup.lpAttributeList = inherited.list;
	program_run(process, start, &startup);
	for (size_t i = 0; i < streams; i++)
		CloseHandle(inherited.handle[i]);
	DeleteProcThreadAttributeList(inherited.list);
	free(inherited.list);
}

void process_start(struct process *process, const struct start *start)
{
	if (start->pass != STREAM_SAME || start->listening || start->enter)
		support_die("this cannot be handed to a program on Windows");
	process_start_with(process, start, NULL, 0);
}

/* ---- Pausing --------------------------------------------------------------------------------- */

/* Reading a thread's registers returns only when the thread has stopped. */
static void thread_suspend(HANDLE thread)
{
	CONTEXT context = { .ContextFlags = CONTEXT_CONTROL };
	if (SuspendThread(thread) != (DWORD)-1)
		GetThreadContext(thread, &context);
}

static void thread_resume(HANDLE thread)
{
	ResumeThread(thread);
}

static void each_thread(const struct process *process, void (*what)(HANDLE thread))
{
	THREADENTRY32 entry = { .dwSize = sizeof(entry) };
	HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
	if (snapshot == INVALID_HANDLE_VALUE)
		support_die("cannot list threads: %s", support_error());
	for (BOOL more = Thread32First(snapshot, &entry); more;
	     more = Thread32Next(snapshot, &entry)) {
		HANDLE thread = entry.th32OwnerProcessID == (DWORD)process->pid ?
			OpenThread(THREAD_ALL_ACCESS, FALSE, entry.th32ThreadID) : NULL;
		if (thread) {
			what(thread);
			CloseHandle(thread);
		}
	}
	CloseHandle(snapshot);
}

void process_pause(const struct process *process)
{
	each_thread(process, thread_suspend);
}

void process_resume(const struct process *process)
{
	each_thread(process, thread_resume);
}

/* ---- Ending ---------------------------------------------------------------------------------- */

void process_kill(const struct process *process)
{
	if (process->pid == 0 || (!TerminateProcess(process->handle, (UINT)PROCESS_KILLED) &&
	                          !descriptor_wait(process->handle, 0)))
		support_die("TerminateProcess %d: %s", (int)process->pid, support_error());
}

void process_die(void)
{
	TerminateProcess(GetCurrentProcess(), (UINT)PROCESS_KILLED);
	abort();
}

int process_await(struct process *process)
{
	DWORD status;
	if (!descriptor_wait(process->handle, SUPPORT_LIMIT)) {
		process_kill(process);
		support_die("process %d did not end", (int)process->pid);
	}
	if (!GetExitCodeProcess(process->handle, &status))
		support_die("GetExitCodeProcess %d: %s", (int)process->pid, support_error());
	process->pid = 0;
	return (int)status;
}

/* ---- Names ----------------------------------------------------------------------------------- */

process_handle process_handle_of(pid_t pid)
{
	const DWORD rights = SYNCHRONIZE | PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_TERMINATE;
	HANDLE process = OpenProcess(rights, FALSE, (DWORD)pid);
	if (!process)
		support_die("OpenProcess %d: %s", (int)pid, support_error());
	return process;
}

uint64_t process_started_at(pid_t pid)
{
	FILETIME started, ended, kernel, user;
	process_handle process = process_handle_of(pid);
	if (!GetProcessTimes(process, &started, &ended, &kernel, &user))
		support_die("GetProcessTimes %d: %s", (int)pid, support_error());
	descriptor_close(&process);
	return (uint64_t)started.dwHighDateTime << 32 | started.dwLowDateTime;
}

uint64_t process_inode(process_handle handle)
{
	(void)handle;
	return 0;
}
