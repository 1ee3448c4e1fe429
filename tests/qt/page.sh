#!/bin/sh
# Compares semd-qt(7) with the programs that show its rows: each row names a program that exists,
# says that it is for this row, and is registered with make check; and each program has a row.
set -u
LC_ALL=C
export LC_ALL
page=$SEMD_TEST_SOURCE/client/semd-qt.7
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
test=0

# check WHAT COMMAND...: a test that passes if COMMAND succeeds
check() {
	what=$1
	shift
	test=$((test + 1))
	if "$@" >"$folder/log" 2>&1; then
		echo "ok $test - $what"
	else
		echo "not ok $test - $what"
		sed 's/^/# /' "$folder/log"
	fi
}

# Lines "PROGRAM<tab>ROW"; PROGRAM is "none" if the row names no program.
sed -n '/^\.SH ROW BY ROW/,/^\.SH THE/p' "$page" | awk '
	function done() { if (row != "" && !named) print "none\t" row }
	/^\.S[SH] / { done(); named = 0; row = $1 == ".SS" ? substr($0, 5) : "" }
	/^\.I tests\/qt\/[a-z_]*\.c$/ { named = 1; print $2 "\t" row }' >"$folder/rows"

# All programs that make check runs.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
	make -s --no-print-directory -C "$SEMD_TEST_BUILD" print-results |
	sed -n 's|^\(tests/qt/.*\)\.trs$|\1.c|p' >"$folder/registered"

each_row_names_one() {
	test "$(grep -c '	' "$folder/rows")" -ge 15 && ! grep '^none	' "$folder/rows" &&
		test -z "$(cut -f2 "$folder/rows" | sort | uniq -d | tee /dev/stderr)"
}

each_is_for_its_row() {
	while IFS='	' read -r program row; do
		grep -qF "the row \"$row\"" "$SEMD_TEST_SOURCE/$program" ||
			{ echo "$program does not say that it is for \"$row\""; return 1; }
	done <"$folder/rows"
}

each_is_registered() {
	while IFS='	' read -r program row; do
		grep -qx "$program" "$folder/registered" ||
			{ echo "$program is not run"; return 1; }
	done <"$folder/rows"
}

each_program_has_a_row() {
	for source in "$SEMD_TEST_SOURCE"/tests/qt/*.c; do
		program=tests/qt/${source##*/}
		! grep -q '^void row(void)$' "$source" || [ "$program" = tests/qt/row.c ] ||
			grep -q "^$program	" "$folder/rows" ||
			{ echo "$program is in no row"; return 1; }
	done
}

use_only_the_header() {
	! grep -n '#include "\(client\|daemon\|protocol\)/' $(cut -f1 "$folder/rows" |
		sed "s|^|$SEMD_TEST_SOURCE/|") |
		grep -v '"client/examples/ring\(_memory\)\{0,1\}.h"'
}

other_files_are_there() {
	for file in $(grep -oE '(client|tests)/[a-z_/]+\.(c|cpp|h)' "$page" | sort -u); do
		test -e "$SEMD_TEST_SOURCE/$file" || { echo "no $file"; return 1; }
	done
}

formats_without_a_word() {
	man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >"$folder/formatted" | tee "$folder/said"
	test -s "$folder/formatted" && test ! -s "$folder/said"
}

echo 1..7
check 'each row of the page names a program, and no two rows are one' each_row_names_one
check 'each program says which row it is for' each_is_for_its_row
check 'each is run by make check' each_is_registered
check 'each program is named by a row' each_program_has_a_row
check 'programs use nothing of semd but its header' use_only_the_header
check 'whatever else it names is there' other_files_are_there
if man --version >/dev/null 2>&1 && groff --version >/dev/null 2>&1; then
	check 'the page formats without a warning' formats_without_a_word
else
	echo 'ok 7 # SKIP man and groff are not installed'
fi
