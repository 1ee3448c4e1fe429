#!/bin/sh
# The public header compiles alone, the library exports exactly what it declares, and its numbers
# are those of the protocol.
set -u
LC_ALL=C
export LC_ALL
source=${SEMD_TEST_SOURCE:-.}
build=${SEMD_TEST_BUILD:-.}
header=$source/client/semd.h
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
. "$source/tests/support/check.sh"

compiles_as_c99()
{
	echo '#include "semd.h"' >"$folder/alone.c"
	${CC:-cc} -std=c99 -pedantic -Wall -Wextra -Werror -I"$source/client" -fsyntax-only \
		"$folder/alone.c"
}

compiles_as_cxx17()
{
	echo '#include "semd.h"' >"$folder/alone.cc"
	${CXX:-c++} -std=c++17 -pedantic -Wall -Wextra -Werror -I"$source/client" -fsyntax-only \
		"$folder/alone.cc"
}

# Prints the functions of the header, each on a line: the name before the parenthesis of a
# declaration at the outermost level. Text in braces is left out, and so are structures.
declared()
{
	${CC:-cc} -E -P "$header" | tr '\n\t' '  ' | awk '
		{
			depth = 0
			for (i = 1; i <= length($0); i++) {
				c = substr($0, i, 1)
				if (c == "{")
					depth++
				else if (c == "}")
					depth--
				else if (depth == 0)
					printf "%s", c == ";" ? "\n" : c
			}
		}' | sed -n '/typedef/d; s/^[^(]*[ *]\(semd_[a-z0-9_]*\) *(.*/\1/p' | sort
}

exported()
{
	nm -D --defined-only "$build/libsemd.so" | awk '{ print $3 }' | sort
}

exports_what_is_declared()
{
	declared >"$folder/declared"
	exported >"$folder/exported"
	test -s "$folder/declared" && diff "$folder/declared" "$folder/exported"
}

lists_what_is_declared()
{
	declared >"$folder/declared"
	sort "$source/client/libsemd.sym" >"$folder/listed"
	test -s "$folder/declared" && diff "$folder/declared" "$folder/listed"
}

# Every status of the schema except OK is an error of the header, with a minus sign.
errors_are_statuses()
{
	cat >"$folder/errors.c" <<'END'
#include "protocol/schema.h"
#include "semd.h"
enum { SEMD_OK };
#define SAME(NAME, number, text) _Static_assert(SEMD_##NAME == -(number), #NAME);
WIRE_STATUSES(SAME)
END
	${CC:-cc} -std=c11 -Wall -Werror -I"$source" -I"$source/client" -fsyntax-only \
		"$folder/errors.c" || return 1
	errors=$(grep -c '^	SEMD_E[A-Z]* = -[0-9]' "$header")
	statuses=$(grep -c '^	STATUS(E[A-Z]*,' "$source/protocol/schema.h")
	echo "$errors errors, $statuses statuses"
	test "$errors" -gt 0 && test "$errors" -eq "$statuses"
}

# Other numbers that the library passes on unchanged.
other_numbers_agree()
{
	cat >"$folder/numbers.c" <<'END'
#include "protocol/schema.h"
#include "semd.h"
#define SAME(ours, theirs) _Static_assert((unsigned)SEMD_##ours == (unsigned)WIRE_##theirs, #ours);
SAME(MAX_PERMITS, MAX_PERMITS)
SAME(MAX_NAME, MAX_TEXT)
SAME(MAX_OPS, MAX_TERMS)
SAME(ACQUIRE, TERM_ACQUIRE)
SAME(CONSUME, TERM_CONSUME)
SAME(RELEASE, TERM_RELEASE)
SAME(SETTLE, TERM_SETTLE)
SAME(POST, TERM_POST)
SAME(WAIT_ZERO, TERM_WAIT_ZERO)
SAME(CREATE, OPEN_CREATE)
SAME(EXCLUSIVE, OPEN_EXCLUSIVE)
SAME(RESET, OPEN_RESET)
SAME(LAST_CLOSE, OPEN_LAST_CLOSE)
SAME(RELEASE_POSTS, OPEN_RELEASE_POSTS)
SAME(INFO_LAST_CLOSE, OPEN_LAST_CLOSE)
SAME(INFO_UNLINKED, SEM_UNLINKED)
SAME(CHANGE_MAX, CHANGE_MAX)
SAME(CHANGE_MODE, CHANGE_MODE)
SAME(CHANGE_UID, CHANGE_UID)
SAME(CHANGE_GID, CHANGE_GID)
SAME(CHANGE_BYPASS, CHANGE_BYPASS)
END
	${CC:-cc} -std=c11 -Wall -Werror -I"$source" -I"$source/client" -fsyntax-only \
		"$folder/numbers.c"
}

echo 1..6
check 'semd.h compiles alone as C99' compiles_as_c99
check 'semd.h compiles alone as C++17' compiles_as_cxx17
check 'libsemd.so exports what semd.h declares' exports_what_is_declared
check 'libsemd.sym lists what semd.h declares' lists_what_is_declared
check 'errors are the statuses of the protocol' errors_are_statuses
check 'other numbers are those of the protocol' other_numbers_agree
exit $failed
