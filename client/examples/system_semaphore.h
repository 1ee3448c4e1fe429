/*
 * system_semaphore.h - a class on semd with the interface of Qt's QSystemSemaphore, for programs
 * that should change as little as possible. Copy this file and system_semaphore.cpp. Strings are
 * UTF-8.
 *
 * The class does what QSystemSemaphore promises, and behaves alike on every platform: - when a
 * process ends, in any way, the permits that it has acquired come back; those that it has released
 *   beyond that stay released;
 * - the semaphore goes with its last instance, even after a crash; no destructor takes it from
 * others; - any instance of a key can release permits that another instance of that key in the same
 * process has
 *   acquired.
 *
 * As with Qt, Create does not tell other processes that their holds are void, so permits that they
 * release afterwards are added. Where that matters, and for buffers that must survive crashes, use
 * semd.h: see semd-qt(7).
 *
 * Threads may share an instance, except for setKey and the destructor. error() is that of the last
 * call.
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
		NotFound,	/* the semaphore was removed */
		OutOfResources,
		UnknownError	/* for example: the daemon cannot be reached */
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

	/* Not in QSystemSemaphore. Acquires all n permits or none. False with NoError: not enough
	 * permits, or not in time. A negative time-out waits for ever. */
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
