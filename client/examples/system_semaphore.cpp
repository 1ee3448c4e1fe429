/*
 * system_semaphore.cpp - see system_semaphore.h.
 */
#include "system_semaphore.h"

#include <semd.h>

#include <cstdint>

/* ---- The connection
 * ------------------------------------------------------------------------------ */

namespace {

/*
 * One client for the whole process, since with Qt it is the process that acquires. It is never
 * closed: static instances may be used until the very end, and then all permits come back by
 * themselves.
 */
int connection(struct semd_client **client)
{
	static std::mutex lock;
	static struct semd_client *one;
	std::lock_guard<std::mutex> locked(lock);
	int result = one ? 0 : semd_connect(nullptr, 0, &one);
	*client = one;
	return result;
}

SystemSemaphore::SystemSemaphoreError error_of(int result)
{
	switch (result) {
	case 0:
	case SEMD_EAGAIN:
	case SEMD_ETIMEDOUT:
		return SystemSemaphore::NoError;
	case SEMD_EACCES:
		return SystemSemaphore::PermissionDenied;
	case SEMD_EEXIST:
		return SystemSemaphore::AlreadyExists;
	case SEMD_ENOENT:
	case SEMD_EREMOVED:
		return SystemSemaphore::NotFound;
	case SEMD_EOVERFLOW:
	case SEMD_EIMPOSSIBLE:
	case SEMD_EQUOTA:
	case SEMD_ENOMEM:
		return SystemSemaphore::OutOfResources;
	default:
		return SystemSemaphore::UnknownError;
	}
}

}

/* ---- Opening and closing
 * ------------------------------------------------------------------------- */

SystemSemaphore::SystemSemaphore(const std::string &key, int initialValue, AccessMode mode)
{
	setKey(key, initialValue, mode);
}

SystemSemaphore::~SystemSemaphore()
{
	close();
}

void SystemSemaphore::setKey(const std::string &key, int initialValue, AccessMode mode)
{
	if (key == key_ && mode == Open && sem_)
		return;
	close();
	key_ = key;
	initial_ = initialValue;
	done(open(mode));
}

std::string SystemSemaphore::key() const
{
	return key_;
}

int SystemSemaphore::open(AccessMode mode)
{
	/* A key that contains a zero is refused like an empty key. */
	const char *name = key_.find('\0') == std::string::npos ? key_.c_str() : "";
	struct semd_options options = {};
	struct semd_client *client;
	options.size = sizeof(options);
	options.flags = SEMD_CREATE | SEMD_LAST_CLOSE | SEMD_RELEASE_POSTS;
	if (mode == Create)
		options.flags |= SEMD_RESET;
	options.initial = static_cast<uint32_t>(initial_);
	int result = connection(&client);
	return result != 0 ? result : semd_open(client, name, &options, &sem_);
}

void SystemSemaphore::close()
{
	if (sem_)
		semd_close(sem_);
	sem_ = nullptr;
}

/* If opening has failed it is tried again, as Qt does. */
int SystemSemaphore::opened(struct semd_sem **sem)
{
	std::lock_guard<std::mutex> locked(lock_);
	int result = sem_ ? 0 : open(Open);
	*sem = sem_;
	return result;
}

/* ---- Acquiring and releasing
 * --------------------------------------------------------------------- */

/* SEMD_ERESET is told once, by a call that does nothing else. 0 is refused, and so is less. */
template <typename Call> bool SystemSemaphore::call(int n, Call what)
{
	struct semd_sem *sem;
	int result = opened(&sem);
	if (result != 0)
		return done(result);
	do
		result = what(sem, static_cast<uint32_t>(n < 0 ? 0 : n));
	while (result == SEMD_ERESET);
	return done(result);
}

bool SystemSemaphore::take(int n, std::chrono::nanoseconds timeout)
{
	return call(n, [timeout](struct semd_sem *sem, uint32_t count) {
		return semd_timed_acquire(sem, count, timeout.count());
	});
}

bool SystemSemaphore::acquire()
{
	return acquire(1);
}

bool SystemSemaphore::acquire(int n)
{
	return take(n, std::chrono::nanoseconds(SEMD_FOREVER));
}

bool SystemSemaphore::tryAcquire(int n)
{
	return take(n, std::chrono::nanoseconds(0));
}

bool SystemSemaphore::tryAcquire(int n, std::chrono::nanoseconds timeout)
{
	return take(n, timeout);
}

bool SystemSemaphore::release(int n)
{
	return n == 0 || call(n, semd_release);
}

/* ---- Errors
 * -------------------------------------------------------------------------------------- */

/* Follows the call whose result it is told, in the same thread: that is whom semd_explain speaks
 * of. */
bool SystemSemaphore::done(int result)
{
	std::lock_guard<std::mutex> locked(lock_);
	error_ = error_of(result);
	if (result == SEMD_EINVAL && !sem_ && initial_ >= 0)
		error_ = KeyError;
	errorString_ = error_ == NoError ? "" : semd_explain();
	return result == 0;
}

SystemSemaphore::SystemSemaphoreError SystemSemaphore::error() const
{
	std::lock_guard<std::mutex> locked(lock_);
	return error_;
}

std::string SystemSemaphore::errorString() const
{
	std::lock_guard<std::mutex> locked(lock_);
	return errorString_;
}
