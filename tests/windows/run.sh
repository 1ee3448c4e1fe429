#!/bin/sh
# semd-cli run of the Windows build, under Wine: how COMMAND is found, its arguments and exit
# status. If semd-cli or COMMAND is killed, COMMAND never runs without its permits, and the permits
# come back.
set -u
. "$SEMD_TEST_SOURCE/tests/windows/wine_folder.sh"
LC_ALL=C.UTF-8 SEMD_SOCKET="\\\\.\\pipe\\semd-run-$$" WINEPATH=Z:$build
export LC_ALL SEMD_SOCKET WINEPATH
make_wine_folder
folder=$(mktemp -d) || exit 99
cd "$folder" || exit 99
trap 'kill -9 $daemon 2>/dev/null; rm -rf "$folder"' EXIT
number=0

report() {	# report STATUS WORDS
	number=$((number + 1))
	[ "$1" -eq 0 ] || printf 'not '
	echo "ok $number - $2"
	[ "$1" -eq 0 ] || sed 's/^/# /' out err
}

cli() { wine "$build/semd-cli.exe" "$@" </dev/null 3>&-; }

expect() {	# expect STATUS WORDS COMMAND...: must exit with STATUS; output in files out and err
	wanted=$1 words=$2
	shift 2
	cli "$@" >out 2>err
	status=$?
	[ $status -eq "$wanted" ] || echo "exit status $status, not $wanted" >>err
	[ $status -eq "$wanted" ]
	report $? "$words"
}

says() {	# says FILE TEXT WORDS
	[ "$(cat "$1")" = "$2" ]
	report $? "$3"
}

# Starts a run whose COMMAND holds a permit of `mark` until its input, descriptor 3, ends. $run is
# semd-cli's process.
begin_run() {
	mkfifo in said
	wine "$build/semd-cli.exe" run one -- semd-cli hold mark <in >said 2>run.err 3>&- &
	run=$!
	exec 3>in
	read -r line <said
	rm in said
}

# Starts a waiter that gets the permit, and then ends.
begin_wait() {
	wine "$build/semd-cli.exe" acquire one --for "$first" </dev/null >wait.out 2>&1 3>&- &
	waiter=$!
	until [ "$(cli list one | cut -f 5)" = 1 ]; do
		kill -0 $waiter || { echo 'Bail out! no request waits'; exit 99; }
	done
}

ends_wait() {	# ends_wait WORDS
	wait $waiter
	status=$?
	[ $status -eq 0 ]
	report $? "$1"
	cli release one --for "$first"
}

wine "$build/semd.exe" --no-state --socket "$SEMD_SOCKET" </dev/null >/dev/null 2>&1 &
daemon=$!
until cli ping >/dev/null 2>&1; do
	kill -0 $daemon || { echo 'Bail out! no daemon'; exit 99; }
done
cli create one -i 1
cli create mark -i 9

# ---- COMMAND

cat >arguments.cmd <<'END'
@echo off
END
cp "$build/semd-cli.exe" 'ä b.exe' || exit 99
expect 0 'the default ending is .exe' run one -n -- semd-cli version
expect 0 'also after a path, which may have blanks' run one -n -- './ä b' --version
says out "$(cli --version)" 'and the program found is the right one'
expect 127 'a program here but not in PATH is not found' run one -n -- 'ä b' --version
expect 127 'a program that does not exist is not found' run one -n -- ./nonsense
grep -q '^semd-cli: ./nonsense: No such file' err
report $? 'and the message says so'
expect 126 'a batch file is not run' run one -n -- ./arguments "a&b"
grep -q 'cmd /c' err
report $? 'and the message says what to do'
expect 126 'also by its full name, with the dots and blanks that Windows ignores' \
	run one -n -- './arguments.CMD. .'
expect 0 'cmd runs it' run one -n -- cmd /c arguments.cmd
: >script
expect 126 'a file that is no program is not run' run one -n -- ./script
expect 5 'run exits with the status of COMMAND' run one -n -- cmd /c 'exit 5'
expect 124 'with any status' run one -n -- cmd /c 'exit 124'
expect 0 'arguments are passed on unchanged' run one -n -- semd-cli create 'a "\\" b\' -i 1
expect 0 'every argument' show 'a "\\" b\'
expect 0 'and the permit is back' run one -n -- semd-cli version

# ---- Death

mkfifo keeps
wine "$build/semd-cli.exe" hold mark <keeps >/dev/null 2>&1 3>&- &
exec 4>keeps
until first=$(cli clients | awk -F '\t' '$6 == "mark:1" { print $2 }') && [ -n "$first" ]; do
	:
done

begin_run
echo "$line" >out
says out 'holding mark' 'COMMAND has the standard streams'
cli list one | cut -f 3 >out
says out 1 'the permit is held while COMMAND runs'
begin_wait
kill -9 $run
wait $run 2>/dev/null
ends_wait 'the permit comes back when semd-cli is killed'
cli list mark | cut -f 3 >out
says out 1 'and COMMAND has ended with it'
exec 3>&-

begin_run
begin_wait
victim=$(cli clients | awk -F '\t' '$6 == "one:1" { print $2 }')
wine taskkill /f /pid "$victim" </dev/null >/dev/null 2>&1 3>&-
ends_wait 'the permit comes back when COMMAND is killed'
wait $run
report 0 'and semd-cli ends'
exec 3>&-

expect 0 'another client takes the permit' acquire one --for "$first"
wine "$build/semd-cli.exe" run one -- semd-cli create ran -i 1 </dev/null >out 2>err 3>&- &
run=$!
until [ "$(cli list one | cut -f 5)" = 1 ]; do
	kill -0 $run || { echo 'Bail out! no request waits'; exit 99; }
done
victim=$(cli clients | awk -F '\t' '$7 == "one:1" { print $2 }')
kill -9 $run
wait $run 2>/dev/null
until [ "$(cli list one | cut -f 5)" = 0 ]; do :; done
report 0 'semd-cli is killed while it waits, and the wait ends'
cli release one --for "$first"
expect 1 'COMMAND was never started' show ran
expect 1 'and semd-cli has ended' acquire one --for "$victim"
expect 0 'the permit is available again' run one -n -- semd-cli version
exec 4>&-
echo "1..$number"
