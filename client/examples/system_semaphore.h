/*
 * system_semaphore.h - a class with the interface of Qt's QSystemSemaphore, on semd: for programs that
 * are to change as little as possible. Copy this file and system_semaphore.cpp. Strings are UTF-8.
 *
 * It does what QSystemSemaphore promises, on every platform alike:
 * - what a process has acquired comes back when it ends, however it ends; what it released on top of
 *   that stays released;
 * - the semaphore is gone with its last instance, crash included; no destructor takes it from others;
 * - what an instance has acquired any instance of the same key in the same process can release.
 *
 * As with Qt, Create does not tell others that their holds are void: what they release then comes on
 * top. Use semd.h where that matters, and for buffers that must survive crashes: see semd-qt(7).
 *
 * Threads may share an instance, but for setKey and the destructor; error() is that of the last call.
 */
#ifndef SYSTEM_SEMAPHORE_H
#define SYSTEM_SEMAPHORE_H

#include <chrono>
#include <mutex>
#include <string>

struct semd_sem;

class SystemSemaphore {
public:
	enum AccessMode { Open, Create };
	enum SystemSemaphoreError {
		NoError,
		PermissionDenied,
		KeyError,	/* empty, over 255 bytes, not UTF-8, or with control characters */
		AlreadyExists,
		NotFound,	/* somebody has removed it */
		OutOfResources,
		UnknownError	/* among them: the daemon cannot be reached */
	};

	SystemSemaphore(const std::string &key, int initialValue = 0, AccessMode mode = Open);
	~SystemSemaphore();
	SystemSemaphore(const SystemSemaphore &) = delete;
	SystemSemaphore &operator=(const SystemSemaphore &) = delete;

	void setKey(const std::string &key, int initialValue = 0, AccessMode mode = Open);
	std::string key() const;

	bool acquire();
	bool release(int n = 1);

	SystemSemaphoreError error() const;
	std::string errorString() const;

	/* What QSystemSemaphore has not. All n or none. False with NoError: there were not so many, or
	 * not in time. A negative time-out waits for ever. */
	bool acquire(int n);
	bool tryAcquire(int n = 1);
	bool tryAcquire(int n, std::chrono::nanoseconds timeout);

private:
	int open(AccessMode mode);
	void close();
	int opened(struct semd_sem **sem);
	bool take(int n, std::chrono::nanoseconds timeout);
	bool done(int result);
	template <typename Call> bool call(int n, Call what);

	mutable std::mutex lock_;
	std::string key_;
	int initial_ = 0;
	struct semd_sem *sem_ = nullptr;
	SystemSemaphoreError error_ = NoError;
	std::string errorString_;
};

#endif
