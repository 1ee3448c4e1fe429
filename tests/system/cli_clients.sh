#!/bin/sh
# How semd-cli shows clients and kicks them.
. "$(dirname "$0")/cli_common.sh"
me=$(id -un)

expect 0 'clients without any' semd-cli clients
says out '' 'shows not even semd-cli itself'
expect 0 'in JSON too' semd-cli clients --json
says out '{"clients": []}' 'is an empty list'

semd-cli create gpu -i 3
semd-cli create 'a b' -i 0
begin_hold 4 gpu:2
semd-cli run gpu -- sh -c 'echo >ready; read -r _ <block' &
runner=$!
mkfifo ready block
read -r _ <ready
semd-cli run gpu:2 'a b' -- true 2>late &
waiter=$!
await_waiting gpu 1

clean() {	# masks what differs from run to run, in JSON
	sed 's/"age_ms": [0-9]*/"age_ms": A/g; s/"command": "[^"]*semd-cli/"command": "semd-cli/g'
}
number() {	# number PID: the number of that process's client
	semd-cli clients | awk -F'\t' -v pid="$1" '$2 == pid { print $1 }'
}
holding=$(number $holder_4) running=$(number $runner) waiting=$(number $waiter)

# ---- clients

semd-cli clients >raw
check 'one line each, in order' [ "$(cut -f 1 raw)" = "$(cut -f 1 raw | sort -n)" ]
sed 's,[^\t]*semd-cli,semd-cli,' raw | cut -f 1-4,6- | sort >out
{
	printf '%s\t' "$holding" "$holder_4" "$me" connected gpu:2 -
	echo 'semd-cli hold gpu:2'
	printf '%s\t' "$running" $runner "$me" bound gpu:1 -
	echo 'sh -c echo >ready; read -r _ <block'
	printf '%s\t' "$waiting" $waiter "$me" bound - 'gpu:2, a b:1'
	echo true
} | sort >wanted
check 'clients as lines' cmp out wanted
check 'ages are in milliseconds' [ "$(cut -f 5 raw | grep -vc '^[0-9]*$')" = 0 ]

semd-cli clients --json | clean >out
party() {	# party NUMBER PID COMMAND HOLDS WAITS
	printf '{"client": %s, "pid": %s, "uid": %s, "command": "%s", ' "$1" "$2" "$(id -u)" "$3"
	printf '"holds": [%s], "waits": [%s], "age_ms": A}\n' "$4" "$5"
}
{
	party "$holding" "$holder_4" 'semd-cli hold gpu:2' '{"name": "gpu", "permits": 2}' ''
	party "$running" $runner 'sh -c echo >ready; read -r _ <block' \
		'{"name": "gpu", "permits": 1}' ''
	party "$waiting" $waiter true '' \
		'{"name": "gpu", "permits": 2}, {"name": "a b", "permits": 1}'
} | sort -t: -k2n | sed '$!s/$/, /' | tr -d '\n' | sed 's/^/{"clients": [/; s/$/]}/' >wanted
echo >>wanted
check 'clients in JSON have every key' cmp out wanted

semd-cli unlink 'a b'
check 'an unlinked semaphore is marked' [ "$(semd-cli clients | cut -f 7 | grep gpu)" = \
	'gpu:2, a b:1 (unlinked)' ]
semd-cli clients --json >out
check 'in JSON too' grep -q '{"name": "a b", "permits": 1, "unlinked": true}\]' out

# ---- kick

expect 2 'kick of no client' semd-cli kick
expect 2 'kick of a word' semd-cli kick "$waiting" gpu
complains '^semd-cli: gpu: .*kick --help' 'fails with a message'
expect 2 'kick of a number with a sign' semd-cli kick -- -1
expect 2 'kick of too large a number' semd-cli kick 18446744073709551616
check 'and no client is kicked' [ "$(number $waiter)" = "$waiting" ]
expect 1 'kick of an unknown client' semd-cli kick 18446744073709551615
complains '^semd-cli: 18446744073709551615: no such client: .*semd-cli clients' \
	'fails with a message'
expect 69 'kick without a daemon' semd-cli --socket "$PWD/none" --no-start kick 1

expect 0 'kick of a waiting client' semd-cli kick "$waiting"
says out '' 'prints nothing'
ends $waiter 125 'its run fails'
check 'and says why' grep -q '^semd-cli: gpu:2 a b: .*kicked: ' late

semd-cli run gpu:3 -- true &
next=$!
await_waiting gpu 1
expect 1 'kick of several clients, one unknown' semd-cli kick "$waiting" "$running" "$holding"
complains "^semd-cli: $waiting: no such client" 'fails with a message for that one'
ends $next 0 'the others are kicked: a waiter for all permits was served'
check 'the COMMAND of run goes on' kill -0 $runner
echo >block
ends $runner 0 'to its end'
ends "$holder_4" 1 'hold fails at once'
exec 4>&-
check 'and says why' grep -q '^semd-cli: gpu:2: .*kicked: ' err4
check 'no client is left' [ -z "$(semd-cli clients)" ]

# ---- On a terminal

if command -v script >/dev/null; then
	LC_ALL=C.UTF-8; export LC_ALL
	for name in 1 2 3 4 5 6; do
		semd-cli create $name -i 1
	done
	begin_hold 4 1 2 3 4 5 6
	script -q -e -c 'stty cols 200; semd-cli clients' /dev/null </dev/null | tr -d '\r' >out
	check 'clients has headings' \
		grep -q '^CLIENT  *PID USER *KIND *AGE HOLDS  *WAITS  *COMMAND *$' out
	check 'and ages for people, and no long lists' \
		grep -q ' connected *[0-9.]*s 1:1, 2:1, 3:1, 4:1 and 2 more  *-  *' out
	check 'programs get the full lists' \
		[ "$(semd-cli clients | cut -f 6)" = '1:1, 2:1, 3:1, 4:1, 5:1, 6:1' ]
	end_hold 4
else
	skip 'script(1) is missing, which makes terminals'
fi
finish
