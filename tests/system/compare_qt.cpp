/*
 * compare_qt.cpp - the behaviour of QSystemSemaphore, for the README's comparison and for
 * semd-qt(7). Built and run by compare_others.sh where Qt is installed. Qt cannot read the count,
 * so it is read from the System V semaphore that Qt uses.
 */
#include <QDir>
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

static int count_of(int id)
{
	return semctl(id, 0, GETVAL);
}

static int mode_of(int id)
{
	struct semid_ds status = {};
	union {
		int value;
		struct semid_ds *status;
	} into = {};
	into.status = &status;
	return semctl(id, 0, IPC_STAT, into) == 0 ? status.sem_perm.mode & 0777 : -1;
}

/* Runs `body` in a process that exits in order, with all destructors. */
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

/* Checks what the page says about keys, values and errors. */
static void claim_small_things(QSystemSemaphore &ours, const QString &key, int id)
{
	const QStringList files = QDir(QDir::tempPath())
		.entryList({ QStringLiteral("*semdcompare*") }, QDir::Files);
	claim(!files.isEmpty(),
	      "QSystemSemaphore: a key's letters and a hash name a file in the temporary folder");
	claim(mode_of(id) == 0600, "QSystemSemaphore: its mode is 0600");
	QSystemSemaphore empty(QString(), 1);
	claim(!empty.acquire() && empty.error() == QSystemSemaphore::KeyError,
	      "QSystemSemaphore: an empty key is KeyError");
	QSystemSemaphore second(key, 7, QSystemSemaphore::Open);
	claim(count_of(id) == 0,
	      "QSystemSemaphore: Open leaves the count of an existing semaphore");
	claim(ours.release(0) && !ours.release(-1) && count_of(id) == 0,
	      "QSystemSemaphore: releasing 0 does nothing, a negative number is refused");
}

/* Acquires in a process that exits without destructors, as in a crash. */
static void claim_crash(QSystemSemaphore &ours, const QString &key, int id)
{
	ours.release(2);
	in_process([&] {
		QSystemSemaphore theirs(key, 0, QSystemSemaphore::Open);
		theirs.acquire();
		_exit(0);
	});
	claim(count_of(id) == 2,
	      "QSystemSemaphore: permits acquired by a crashed process are back");
	ours.acquire();
	ours.acquire();
}

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

	claim_small_things(ours, key, id);
	claim_crash(ours, key, id);
	in_process([&] { QSystemSemaphore(key, 0, QSystemSemaphore::Open).release(5); });
	claim(count_of(id) == 0,
	      "QSystemSemaphore: five items released are gone when the producer ends");

	ours.release(1);
	ours.acquire();
	QSystemSemaphore *newcomer = new QSystemSemaphore(key, 1, QSystemSemaphore::Create);
	claim(count_of(id) == 1,
	      "QSystemSemaphore: Create by a newcomer grants again what another process holds");
	delete newcomer;
	claim(count_of(id) < 0,
	      "QSystemSemaphore: that newcomer's destructor removes the semaphore for all users");
	claim(ours.release() && ours.error() == QSystemSemaphore::NoError && count_of(id) < 0,
	      "QSystemSemaphore: a process that goes on using it silently creates another");

	claim(!can_try<QSystemSemaphore>::value && !can_time<QSystemSemaphore>::value,
	      "QSystemSemaphore: it can neither be tried nor waited for with a time-out");
	std::printf("1..%u\n", claims);
	return untrue != 0;
}
