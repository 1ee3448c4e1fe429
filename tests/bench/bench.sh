# bench.sh - semd-bench runs, says what it should, and with both ends on one CPU a round trip to the
# daemon stays within 1.3 times one to the echo server.
bench=$SEMD_TEST_BUILD/semd-bench
SEMD_DAEMON=$SEMD_TEST_BUILD/semd
export SEMD_DAEMON
count=0

result() {	# result STATUS WORDS
	count=$((count + 1))
	if test "$1" -eq 0; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
	fi
}

field() {	# field MEASURE NAME: from the JSON, which has a measure a line
	printf '%s\n' "$json" | sed -n "s/.*\"name\": \"$1\".*\"$2\": \([0-9.]*\).*/\1/p"
}

echo 1..4

"$bench" --help | grep -q -- --json
result $? 'it tells its options'

"$bench" --no-such-option 2>/dev/null
test $? -eq 2
result $? 'wrong use is status 2'

if test "$SEMD_TEST_SANITIZED" = yes; then
	json=$("$bench" --json --pin --rounds=1 --count=100)
else
	json=$("$bench" --json --pin --rounds=31 --count=2000)
fi
status=$?
for name in echo_round_trip wire_round_trip library_round_trip echo_pipelined wire_pipelined \
	posix_pair sysv_undo_pair; do
	test -n "$(field $name median)" || status=1
done
result $status 'every measure is told'
printf '%s\n' "$json" >&2

ratio=$(field wire_round_trip times_echo)
if test "$SEMD_TEST_SANITIZED" = yes; then
	echo "ok 4 # SKIP sanitizers slow down one side only"
else
	awk -v ratio="$ratio" 'BEGIN { exit !(ratio > 0 && ratio <= 1.3) }'
	result $? "a round trip takes $ratio times the echo's, at most 1.3"
fi
