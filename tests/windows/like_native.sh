#!/bin/sh
# The same commands of semd-cli, played twice: by a native build with a daemon of its own, and by
# the Windows build under Wine with another. The output and exit status of each command must be
# equal but for the few fields that have to differ: see mask.
#
# The native build is $SEMD_NATIVE_BUILD, or is made in a folder of the Windows build.
set -u
source=$SEMD_TEST_SOURCE
. "$source/tests/windows/wine_folder.sh"
LC_ALL=C.UTF-8
export LC_ALL
unset SEMD_DAEMON SEMD_TEST_BUILD

give_up() {
	echo "Bail out! $1"
	exit 99
}

# The native build must not get the variables of the Windows build.
build_natively() {
	native=$build/native
	mkdir -p "$native" && (
		cd "$native" || exit
		unset CC CXX CFLAGS CPPFLAGS CXXFLAGS LDFLAGS
		unset PKG_CONFIG PKG_CONFIG_PATH PKG_CONFIG_LIBDIR
		unset MAKEFLAGS MFLAGS MAKELEVEL
		[ -e Makefile ] || "$source/configure" --disable-tests || exit
		make semd semd-cli
	) >"$build/native.log" 2>&1 || give_up "no native build: see $build/native.log"
}

native=${SEMD_NATIVE_BUILD:-}
[ -n "$native" ] || build_natively
make_wine_folder
folder=$(mktemp -d) || exit 99
cd "$folder" || exit 99
daemon=
trap 'end_daemon; rm -rf "$folder"' EXIT

# ---- Playing
# ---------------------------------------------------------------------------------------

native_program() { program=$1; shift; "$native/$program" "$@"; }
windows_program() { program=$1; shift; wine "$build/$program.exe" "$@"; }

# Replaces the subshell by the program, so that $! is the program's pid.
in_background() {	# in_background PROGRAM ARGUMENT...
	case $side in
	native) program=$1; shift; exec "$native/$program" "$@" ;;
	windows) program=$1; shift; exec wine "$build/$program.exe" "$@" ;;
	esac
}

# The daemon is ready when it answers.
begin_daemon() {
	(in_background semd --no-state --socket "$SEMD_SOCKET" \
		</dev/null >/dev/null 2>daemon.err 3>&-) &
	daemon=$!
	tries=1000
	until "${side}_program" semd-cli ping >/dev/null 2>&1 </dev/null; do
		kill -0 $daemon 2>/dev/null && tries=$((tries - 1)) && [ $tries -gt 0 ] ||
			give_up "the $side daemon: $(cat daemon.err)"
	done
}

end_daemon() {
	[ -z "$daemon" ] || kill -9 $daemon
	[ -z "$daemon" ] || wait $daemon 2>/dev/null
	daemon=
}

ask() { "${side}_program" semd-cli "$@" </dev/null 3>&- 4>&- 5<&-; }	# not recorded

# Masks the fields that have to differ: processes, users, times, command lines, the daemon's
# address, the system's own error texts, and the number of requests, since on Windows ending a
# stream takes a request.
mask() {	# mask FILE COMMAND: text as `show` and similar commands print it, or JSON
	case $2 in
	list) fields='9 8' ;;
	show) fields='9 5 6 7 9' ;;
	clients) fields='8 2 3 5 8' ;;
	deadlocks) fields='8 4 5 8' ;;
	*) fields=0 ;;
	esac
	awk -F '\t' -v OFS='\t' -v fields="$fields" '
		BEGIN { split(fields, field, " ") }
		NF == field[1] { for (i = 2; i in field; i++) $field[i] = "?" }
		$1 == "uptime_ms" || $1 == "requests" { $2 = "?" }
		{ print }' "$1" | sed -E '
		s/"(pid|uid|gid|age_ms|time_ms|uptime_ms|requests|round_trip_us)": [0-9]+/"\1": ?/g
		s/"command": "([^"\\]|\\.)*"/"command": "?"/g
		s/(label="client [0-9]+\\npid )[0-9]+(\\n([^"\\]|\\.)*)?"/\1?"/
		s/, process [0-9]+/, process ?/
		s/answered in [0-9]+ us/answered in ? us/
		s/cannot connect: [^:;]*/cannot connect: ?/' | replace "$SEMD_SOCKET" ADDRESS
}

# Compares character by character, since an address of Windows is full of backslashes.
replace() {	# replace TEXT WITH
	text=$1 with=$2 awk '{
		for (line = ""; (at = index($0, ENVIRON["text"])) > 0;) {
			line = line substr($0, 1, at - 1) ENVIRON["with"]
			$0 = substr($0, at + length(ENVIRON["text"]))
		}
		print line $0
	}'
}

# Writes the next record, from the files out and err.
record() {	# record STATUS WORDS...
	number=$((number + 1))
	status=$1
	shift
	record=$folder/$side.$(printf %03d $number)
	sed -i '/^wine client error:/d' err	# Wine's, about a process that ends
	{
		printf '%s\n' "$*" | sed -E 's/--for [0-9]+$/--for ?/'
		echo "exit status $status"
		mask out "$1" | sed 's/^/out: /'
		mask err "$1" | sed 's/^/err: /'
	} >"$record"
}

step() {	# step COMMAND...: runs it and records the result
	"${side}_program" semd-cli "$@" </dev/null >out 2>err 3>&- 4>&- 5<&-
	record $? "$@"
}

# Commands that stay: begin FILE COMMAND..., and after their end: over PROCESS FILE WORDS...
begin() {
	file=$1
	shift
	(in_background semd-cli "$@" </dev/null >"$file.out" 2>"$file.err" 3>&- 4>&- 5<&-) &
	begun=$!
}

over() {
	process=$1 file=$2
	shift 2
	wait $process
	status=$?
	mv "$file.out" out
	mv "$file.err" err
	record $status "$@"
}

# Starts a process that holds permits until we close descriptor HANDLE, its input.
begin_hold() {	# begin_hold HANDLE NAME[:K]...
	handle=$1
	shift
	mkfifo in said
	(in_background semd-cli hold "$@" <in >said 2>hold$handle.err 3>&- 4>&- 5<&-) &
	begun=$!
	eval "exec $handle>in"
	read -r line <said
	echo "$line" >hold$handle.out
	rm in said
}

# Watches the semaphores of that pattern, of which there are some. Descriptor 5 reads the changes.
begin_watching() {
	mkfifo said
	(in_background semd-cli watch "$1" </dev/null >said 2>watch.err 3>&- 4>&-) &
	watcher=$!
	exec 5<said
	rm said
	read -r line <&5
	echo "$line" >watch.out
}

await_waiting() {	# await_waiting NAME COUNT: until COUNT requests wait
	line=
	until [ "$line" = "$1 $2" ]; do
		read -r line <&5 || give_up "no request waits for $1"
		line=$(echo "$line" | awk -F '\t' '{ print $1, $5 + 0 }')
	done
}

process_of() {	# process_of HOLD: the pid of the holder, as the daemon knows it
	ask clients | awk -F '\t' -v hold="$1" '$6 ~ hold { print $2 }'
}

client_of() {	# client_of WAIT
	ask clients | awk -F '\t' -v wait="$1" '$7 ~ wait { print $1 }'
}

# ---- The script
# ------------------------------------------------------------------------------------

play_wrong_use() {
	step --help
	step nonsense
	step create a -i 1 --mo 9
	step --json list --json=3
	step run a
	step hold 'a b:0'
	step acquire a --for 0
	step consume a -w 0,5
	step version
	step list --no-start
}

play_making() {
	step version
	step ping
	step ping --json
	step create gpu -i 3 --max 4
	step create gpu -i 3 --exclusive
	step create 'ä € 😀' -i 1 --mode 640 --bypass 2
	step create items -i 0
	step create brief -i 2 --last-close
	step post items 5
	step post gpu 2
	step consume items 2
	step consume items 9 -n
	step wait items -w 0.01
	step list
	step list 'g*'
	step list --json '[!a-h]?*'
	step show brief
	step set gpu 5 --max 6 --bypass 2
	step set gpu --max 1
	step set nothing 3
}

play_holding() {
	begin_hold 3 gpu:2 items
	holder=$begun
	process=$(process_of gpu:2)
	step show gpu items
	step show gpu --json
	step clients
	step clients --json
	step acquire gpu items --for "$process"
	step release gpu:2 --for "$process"
	step release gpu --for "$process"
	step settle items --for "$process"
	step acquire gpu --for 2147483647	# no such process
	step list
}

play_running() {
	step run gpu:2 made -i 1 -n -- semd-cli list
	step run gpu -- semd-cli show nothing
	step run gpu -- semd-cli create '' -i 1
	step run gpu --json -- semd-cli create 'a "b\" c\\' -i 1
	step show --json 'a "b\" c\\'
	step run gpu:4 -n -- semd-cli list
	step run gpu:4 -w 0.01 -E 7 -- semd-cli list
	step run gpu:9 -- semd-cli list
	step run nothing -- semd-cli list
	step run gpu -- ./nonsense
	step run gpu -- nonsense
	step list
}

play_reset() {
	step reset gpu nothing
	exec 3>&-
	over $holder hold3 hold
	step list --json
}

# One change at a time, since changes that are not read in time are reported as one.
play_watching() {
	ask create watched -i 1
	begin_watching '[gw]*'
	for change in 'post watched 2' 'create gone -i 3' 'remove gone' 'consume watched'; do
		ask $change
		read -r line <&5
		echo "$line" >>watch.out
	done
	end_daemon
	cat <&5 >>watch.out
	exec 5<&-
	over $watcher watch watch
}

play_deadlock() {
	ask create left -i 1
	ask create right -i 1
	begin_watching '[lr]*'
	begin_hold 3 gpu
	left=$begun left_process=$(process_of '^gpu:1$')
	begin_hold 4 gpu:2
	right=$begun right_process=$(process_of '^gpu:2$')
	step acquire left --for "$left_process"
	step acquire right --for "$right_process"
	begin first acquire right --for "$left_process"
	first=$begun
	await_waiting right 1
	begin second acquire left --for "$right_process"
	second=$begun
	await_waiting left 1
	step show left right
	step deadlocks
	step deadlocks --json
	step deadlocks --dot
	client=$(client_of left:1)
	step kick "$client" 9999
	over $second second acquire
	over $first first acquire
	step deadlocks --json
	step clients
	exec 3>&- 4>&-
	over $left hold3 hold
	over $right hold4 hold
	step kick "$(client_of '^-$' | head -n 1)"
	exec 5<&-
	over $watcher watch watch
}

play_ending() {
	step unlink items nothing
	step remove gpu left right nothing
	step show gpu
	step consume gpu
	step list
	step stats
	step stats --json
}

play() {	# play SIDE
	side=$1 number=0
	play_wrong_use
	begin_daemon
	play_making
	play_holding
	play_running
	play_reset
	play_deadlock
	play_ending
	play_watching
}

SEMD_SOCKET=$folder/socket
PATH=$native:$PATH
WINEPATH=Z:$build
export SEMD_SOCKET PATH WINEPATH
play native
SEMD_SOCKET="\\\\.\\pipe\\semd-like-native-$$"
play windows

# ---- Comparing
# -------------------------------------------------------------------------------------

checked=0
for record in "$folder"/native.*; do
	checked=$((checked + 1))
	other=$folder/windows.${record##*.}
	words=$(head -n 1 "$record" | tr '#' ' ')
	if cmp -s "$record" "$other"; then
		echo "ok $checked - $words"
	else
		echo "not ok $checked - $words"
		diff "$record" "$other" | cat -v | sed 's/^/# /'
	fi
done
echo "1..$checked"
