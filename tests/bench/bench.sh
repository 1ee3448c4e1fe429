# bench.sh - semd-bench runs and reports all its measures. The figures themselves are not tested,
# since other programs run on the same machine.
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

field() {	# field MEASURE NAME: from the JSON, which has one measure on each line
	printf '%s\n' "$json" | sed -n "s/.*\"name\": \"$1\".*\"$2\": \([0-9.]*\).*/\1/p"
}

echo 1..4

"$bench" --help | grep -q -- --json
result $? '--help lists the options'

"$bench" --no-such-option 2>/dev/null
test $? -eq 2
result $? 'wrong use exits with 2'

"$bench" --rounds=1 --count=10 >/dev/full 2>/dev/null
test $? -eq 1
result $? 'output that cannot be written exits with 1'

json=$("$bench" --json --pin --rounds=3 --count=200)
status=$?
for name in echo_round_trip wire_round_trip library_round_trip beside_one beside_many \
	echo_pipelined wire_pipelined posix_pair sysv_undo_pair; do
	test -n "$(field $name median)" || status=1
done
result $status 'every measure is reported'
printf '%s\n' "$json" >&2
