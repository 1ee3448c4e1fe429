# bench.sh - semd-bench of a Windows build runs under Wine and reports all its measures.
set -u
. "$SEMD_TEST_SOURCE/tests/windows/wine_folder.sh"
make_wine_folder
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
count=0

result() {	# result STATUS WORDS
	count=$((count + 1))
	if test "$1" -eq 0; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
	fi
}

bench() {	# into files, since other programs in Wine keep pipes open
	(unset SEMD_TEST_BUILD SEMD_DAEMON
	exec timeout -k 10 "${SEMD_TEST_STEP_SECONDS:-300}" wine "$build/semd-bench.exe" "$@") \
		>"$folder/out" 2>"$folder/err" </dev/null
}

echo 1..3

bench --help
grep -q -- --json "$folder/out"
result $? '--help lists the options'

bench --no-such-option
test $? -eq 2
result $? 'wrong use exits with 2'

bench --json --pin --rounds=2 --count=100 --waiters=1000
status=$?
for name in echo_round_trip wire_round_trip library_round_trip beside_one beside_many \
	echo_pipelined wire_pipelined semaphore_pair; do
	grep -q "\"name\": \"$name\".*\"median\": [0-9]" "$folder/out" || status=1
done
result $status 'every measure is reported'
cat "$folder/out" "$folder/err" >&2
