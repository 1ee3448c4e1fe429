#!/bin/sh
# semd-cli run of the Windows build, under Wine: what COMMAND is found and left with, what it exits with,
# and that whoever is killed neither leaves it without permits nor the permits without it.
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

expect() {	# expect STATUS WORDS COMMAND...: it exits so; its output is in files out and err
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

# A run whose COMMAND holds of `mark` until its input, descriptor 3, ends; $run is semd-cli's process.
begin_run() {
	mkfifo in said
	wine "$build/semd-cli.exe" run one -- semd-cli hold mark <in >said 2>run.err 3>&- &
	run=$!
	exec 3>in
	read -r line <said
	rm in said
}

# A blocked one that gets the permit, and so ends.
begin_wait() {
	wine "$build/semd-cli.exe" acquire one --for "$first" </dev/null >wait.out 2>&1 3>&- &
	waiter=$!
	until [ "$(cli list one | cut -f 5)" = 1 ]; do
		kill -0 $waiter || { echo 'Bail out! nobody waits'; exit 99; }
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
expect 0 'an ending that is not said is .exe' run one -n -- semd-cli version
expect 0 'also behind a path, which may have blanks' run one -n -- './ä b' --version
says out "$(cli --version)" 'and it is that one'
expect 127 'what is here and not in PATH is not found' run one -n -- 'ä b' --version
expect 127 'nor is what is nowhere' run one -n -- ./nonsense
grep -q '^semd-cli: ./nonsense: No such file' err
report $? 'which is said'
expect 126 'a batch file is not run' run one -n -- ./arguments "a&b"
grep -q 'cmd /c' err
report $? 'and it is said what is to be done'
expect 126 'also by its whole name and what Windows ignores behind it' run one -n -- './arguments.CMD. .'
expect 0 'cmd runs it' run one -n -- cmd /c arguments.cmd
: >script
expect 126 'what is no program is not run' run one -n -- ./script
expect 5 'the exit status of COMMAND is that of run' run one -n -- cmd /c 'exit 5'
expect 124 'whatever it is' run one -n -- cmd /c 'exit 124'
expect 0 'arguments come as they were given' run one -n -- semd-cli create 'a "\\" b\' -i 1
expect 0 'each of them' show 'a "\\" b\'
expect 0 'and the permit is back' run one -n -- semd-cli version

# ---- Death

mkfifo keeps
wine "$build/semd-cli.exe" hold mark <keeps >/dev/null 2>&1 3>&- &
exec 4>keeps
until first=$(cli clients | awk -F '\t' '$6 == "mark:1" { print $2 }') && [ -n "$first" ]; do :; done

begin_run
echo "$line" >out
says out 'holding mark' 'COMMAND has the standard streams'
cli list one | cut -f 3 >out
says out 1 'while COMMAND is there the permit is held'
begin_wait
kill -9 $run
wait $run 2>/dev/null
ends_wait 'the permit comes back when semd-cli is killed'
cli list mark | cut -f 3 >out
says out 1 'and COMMAND is gone with it'
exec 3>&-

begin_run
begin_wait
victim=$(cli clients | awk -F '\t' '$6 == "one:1" { print $2 }')
wine taskkill /f /pid "$victim" </dev/null >/dev/null 2>&1 3>&-
ends_wait 'the permit comes back when COMMAND is killed'
wait $run
report 0 'and semd-cli ends'
exec 3>&-

expect 0 'somebody takes the permit' acquire one --for "$first"
wine "$build/semd-cli.exe" run one -- semd-cli create ran -i 1 </dev/null >out 2>err 3>&- &
run=$!
until [ "$(cli list one | cut -f 5)" = 1 ]; do
	kill -0 $run || { echo 'Bail out! nobody waits'; exit 99; }
done
victim=$(cli clients | awk -F '\t' '$7 == "one:1" { print $2 }')
kill -9 $run
wait $run 2>/dev/null
until [ "$(cli list one | cut -f 5)" = 0 ]; do :; done
report 0 'semd-cli is killed while it waits, and the wait ends'
cli release one --for "$first"
expect 1 'COMMAND has never begun' show ran
expect 1 'and is gone' acquire one --for "$victim"
expect 0 'the permit can be had' run one -n -- semd-cli version
exec 4>&-
echo "1..$number"
