#!/bin/sh
# The examples for programs with a loop of their own, in the Windows build, under Wine. One thread
# waits for several semaphores: some are free, one becomes free, one wait is canceled and one times
# out. At last the daemon ends.
set -u
. "$SEMD_TEST_SOURCE/tests/windows/wine_folder.sh"
SEMD_SOCKET="\\\\.\\pipe\\semd-many-$$"
export SEMD_SOCKET
make_wine_folder
folder=$(mktemp -d) || exit 99
cd "$folder" || exit 99
trap 'kill -9 $daemon 2>/dev/null; rm -rf "$folder"' EXIT
number=0

report() {	# report STATUS WORDS
	number=$((number + 1))
	[ "$1" -eq 0 ] || printf 'not '
	echo "ok $number - $2"
	[ "$1" -eq 0 ] || sed 's/^/# /' said
}

cli() { wine "$build/semd-cli.exe" "$@" </dev/null 3>&- 4>&-; }

# `late` is held until descriptor 3 is closed.
begin_hold() {
	mkfifo in holds
	wine "$build/semd-cli.exe" hold late <in >holds 3>&- 4>&- &
	exec 3>in
	read -r line <holds
	rm in holds
}

await_waiting() {	# await_waiting NAME COUNT
	until [ "$(cli list "$1" | cut -f 5)" = "$2" ]; do
		kill -0 $many || { echo "Bail out! no request waits for $1"; exit 99; }
	done
}

# Descriptor 4 is the program's input, if it reads any.
begin() {	# begin PROGRAM NAME...
	program=$1
	shift
	mkfifo lines
	wine "$build/client/examples/$program.exe" "$@" <lines >said 2>&1 3>&- 4>&- &
	many=$!
	exec 4>lines
	rm lines
}

ends() {	# ends STATUS WORDS
	wait $many
	status=$?
	exec 4>&-
	[ $status -eq "$1" ]
	report $? "$2"
}

said() {	# said WORDS LINE...: exactly these lines, in any order
	words=$1
	shift
	printf '%s\n' "$@" | sort >wanted
	tr -d '\r' <said | sort | cmp -s - wanted
	report $? "$words"
}

wine "$build/semd.exe" --no-state --socket "$SEMD_SOCKET" </dev/null >/dev/null 2>&1 &
daemon=$!
until cli ping >/dev/null 2>&1; do
	kill -0 $daemon || { echo 'Bail out! no daemon'; exit 99; }
done
cli create late -i 1
cli create never -i 0

begin_hold
begin many_wait free late never never=0.05
await_waiting never 1
await_waiting late 1
echo never >&4
await_waiting never 0
exec 3>&-
ends 0 'with WaitForMultipleObjects: it ends when all requests have ended'
said 'and each has what it should' 'free: granted' 'late: granted' 'never: the time ran out' \
	'never: the request was canceled'

begin_hold
begin many_uv free late never=0.05
await_waiting late 1
await_waiting never 0
exec 3>&-
ends 0 'with libuv too'
said 'and each has what it should' 'free: granted' 'late: granted' 'never: the time ran out'

for program in many_wait many_uv; do
	begin $program never free
	await_waiting never 1
	kill -9 $daemon
	wait $daemon 2>/dev/null
	ends 1 "$program fails when the daemon is gone"
	wine "$build/semd.exe" --no-state --socket "$SEMD_SOCKET" </dev/null >/dev/null 2>&1 4>&- &
	daemon=$!
	until cli create never -i 0 2>/dev/null; do
		kill -0 $daemon || { echo 'Bail out! no daemon'; exit 99; }
	done
done
echo "1..$number"
