# cli_common.sh - functions for the tests of semd-cli, which source it.
#
# The script is run again by with_daemon, or by the program in $with, in a folder of its own. Waits
# are for events: a line from a pipe, the end of a child, a number that list shows.
if [ -z "$SEMD_TEST_FOLDER" ]; then
	SEMD_TEST_FOLDER=$(mktemp -d) || exit 1
	export SEMD_TEST_FOLDER
	exec "$SEMD_TEST_BUILD/tests/system/${with:-with_daemon}" /bin/sh "$0"
fi
cd "$SEMD_TEST_FOLDER" || exit 1
trap 'rm -rf "$SEMD_TEST_FOLDER"' EXIT
PATH=$SEMD_TEST_BUILD:$PATH
number=0
limit=${SEMD_TEST_STEP_SECONDS:-300}	# for one event

report() {	# report STATUS WORDS: with the last output if STATUS is not 0
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
		return
	fi
	echo "not ok $number - $2"
	for file in out err; do
		[ ! -s $file ] || sed "s/^/# $file: /" $file
	done
}

skip() {	# skip WHY: in place of one or more reports
	number=$((number + 1))
	echo "ok $number - # SKIP $1"
}

finish() {
	echo "1..$number"
}

check() {	# check WORDS COMMAND...: the command must succeed
	words=$1
	shift
	"$@"
	report $? "$words"
}

expect() {	# expect STATUS WORDS COMMAND...: must exit with STATUS; output in out and err
	wanted=$1 words=$2
	shift 2
	"$@" >out 2>err
	status=$?
	[ $status -eq "$wanted" ] || echo "# exit status $status, not $wanted" >>err
	[ $status -eq "$wanted" ]
	report $? "$words"
}

ends() {	# ends PID STATUS WORDS: the child must end with STATUS
	wait "$1"
	status=$?
	[ $status -eq "$2" ] || echo "# exit status $status, not $2"
	[ $status -eq "$2" ]
	report $? "$3"
}

says() {	# says FILE TEXT WORDS: the file must be exactly TEXT
	[ "$(cat "$1")" = "$2" ]
	report $? "$3"
}

complains() {	# complains PATTERN WORDS: err must be one matching line in our style
	[ "$(wc -l <err)" -eq 1 ] && grep -q '^semd-cli: [^ ].*: .*: .*[^ ]$' err &&
		grep -q -e "$1" err
	report $? "$2"
}

shown() {	# shown NAME COLUMN: prints a column of list
	semd-cli list | awk -F'\t' -v name="$1" -v column="$2" '$1 == name { print $column }'
}
available() { shown "$1" 2; }
held() { shown "$1" 3; }
total() { shown "$1" 4; }

await_waiting() {	# await_waiting NAME COUNT: returns when COUNT requests wait
	tries=10000
	until [ "$(shown "$1" 5)" = "$2" ]; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || { echo "Bail out! no request waits for $1"; exit 1; }
	done
}

# begin_hold HANDLE ARGUMENTS... starts a holder, $holder_HANDLE, which holds until end_hold HANDLE.
# HANDLE is a descriptor of ours, 3 to 5. Processes started meanwhile that are to outlive the holder
# must close it.
begin_hold() {
	handle=$1
	shift
	mkfifo "in$handle" "out$handle"
	semd-cli hold "$@" <"in$handle" >"out$handle" 2>"err$handle" 3>&- 4>&- 5>&- &
	eval "holder_$handle=$!; exec $handle>in$handle"
	read -r line <"out$handle"
	rm "in$handle" "out$handle"
}
end_hold() {
	eval "exec $1>&-; wait \$holder_$1"
}

# Starts a second daemon, $own_daemon at $own_socket, which a script may kill.
begin_daemon() {
	own_socket=$PWD/own.sock
	rm -f "$own_socket"
	mkfifo ready
	semd --no-state --socket "$own_socket" --ready 3 \
		3>ready </dev/null >/dev/null 2>&1 4>&- 5>&- &
	own_daemon=$!
	read -r line <ready
	rm ready
}
