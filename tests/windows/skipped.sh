#!/bin/sh
# Reports the tests and parts of tests that a Windows build leaves out as skipped, with the reasons.
# Each line of the file `skipped` is a name, a tab and the reason.
set -u
list=$SEMD_TEST_SOURCE/tests/windows/skipped

sed '/^#/d; /^$/d' "$list" | awk -F '\t' '
	NF != 2 || $2 == "" { print "Bail out! no reason: " $0; exit 1 }
	{ line[NR] = $1 " # SKIP " $2 }
	END {
		print "1.." NR
		for (i = 1; i <= NR; i++)
			print "ok " i " - " line[i]
	}'
