#!/bin/sh
# Says as results which tests and parts of tests a Windows build leaves out, and why: each line of the
# file beside this one is a name, a tabulator and the reason.
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
