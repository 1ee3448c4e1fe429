/*
 * system_semaphore.cpp - the class of client/examples with the interface of QSystemSemaphore: the
 * promises of Qt's class, and the additions. Each case is a process of its own, since the class
 * keeps one connection for each process.
 */
#include "config.h"

#include "client/examples/system_semaphore.h"

#include <csignal>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include <sys/mman.h>

#include "tests/qt/row.h"

using std::chrono::milliseconds;

static int wrong;	/* failed checks in this process */

static void want(bool truth, int line, const char *words)
{
	wrong += !truth;
	if (!truth)
		std::fprintf(stderr, "line %d: not so: %s\n", line, words);
}

#define WANT(condition) want(condition, __LINE__, #condition)

/* ---- Processes ------------------------------------------------------------------------------- */

/* Runs in another process. It may talk to the test over the link. */
using Body = std::function<void(support_descriptor link)>;

static int run_body(void *arg, support_descriptor link)
{
	wrong = 0;
	(*static_cast<const Body *>(arg))(link);
	return wrong != 0;
}

class Process {
public:
	explicit Process(Body body) : body_(std::move(body))
	{
		process_fork(&process_, run_body, &body_, 0);
	}
	~Process() { process_end(&process_); }
	Process(const Process &) = delete;
	Process &operator=(const Process &) = delete;

	bool hears() const { return link_hear(process_.link) >= 0; }
	bool silent() const { return !descriptor_wait(process_.link, 0); }
	void crash()
	{
		process_kill(&process_);
		process_await(&process_);
	}
	bool ended() { return process_await(&process_) == 0; }

private:
	Body body_;
	struct process process_ = {};
};

/* The number of available permits, counted by taking them. */
static int available(SystemSemaphore &semaphore)
{
	int count = 0;
	while (semaphore.tryAcquire())
		count++;
	semaphore.release(count);
	return count;
}

/* Returns when that many requests wait. */
static void await_waiting(const char *key, uint64_t count)
{
	struct semd_client *client = row_client();
	row_await_waiting(row_sem(client, key, 0, 0), count);
	semd_disconnect(client);
}

/* A value shared by all processes. */
template <typename T> class Shared {
public:
	Shared() : value_(map()) {}
	~Shared() { munmap(value_, sizeof(T)); }
	Shared(const Shared &) = delete;
	Shared &operator=(const Shared &) = delete;
	T &operator*() const { return *value_; }

private:
	static T *map()
	{
		void *memory = mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE,
		                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (memory == MAP_FAILED)
			support_die("mmap: %s", support_error());
		return new (memory) T();
	}
	T *value_;
};

/* ---- Keys ------------------------------------------------------------------------------------ */

static void key_is_what_was_given()
{
	for (const char *key :
	     { "key.a", "key with spaces", "key/with:signs!", "key.\xc3\xa4\xe9\x8d\xb5" }) {
		SystemSemaphore semaphore(key, 1);
		WANT(semaphore.key() == key);
		WANT(semaphore.error() == SystemSemaphore::NoError &&
		     semaphore.errorString().empty());
		WANT(semaphore.acquire());
	}
}

static void key_that_is_empty()
{
	SystemSemaphore semaphore("", 1);
	WANT(semaphore.key().empty());
	WANT(semaphore.error() == SystemSemaphore::KeyError && !semaphore.errorString().empty());
	WANT(!semaphore.acquire() && semaphore.error() == SystemSemaphore::KeyError);
	WANT(!semaphore.release() && semaphore.error() == SystemSemaphore::KeyError);
}

static void key_that_is_none()
{
	for (const std::string &key : { std::string(256, 'k'), std::string("two\nlines"),
	                                std::string("\xff"), std::string("zero\0inside", 11) }) {
		SystemSemaphore semaphore(key, 1);
		WANT(semaphore.error() == SystemSemaphore::KeyError);
	}
	WANT(SystemSemaphore(std::string(255, 'k'), 1).error() == SystemSemaphore::NoError);
}

static void set_key_goes_to_another()
{
	SystemSemaphore semaphore("", 0), other("set_key", 2);
	semaphore.setKey("set_key", 5);
	WANT(semaphore.key() == "set_key" && semaphore.error() == SystemSemaphore::NoError);
	WANT(available(semaphore) == 2);
	semaphore.setKey("set_key.second", 5);
	WANT(available(semaphore) == 5 && available(other) == 2);
}

static void set_key_to_the_same()
{
	SystemSemaphore semaphore("set_same", 2);
	WANT(semaphore.release(3));
	semaphore.setKey("set_same", 7);
	WANT(available(semaphore) == 5);
	semaphore.setKey("set_same", 7, SystemSemaphore::Create);
	WANT(available(semaphore) == 7);
}

static void keys_are_apart()
{
	SystemSemaphore first("apart.1", 1), second("apart.2", 1);
	WANT(first.acquire());
	WANT(second.acquire());
	WANT(first.release() && available(first) == 1 && available(second) == 0);
}

/* ---- Initial value, Open, Create ------------------------------------------------------------- */

static void initial_value()
{
	SystemSemaphore none("initial.0"), three("initial.3", 3);
	WANT(available(none) == 0);
	WANT(available(three) == 3);
}

static void initial_value_below_zero()
{
	SystemSemaphore semaphore("initial.below", -1);
	WANT(semaphore.error() == SystemSemaphore::UnknownError);
}

static void open_takes_what_is_there()
{
	SystemSemaphore first("open", 2);
	WANT(first.acquire());
	SystemSemaphore second("open", 9, SystemSemaphore::Open);
	WANT(available(second) == 1);
}

static void create_sets_the_count()
{
	SystemSemaphore first("create", 2);
	WANT(first.acquire());
	SystemSemaphore second("create", 5, SystemSemaphore::Create);
	WANT(available(second) == 5);
	WANT(available(first) == 5);
}

static void create_is_not_told_to_others()
{
	SystemSemaphore first("untold", 1);
	WANT(first.acquire());
	Process other([](int) {
		WANT(SystemSemaphore("untold", 1, SystemSemaphore::Create).error() ==
		     SystemSemaphore::NoError);
	});
	WANT(other.ended());
	WANT(first.acquire() && first.error() == SystemSemaphore::NoError);
	WANT(first.release(2) && available(first) == 2);
}

/* ---- Acquire and release --------------------------------------------------------------------- */

static void one_and_back()
{
	SystemSemaphore semaphore("one", 1);
	for (int i = 0; i < 3; i++) {
		WANT(semaphore.acquire());
		WANT(available(semaphore) == 0);
		WANT(semaphore.release());
		WANT(available(semaphore) == 1);
	}
	WANT(semaphore.error() == SystemSemaphore::NoError && semaphore.errorString().empty());
}

static void several_and_back()
{
	SystemSemaphore semaphore("several", 5);
	for (int i = 0; i < 5; i++)
		WANT(semaphore.acquire());
	WANT(!semaphore.tryAcquire());
	WANT(semaphore.release(2) && semaphore.release() && semaphore.release(2));
	WANT(available(semaphore) == 5);
	WANT(semaphore.acquire(4) && available(semaphore) == 1);
}

static void release_makes_more()
{
	SystemSemaphore semaphore("more", 5);
	for (int i = 0; i < 5; i++)
		WANT(semaphore.acquire());
	WANT(semaphore.release(5));
	WANT(semaphore.release(10));
	WANT(available(semaphore) == 15);
}

static void release_of_nothing()
{
	SystemSemaphore semaphore("nothing", 1);
	WANT(semaphore.release(0) && available(semaphore) == 1);
	WANT(!semaphore.release(-1) && available(semaphore) == 1);
}

static void instances_share_what_the_process_has()
{
	SystemSemaphore semaphore("shared", 2);
	Process other([](int) {
		SystemSemaphore first("shared", 2), second("shared", 2);
		WANT(first.acquire(2) && !second.tryAcquire());
		WANT(second.release(2) && available(first) == 2);
	});
	WANT(other.ended());
	/* If the second had created permits, the first one's would come back in addition. */
	WANT(available(semaphore) == 2);
}

static void acquire_waits()
{
	SystemSemaphore semaphore("waits", 1);
	WANT(semaphore.acquire());
	Process other([](support_descriptor link) {
		SystemSemaphore theirs("waits", 1);
		WANT(theirs.acquire());
		link_tell(link, 'a');
	});
	await_waiting("waits", 1);
	WANT(other.silent());
	WANT(semaphore.release());
	WANT(other.hears() && other.ended());
}

/* ---- Several processes and threads ----------------------------------------------------------- */

static void increment(SystemSemaphore &semaphore, volatile long &count)
{
	for (int i = 0; i < 100; i++) {
		WANT(semaphore.acquire());
		long seen = count;
		std::this_thread::yield();
		count = seen + 1;
		WANT(semaphore.release());
	}
}

static void processes_keep_each_other_out()
{
	Shared<long> count;
	SystemSemaphore keep("processes", 1);
	std::vector<std::unique_ptr<Process>> process;
	for (int i = 0; i < 5; i++)
		process.push_back(std::make_unique<Process>([&count](int) {
			SystemSemaphore semaphore("processes", 1);
			increment(semaphore, *count);
		}));
	for (auto &one : process)
		WANT(one->ended());
	WANT(*count == 500);
	WANT(available(keep) == 1);
}

static void threads_keep_each_other_out()
{
	long count = 0;
	SystemSemaphore semaphore("threads", 1);
	std::vector<std::thread> thread;
	for (int i = 0; i < 4; i++)
		thread.emplace_back([&semaphore, &count] { increment(semaphore, count); });
	for (auto &one : thread)
		one.join();
	WANT(count == 400 && available(semaphore) == 1);
}

static void many_producers_and_consumers()
{
	enum { EACH = 200, SIDES = 3 };
	Shared<int> sum;
	SystemSemaphore items("items"), room("room", 4), lock("lock", 1);
	std::vector<std::unique_ptr<Process>> process;
	for (int i = 0; i < SIDES; i++) {
		process.push_back(std::make_unique<Process>([](int) {
			SystemSemaphore used("items"), free("room", 4);
			for (int n = 0; n < EACH; n++)
				WANT(free.acquire() && used.release());
		}));
		process.push_back(std::make_unique<Process>([&sum](support_descriptor link) {
			SystemSemaphore used("items"), free("room", 4), alone("lock", 1);
			for (int n = 0; n < EACH; n++) {
				WANT(used.acquire() && alone.acquire());
				++*sum;
				WANT(alone.release() && free.release());
			}
			link_tell(link, 'd');
			link_hear(link);
		}));
	}
	for (size_t i = 1; i < process.size(); i += 2)
		WANT(process[i]->hears());
	WANT(*sum == EACH * SIDES);
	WANT(available(lock) == 1);
}

/* ---- Ends and crashes ------------------------------------------------------------------------ */

static void acquired_comes_back_after_a_crash()
{
	SystemSemaphore semaphore("crash", 2);
	Process other([](support_descriptor link) {
		SystemSemaphore theirs("crash", 2);
		WANT(theirs.acquire() && theirs.acquire());
		row_stay(link);
	});
	WANT(other.hears() && !semaphore.tryAcquire());
	other.crash();
	WANT(semaphore.tryAcquire(2));
}

static void acquired_comes_back_after_an_end()
{
	SystemSemaphore semaphore("end", 1);
	Process other([](int) { WANT(SystemSemaphore("end", 1).acquire()); });
	WANT(other.ended());
	WANT(semaphore.tryAcquire());
}

static void waiter_is_served_by_a_crash()
{
	SystemSemaphore semaphore("served", 1);
	Process holder([](support_descriptor link) {
		SystemSemaphore theirs("served", 1);
		WANT(theirs.acquire());
		row_stay(link);
	});
	WANT(holder.hears());
	Process waiter([](int) { WANT(SystemSemaphore("served", 1).acquire()); });
	await_waiting("served", 1);
	holder.crash();
	WANT(waiter.ended());
}

static void released_stays()
{
	SystemSemaphore semaphore("released");
	Process ending([](int) { WANT(SystemSemaphore("released").release(5)); });
	WANT(ending.ended() && available(semaphore) == 5);
	Process crashing([](support_descriptor link) {
		SystemSemaphore theirs("released");
		WANT(theirs.release(5));
		row_stay(link);
	});
	WANT(crashing.hears());
	crashing.crash();
	WANT(available(semaphore) == 10);
}

static void destructor_gives_nothing_back()
{
	SystemSemaphore stays("destructor", 2);
	{
		SystemSemaphore goes("destructor", 2);
		WANT(goes.acquire());
	}
	WANT(available(stays) == 1 && stays.release() && available(stays) == 2);
}

static void destructor_takes_nothing_from_others()
{
	SystemSemaphore stays("creator", 1);
	{
		SystemSemaphore creator("creator", 3, SystemSemaphore::Create);
	}
	WANT(available(stays) == 3);
	SystemSemaphore next("creator", 9);
	WANT(available(next) == 3 && next.acquire() && available(stays) == 2);
}

static void gone_with_the_last_instance()
{
	{
		SystemSemaphore first("last", 1), second("last", 1);
		WANT(first.release(3));
	}
	WANT(available(*std::make_unique<SystemSemaphore>("last", 1)) == 1);
}

static void gone_with_a_crash_of_the_last()
{
	Process only([](support_descriptor link) {
		SystemSemaphore semaphore("last_crash", 1);
		WANT(semaphore.release(3));
		row_stay(link);
	});
	WANT(only.hears());
	only.crash();
	/* The daemon deals with all ends of processes before it refuses a request. */
	SystemSemaphore other("last_crash.other");
	WANT(!other.tryAcquire());
	SystemSemaphore semaphore("last_crash", 1);
	WANT(available(semaphore) == 1);
}

/* ---- What QSystemSemaphore has not ----------------------------------------------------------- */

static void try_acquire()
{
	SystemSemaphore semaphore("try", 3);
	WANT(semaphore.tryAcquire(2) && !semaphore.tryAcquire(2));
	WANT(semaphore.error() == SystemSemaphore::NoError && semaphore.errorString().empty());
	WANT(available(semaphore) == 1);
	WANT(!semaphore.tryAcquire(-1) && semaphore.error() == SystemSemaphore::UnknownError);
}

static void try_acquire_for_a_time()
{
	SystemSemaphore semaphore("timed", 1);
	WANT(semaphore.tryAcquire(1, milliseconds(20)));
	WANT(!semaphore.tryAcquire(1, milliseconds(20)));
	WANT(semaphore.error() == SystemSemaphore::NoError);
	Process other([](int) {
		WANT(SystemSemaphore("timed", 1).tryAcquire(1, milliseconds(60000)));
	});
	await_waiting("timed", 1);
	WANT(semaphore.release() && other.ended());
}

/* ---- Errors ---------------------------------------------------------------------------------- */

static int use_as_another_user(void *, int)
{
	SystemSemaphore semaphore("private", 1);
	WANT(semaphore.error() == SystemSemaphore::PermissionDenied &&
	     !semaphore.errorString().empty());
	WANT(!semaphore.acquire() && semaphore.error() == SystemSemaphore::PermissionDenied);
	return wrong != 0;
}

static void permission_denied()
{
	SystemSemaphore semaphore("private", 1);
	WANT(row_as_other(use_as_another_user) == 0);
}

static void not_found_once_removed()
{
	SystemSemaphore semaphore("removed", 1);
	struct semd_client *client = row_client();
	WANT(semd_remove(client, "removed") == 0);
	semd_disconnect(client);
	WANT(!semaphore.acquire() && semaphore.error() == SystemSemaphore::NotFound);
	semaphore.setKey("removed", 1, SystemSemaphore::Create);
	WANT(semaphore.acquire() && semaphore.error() == SystemSemaphore::NoError);
}

static void out_of_resources()
{
	SystemSemaphore semaphore("resources", 0x7fffffff);
	WANT(!semaphore.release() && semaphore.error() == SystemSemaphore::OutOfResources);
	WANT(semaphore.acquire() && semaphore.error() == SystemSemaphore::NoError);
}

static void no_daemon()
{
	setenv("SEMD_SOCKET", "/nonexistent/semd.sock", 1);
	SystemSemaphore semaphore("unreachable", 1);
	WANT(!semaphore.acquire() && semaphore.error() == SystemSemaphore::UnknownError);
	WANT(semaphore.errorString().find("/nonexistent") != std::string::npos);
}

static void opened_when_it_can_be()
{
	const std::string socket = getenv("SEMD_SOCKET");
	setenv("SEMD_SOCKET", "/nonexistent/semd.sock", 1);
	SystemSemaphore semaphore("later", 1);
	WANT(semaphore.error() != SystemSemaphore::NoError);
	setenv("SEMD_SOCKET", socket.c_str(), 1);
	WANT(semaphore.acquire() && semaphore.error() == SystemSemaphore::NoError);
}

/* ---- All of them ----------------------------------------------------------------------------- */

#define CASE(name) { name, #name }
static const struct {
	void (*body)();
	const char *name;
} cases[] = {
	CASE(key_is_what_was_given),
	CASE(key_that_is_empty),
	CASE(key_that_is_none),
	CASE(set_key_goes_to_another),
	CASE(set_key_to_the_same),
	CASE(keys_are_apart),
	CASE(initial_value),
	CASE(initial_value_below_zero),
	CASE(open_takes_what_is_there),
	CASE(create_sets_the_count),
	CASE(create_is_not_told_to_others),
	CASE(one_and_back),
	CASE(several_and_back),
	CASE(release_makes_more),
	CASE(release_of_nothing),
	CASE(instances_share_what_the_process_has),
	CASE(acquire_waits),
	CASE(processes_keep_each_other_out),
	CASE(threads_keep_each_other_out),
	CASE(many_producers_and_consumers),
	CASE(acquired_comes_back_after_a_crash),
	CASE(acquired_comes_back_after_an_end),
	CASE(waiter_is_served_by_a_crash),
	CASE(released_stays),
	CASE(destructor_gives_nothing_back),
	CASE(destructor_takes_nothing_from_others),
	CASE(gone_with_the_last_instance),
	CASE(gone_with_a_crash_of_the_last),
	CASE(try_acquire),
	CASE(try_acquire_for_a_time),
	CASE(not_found_once_removed),
	CASE(out_of_resources),
	CASE(no_daemon),
	CASE(opened_when_it_can_be),
};

extern "C" void row(void)
{
	for (const auto &one : cases)
		claim(Process([&one](int) { one.body(); }).ended(), one.name);
	if (row_has_other())
		claim(Process([](int) { permission_denied(); }).ended(), "permission_denied");
}
