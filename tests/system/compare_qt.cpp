/*
 * compare_qt.cpp - what QSystemSemaphore does, for the README's comparison. Built and run by
 * compare_others.sh where Qt is installed. Its count has no way to be read, so that is asked of the
 * System V semaphore below.
 */
#include <QSystemSemaphore>

#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned claims, untrue;

static void claim(bool truth, const char *words)
{
	untrue += !truth;
	std::printf("%sok %u - %s\n", truth ? "" : "not ", ++claims, words);
	std::fflush(stdout);
}

static std::set<int> sysv_all()
{
	std::set<int> ids;
	std::ifstream table("/proc/sysvipc/sem");
	std::string line;
	std::getline(table, line);
	for (int key, id; table >> key >> id; std::getline(table, line))
		ids.insert(id);
	return ids;
}

/* Runs `body` in a process that ends in order, with all destructors. */
template <typename Body> static void in_process(Body body)
{
	pid_t pid = fork();
	if (pid == 0) {
		body();
		_exit(0);
	}
	waitpid(pid, nullptr, 0);
}

template <typename T, typename = void> struct can_try : std::false_type {};
template <typename T>
struct can_try<T, std::void_t<decltype(std::declval<T>().tryAcquire())>> : std::true_type {};
template <typename T, typename = void> struct can_time : std::false_type {};
template <typename T>
struct can_time<T, std::void_t<decltype(std::declval<T>().acquire(1000))>> : std::true_type {};

int main()
{
	const QString key = QStringLiteral("semd-compare-%1").arg(getpid());
	const std::set<int> before = sysv_all();
	QSystemSemaphore ours(key, 0, QSystemSemaphore::Open);
	int id = -1;
	for (int candidate : sysv_all()) {
		if (before.count(candidate) == 0)
			id = candidate;
	}
	if (id < 0) {
		std::puts("1..0 # SKIP this Qt keeps no System V semaphore");
		return 0;
	}

	in_process([&] { QSystemSemaphore(key, 0, QSystemSemaphore::Open).release(5); });
	claim(semctl(id, 0, GETVAL) == 0,
	      "QSystemSemaphore: five items released are gone when the producer ends");

	ours.release(1);
	ours.acquire();
	QSystemSemaphore *newcomer = new QSystemSemaphore(key, 1, QSystemSemaphore::Create);
	claim(semctl(id, 0, GETVAL) == 1,
	      "QSystemSemaphore: Create by a newcomer gives out again what another holds");
	delete newcomer;
	claim(semctl(id, 0, GETVAL) < 0,
	      "QSystemSemaphore: that newcomer's destructor removes the semaphore for everybody");

	claim(!can_try<QSystemSemaphore>::value && !can_time<QSystemSemaphore>::value,
	      "QSystemSemaphore: it can neither be tried nor waited for with a time-out");
	std::printf("1..%u\n", claims);
	return untrue != 0;
}
