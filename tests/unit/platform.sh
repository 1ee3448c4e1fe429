#!/bin/sh
# Where platforms differ, and where files lie. Conditions on a platform stand only in files named
# for a platform and in the public header. A file for one platform lies in an os folder with its
# counterpart for the other platform beside it, or tests/unit/alone gives a reason. No other file of
# daemon, client or protocol includes a header that only one system has. No two files of a layer
# have the same name. The script also shows that it finds each of these faults.
set -u
LC_ALL=C
export LC_ALL
source=${SEMD_TEST_SOURCE:-.}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
. "$source/tests/support/check.sh"

# Sources below the folder $1, without the products of a build.
sources()
{
	(cd "$1" && find protocol daemon client tests -name '*.[ch]' -o -name '*.cpp') | sort
}

cut -f 1 "$source/tests/windows/skipped" | sort >"$folder/skipped"

# Macros for a platform that compilers and system headers define.
words='_*WIN(32|64|NT)_*|_WIN32_WINNT|_*MINGW(32|64)_*|_*CYGWIN_*|_MSC_VER|_MSC_FULL_VER'
words="$words|_*linux_*|_*gnu_linux_*|_*unix_*|_*APPLE_*|_*MACH_*|TARGET_OS_[A-Z]*|_*sun_*|_*hpux_*"
words="$words|_AIX|_*(Free|Open|Net)BSD_*|_*DragonFly_*|_*ANDROID_*|_*HAIKU_*|_*G?LIBC_*"
words="$words|_POSIX_VERSION"

# Conditions on these macros below $1, each as FILE:LINE: condition. A condition may have several
# lines.
conditions()
{
	(cd "$1" && sources . | grep -vE '_(unix|windows)\.[^.]*$' | grep -vx client/semd.h |
		xargs awk -v words="$words" '
		FNR == 1 { condition = "" }
		condition != "" || /^[ \t]*#[ \t]*(if|ifdef|ifndef|elif)[^a-z]/ {
			condition = condition $0
			if (/\\$/)
				next
			if (condition ~ "(^|[^A-Za-z0-9_])(" words ")([^A-Za-z0-9_]|$)")
				print FILENAME ":" FNR ": " condition
			condition = ""
		}')
}

# Files for one platform below $1 without a counterpart, printed without .c, .h or .cpp. A test that
# is skipped on Windows needs no counterpart there.
alone()
{
	(cd "$1" && sources . | sed -nE '/^tests\/windows\//d; s/_(unix|windows)\.[^.]*$/ \1/p' |
		sort -u | awk '{ seen[$1] = seen[$1] $2 } END { for (name in seen)
			if (seen[name] != "unixwindows") print name "_" seen[name] }' | sort |
		comm -23 - "$folder/skipped")
}

no_conditions()
{
	test "$(sources "$source" | wc -l)" -gt 100 || return 1
	conditions "$source" >"$folder/conditions"
	cat "$folder/conditions"
	test ! -s "$folder/conditions"
}

all_have_a_counterpart()
{
	alone "$source" >"$folder/alone"
	echo 'differences of tests/unit/alone, with a reason on each line, and the tree:'
	grep -vE '^(#|$)' "$source/tests/unit/alone" | grep -E '	.' | cut -f 1 | sort |
		diff - "$folder/alone"
}

finds_conditions()
{
	mkdir -p "$folder/made/protocol" "$folder/made/daemon" "$folder/made/client" \
		"$folder/made/tests" && cd "$folder/made" || return 1
	printf '#ifdef _WIN32\n#endif\n' >protocol/a.c
	printf 'int a;\n # if 1 && \\\n\tdefined(__linux__)\n#endif\n' >daemon/b.h
	printf '#if 0\n#elif !defined __APPLE__\n#endif\n' >tests/c.cpp
	printf '#ifndef _MSC_VER\n#endif\n' >tests/d_unixes.c
	printf '#ifdef __unix__\n#endif\n' | tee client/semd.h >daemon/e_unix.c
	printf '#ifndef UNIX_H\n#if HAVE_WIN32_THINGS\n#endif // linux\n#endif\n' >daemon/f.c
	conditions . | cut -d : -f 1-2 >found
	printf '%s\n' daemon/b.h:3 protocol/a.c:1 tests/c.cpp:2 tests/d_unixes.c:1 | diff - found
}

# Headers that both systems have: those of ISO C, POSIX threads, getopt and lists. The daemon also
# uses uthash and libuv, but its engine only uthash: it does no input or output.
common='assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal'
common="$common|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string"
common="$common|tgmath|time|wchar|wctype|pthread|getopt|sys/queue"

# Sources of the product below $1 that must not differ by platform. Examples are separate programs.
common_sources()
{
	(cd "$1" && find protocol daemon client \
		\( -path '*/os/*' -o -path client/examples \) -prune -o \
		\( -name '*.[ch]' -o -name '*.cpp' \) -print) | sort
}

# Headers of one system that these sources include, each as FILE: HEADER.
system_headers()
{
	(cd "$1" && common_sources . | xargs awk -v common="$common" '
		/^[ \t]*#[ \t]*include[ \t]*</ {
			header = $0
			sub(/^[^<]*</, "", header)
			sub(/\.h>.*/, "", header)
			allowed = common
			if (FILENAME ~ "^daemon/")
				allowed = allowed "|uthash"
			if (FILENAME ~ "^daemon/" && FILENAME !~ "^daemon/core/")
				allowed = allowed "|uv"
			if (header !~ "^(" allowed ")$")
				print FILENAME ": " header ".h"
		}')
}

# Files for one platform below $1 that lie outside of os.
misplaced()
{
	common_sources "$1" | grep -E '_(unix|windows)\.[^.]*$'
}

# Names that occur in two folders of a layer below $1. A header and its source share a name.
twice()
{
	for layer in protocol daemon client/lib client/cli; do
		(cd "$1" && find $layer -name '*.[ch]' 2>/dev/null | sed 's/\.[ch]$//' | sort -u |
			sed 's,.*/,,' | sort | uniq -d | sed "s,^,$layer: ,")
	done
}

# none_of FUNCTION: FUNCTION finds nothing in the tree
none_of()
{
	test "$(common_sources "$source" | wc -l)" -gt 100 || return 1
	"$1" "$source" >"$folder/found"
	cat "$folder/found"
	test ! -s "$folder/found"
}

finds_misplaced_files()
{
	mkdir -p "$folder/layers" && cd "$folder/layers" || return 1
	mkdir -p protocol daemon/core/report daemon/os client/lib/os client/cli/print \
		client/examples
	printf '#include <string.h>\n#include <uv.h>\n#include <sys/queue.h>\n' |
		tee daemon/turn.c daemon/core/hash.c >client/lib/call.h
	printf '#include <unistd.h>\n' | tee client/lib/os/park_unix.c client/examples/pool.c \
		protocol/wire_unix.c daemon/os/peer.c >daemon/log.h
	touch daemon/core/report/log.c client/cli/print/call.c client/lib/call.c \
		client/lib/os/turn.c
	system_headers . >found
	printf '%s\n' 'client/lib/call.h: uv.h' 'daemon/core/hash.c: uv.h' \
		'daemon/log.h: unistd.h' 'protocol/wire_unix.c: unistd.h' | diff - found || return 1
	misplaced . >found
	echo protocol/wire_unix.c | diff - found || return 1
	twice . >found
	echo 'daemon: log' | diff - found
}

finds_those_alone()
{
	cd "$folder/made" && rm -r daemon && mkdir daemon || return 1
	touch daemon/both_unix.c daemon/both_windows.c daemon/one_unix.c daemon/one_unix.h \
		tests/other_windows.c daemon/none.c
	echo tests/skipped_unix >"$folder/skipped"
	mkdir tests/windows && touch tests/skipped_unix.c tests/windows/it_windows.c
	alone . >found
	printf '%s\n' daemon/one_unix tests/other_windows | diff - found
}

echo 1..8
check 'no condition on a platform but in files for one' no_conditions
check 'files for one platform have a counterpart, or a reason' all_have_a_counterpart
check 'files for one platform lie in os' none_of misplaced
check 'no header of one system but in os' none_of system_headers
check 'no name stands twice in a layer' none_of twice
check 'it finds conditions on platforms' finds_conditions
check 'it finds files without a counterpart' finds_those_alone
check 'it finds headers, misplaced files and names that stand twice' finds_misplaced_files
exit $failed
