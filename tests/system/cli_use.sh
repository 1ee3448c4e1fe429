#!/bin/sh
# semd-cli's command line: accepted and refused arguments, and the output to either stream.
. "$(dirname "$0")/cli_common.sh"

# ---- Help

commands='create run hold acquire release settle post consume wait list show clients
	deadlocks watch stats
	set reset remove unlink kick ping version'
semd-cli --help >out
check 'help names its use' grep -q '^Usage: semd-cli ' out
for command in $commands; do
	grep -q "^  $command  *[a-z]" out || echo "# help lacks $command"
	semd-cli $command --help >help && grep -q "^Usage: semd-cli $command" help &&
		grep -q -e '--json' help || echo "# no help for $command"
done >missing
says missing '' 'every command is in the help, and has its own'
for command in $commands; do
	semd-cli $command --help
done | awk 'length > 80' >wide
says wide '' 'no line of it is wider than a terminal'
semd-cli create --help | sed -n '1,/^$/p' | tr -s ' \n' ' ' >out
says out "Usage: semd-cli create NAME -i N [--max N] [--mode OCTAL] [--bypass N] [--last-close] \
[--exclusive | --reset] " 'and no word of it is lost'
semd-cli run --help >plain
semd-cli help run >out
check 'help before a command is the same' cmp out plain
semd-cli --help >plain
semd-cli help >out
check 'help alone is the general help' cmp out plain
expect 2 'help with an unknown command is wrong use' semd-cli help frobnicate
expect 0 '--version prints the release' semd-cli --version
check 'and nothing else' grep -qx 'semd-cli [0-9.]*' out

# ---- Commands

expect 2 'no command is wrong use' semd-cli
complains "try 'semd-cli --help'" 'and the message says what to do'
expect 2 'an unknown command is wrong use' semd-cli aquire
complains "did you mean 'acquire'" 'the message names the nearest command'
expect 2 'a command like no other' semd-cli frobnicate
complains 'no such command: try' 'gets no suggestion'
for command in top; do
	semd-cli $command 2>err
	[ $? -eq 2 ] && grep -q 'no such command' err || echo "$command"
done >known
says known '' 'commands of later releases do not exist'

# Lines of several processes must not mix in one log, so each line is one write. dd reads once; of a
# line in several writes it often gets only the first.
mkfifo log
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	dd if=log bs=4096 count=1 2>dd >err &
	semd-cli list b c 2>log
	wait $!
	grep -q "^semd-cli: c: one word too many: try 'semd-cli list --help'$" err || cat err
done >pieces
says pieces '' 'an error is one write'

# A line that is longer than the buffer of a C library.
long=$(printf '%06000d' 0)
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	dd if=log bs=65536 count=1 2>dd >err &
	semd-cli list b "$long" 2>log
	wait $!
	grep -q "^semd-cli: $long: one word too many: try 'semd-cli list --help'$" err || wc -c <err
done >pieces
says pieces '' 'a long one as well'

# ---- Options

wrong() {	# wrong PATTERN ARGUMENTS...: wrong use, with a matching message
	pattern=$1
	shift
	expect 2 "wrong use: $*" semd-cli "$@"
	complains "$pattern.*: try 'semd-cli $1 --help'" "with the message: $pattern"
}
wrong '--nonsense: no such option' list --nonsense
wrong '-x: no such option' list -x
wrong '--m: short for more than one option' set a --m 3
wrong '--m=3: short for more than one option' set a --m=3
wrong '--max: N is missing' create a -i 1 --max
wrong '-w: SECONDS is missing' consume a -w
wrong '--json: it takes no value' list --json=yes
wrong '--max: not an option of list' list --max 3
wrong '-E: not an option of hold' hold a -E 3
wrong '-n: it cannot be given together with -w' consume a -n -w 1
wrong '--exclusive: it cannot be given together' create a -i 1 --exclusive --reset
wrong 'create: a NAME is missing' create -i 1
wrong 'hold: a NAME is missing' hold
wrong 'kick: a CLIENT is missing' kick
wrong '-i: create needs it' create a
wrong '--for: acquire needs it' acquire a
wrong '--for: settle needs it' settle a
wrong 'b: one word too many' ping --json b
wrong 'c: one word too many' list b c
wrong 'nothing is said' set a
expect 125 'wrong use of run has a status of its own' semd-cli run a -i 3
complains 'a COMMAND to run are missing' 'the message says that COMMAND is missing'
expect 125 'also with an unknown option' semd-cli run a --nonsense -- true

# ---- Numbers and names

for text in '' x -1 +1 ' 1' '1 ' 1x 0x1 1.0 2147483648 99999999999999999999; do
	wrong '-i: .* is not a number' create a -i "$text"
done
for text in '' x -1 +1 ' 1' 1e3 1,5 . 1.2.3 1.x inf nan 9223372037 99999999999999999999999; do
	wrong '-w: .* is not a number of seconds' consume a -w "$text"
done
for text in '' 0 -5 x 2147483648; do
	wrong '--for: .* is not a process id' acquire a --for "$text"
done
for text in '' 8 0x7 1000 u+r; do
	wrong '--mode: .* is not an octal mode' set a --mode "$text"
done
for text in '' x -1 +1 2147483648; do
	wrong 'it is not a number of permits' post a -- "$text"
	wrong 'after the last colon comes a number' hold "a:$text"
done
wrong '0 permits' post a 0
wrong '0 permits' hold a:0
wrong 'after the last colon' hold a:b
wrong 'a name is 1 to 255 bytes' hold ''
wrong 'a name is 1 to 255 bytes' hold :3
wrong 'more than 2147483647 permits' hold a:2147483647 a:1
wrong 'not a number of permits' set a 1x
wrong 'nobody could use it' create a -i 1 --mode 0
wrong 'of no use' create a -i 0 --max 0
wrong 'less than the 3' create a -i 3 --max 2
wrong 'less than the total of 3' set a 3 --max 2
wrong 'is not a user' set a --owner 'no such user'
wrong 'is not a user' set a --owner ''
wrong 'is not a user' set a --owner ':no such group'
expect 125 '-E takes an exit status' semd-cli run a -E 256 -- true
complains '-E: .256. is not an exit status' 'and says so'
expect 2 'a name with a control character is wrong use' semd-cli create "$(printf 'a\tb')" -i 1
complains '^semd-cli: a\\x09b: .*without control characters' \
	'and the message says what a name may be'
check 'only once' [ "$(grep -o 'control characters' err | wc -l)" -eq 1 ]
expect 2 'a name with an escape sequence is wrong use' \
	semd-cli remove "$(printf 'a\nb\033[31m')"
complains '^semd-cli: a\\x0ab\\x1b\[31m: ' 'and is escaped in the message'
expect 1 'a name that looks like another is escaped' \
	semd-cli remove "$(printf 'a\342\200\256b')"
complains '^semd-cli: a\\xe2\\x80\\xaeb: ' 'in the message'
expect 2 'an argument with an escape sequence is wrong use' \
	semd-cli consume a -w "$(printf '\033[31m')"
complains "^semd-cli: -w: .\\\\x1b\[31m. is not " 'and is escaped in the message'
names=$(awk 'BEGIN { for (i = 0; i < 65; i++) printf "n%d ", i }')
wrong 'more than 64 semaphores' hold $names

# ---- Order

expect 0 'options may stand anywhere' semd-cli --json create -i 3 --no-start order --max 5
expect 0 '-- ends options' semd-cli create -i 1 -- -odd
check 'a name may begin like an option' [ "$(available -odd)" = 1 ]
expect 0 'long options may be cut short' semd-cli list --js
check 'and mean the same' grep -q '^{"semaphores": ' out

# ---- No daemon

expect 69 'no daemon at a given address' semd-cli --socket "$PWD/none" ping
complains "^semd-cli: semd: $PWD/none: cannot .*: start one with \"semd --socket $PWD/none\"$" \
	'one message says where, and what to do'
expect 2 'a path that no socket can have' semd-cli --socket "$(printf '/%0200d' 0)" ping
complains '^semd-cli: semd: "/0.*: the path of a socket has' 'is wrong use, with a message'
expect 69 '--no-start starts no daemon' env -u SEMD_SOCKET XDG_RUNTIME_DIR="$PWD" \
	SEMD_DAEMON=/nowhere semd-cli --no-start list
expect 125 'run fails with a status of its own' semd-cli --socket "$PWD/none" run a -- true
expect 0 'version works without a daemon' semd-cli --socket "$PWD/none" version
check 'and says so' grep -q '^semd not reached: ' out
expect 0 'the same in JSON' semd-cli --socket "$PWD/none" version --json
check 'prints null' grep -qx '{"client": "[0-9.]*", "daemon": null, "pid": null}' out
expect 0 'version of a daemon' semd-cli version
check 'is printed with its process' grep -qx 'semd [0-9.]*, process [0-9]*' out
expect 0 'the same in JSON' semd-cli version --json
check 'prints both releases' \
	grep -qx '{"client": "[0-9.]*", "daemon": "[0-9.]*", "pid": [0-9]*}' out
expect 0 'ping is answered' semd-cli ping
check 'with a time' grep -qx 'semd [0-9.]*, process [0-9]*, answered in [0-9]* us' out
expect 0 'the same in JSON' semd-cli ping --json
check 'has all values' grep -qx '{"release": "[0-9.]*", "pid": [0-9]*, "round_trip_us": [0-9]*}' out

# ---- Output that cannot be written

semd-cli list >/dev/full 2>err
check 'a full disk is a failure' [ $? -eq 1 ]
complains '^semd-cli: standard output: No space left on device: ' 'with a message'
semd-cli list >&- 2>err
check 'so is a closed output' [ $? -eq 1 ]
mkfifo pipe go
(
	read -r _ <go	# until the pipe has no reader any more
	semd-cli list 2>err
	echo $? >status
) >pipe &
: <pipe
echo >go
wait
says status 1 'so is a closed pipe'
complains '^semd-cli: standard output: Broken pipe: ' 'with a message'
finish
