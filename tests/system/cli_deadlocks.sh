#!/bin/sh
# The command `deadlocks`: as lines, as JSON, as a graph, on a terminal.
. "$(dirname "$0")/cli_common.sh"
tab=$(printf '\t')
me=$(id -un)

expect 0 'no deadlock' semd-cli deadlocks
says out '' 'prints nothing'
expect 0 'none in JSON' semd-cli deadlocks --json
says out '{"deadlocks": []}' 'is an empty list'
expect 0 'none as a graph' semd-cli deadlocks --dot
says out "digraph deadlocks {
${tab}node [shape=box];
}" 'is an empty graph'
expect 2 'two formats at once' semd-cli deadlocks --dot --json
complains '^semd-cli: --dot: .*--json' 'are refused'
expect 2 '--dot of another command' semd-cli list --dot

# Two processes with bound clients, each of which holds what the other waits for.
semd-cli create 'a "b c' -i 2
semd-cli create d -i 1
mkfifo block
for i in 1 2; do
	sh -c 'read -r _ <block' &
	eval "process_$i=$!"
done
semd-cli acquire 'a "b c:2' --for $process_1
semd-cli acquire d --for $process_2
semd-cli acquire d --for $process_1 &
first=$!
await_waiting d 1
expect 0 'one client waits for the other' semd-cli deadlocks
says out '' 'is no deadlock'
semd-cli acquire 'a "b c:1' --for $process_2 &
second=$!
await_waiting 'a "b c' 1

expect 0 'deadlocks in JSON' semd-cli deadlocks --json
clients=$(grep -o '"client": [0-9]*' out | cut -d ' ' -f 2)
one=$(echo "$clients" | sed -n 1p) other=$(echo "$clients" | sed -n 2p)
sed 's/"age_ms": [0-9]*/"age_ms": A/g; s/"command": "[^"]*"/"command": C/g' out >seen
member() {	# member CLIENT PID HOLDS PERMITS WAITS: a client of a deadlock, in JSON
	printf '{"client": %s, "pid": %s, "uid": %s, "command": C, ' "$1" "$2" "$(id -u)"
	printf '"holds": [{"name": "%s", "permits": %s}], ' "$3" "$4"
	printf '"waits": [{"name": "%s", "permits": 1}], "age_ms": A}' "$5"
}
{
	printf '{"deadlocks": [{"clients": ['
	member "$one" $process_1 'a \"b c' 2 d
	printf ', '
	member "$other" $process_2 d 1 'a \"b c'
	echo '], "sure": false}]}'
} >wanted
check 'has every key' cmp seen wanted

expect 0 'deadlocks as lines' semd-cli deadlocks
cut -f 1-7 out >seen
{
	echo "1${tab}possible${tab}$one${tab}$process_1${tab}$me${tab}a \"b c:2${tab}d:1"
	echo "1${tab}possible${tab}$other${tab}$process_2${tab}$me${tab}d:1${tab}a \"b c:1"
} >wanted
check 'a tab between cells' cmp seen wanted

expect 0 'deadlocks as a graph' semd-cli deadlocks --dot
sed 's/\(pid [0-9]*\\n\).*"\];$/\1C"];/' out >seen
{
	printf 'digraph deadlocks {\n\tnode [shape=box];\n'
	printf '\tsubgraph cluster_1 {\n\t\tlabel="possible deadlock 1";\n'
	printf '\t\tc%s [label="client %s\\npid %s\\nC"];\n' "$one" "$one" $process_1
	printf '\t\tc%s [label="client %s\\npid %s\\nC"];\n' "$other" "$other" $process_2
	printf '\t\tc%s -> c%s [label="d: 1"];\n' "$one" "$other"
	printf '\t\tc%s -> c%s [label="a \\"b c: 2"];\n' "$other" "$one"
	printf '\t}\n}\n'
} >wanted
check 'has nodes, and edges with the holds' cmp seen wanted

if command -v script >/dev/null; then
	LC_ALL=C.UTF-8; export LC_ALL
	script -q -e -c 'stty cols 120; semd-cli deadlocks' /dev/null </dev/null | tr -d '\r' >out
	check 'on a terminal each deadlock has a headline' \
		[ "$(head -1 out)" = "Possible deadlock of 2 clients: end one of them with 'semd-cli kick CLIENT'" ]
	check 'and a table' grep -q '^DEADLOCK CERTAIN  *CLIENT .* HOLDS .* WAITS .* COMMAND$' out
else
	skip 'script(1) is missing, which makes terminals'
fi

# The end of the first client gives the other what it waits for.
expect 0 'kick' semd-cli kick "$one"
ends $second 0 'and the other goes on'
ends $first 1 'the kicked client fails'
expect 0 'deadlocks after that' semd-cli deadlocks --json
says out '{"deadlocks": []}' 'shows none'
kill $process_1 $process_2

# Two runs, each inside another, crosswise.
semd-cli create left -i 1
semd-cli create right -i 1
mkfifo held_left held_right inner
# Opened for reading and writing, so that a late shell finds its line too.
exec 5<>inner
semd-cli run left -- sh -c 'echo; read -r _ <inner; exec semd-cli run right -- true' >held_left &
first=$!
read -r _ <held_left
semd-cli run right -- sh -c 'echo; read -r _ <inner; exec semd-cli run left -- true' >held_right &
second=$!
read -r _ <held_right
expect 0 'both hold' semd-cli deadlocks
says out '' 'and do not wait yet'
printf '\n\n' >&5
await_waiting left 1
await_waiting right 1
expect 0 'both wait' semd-cli deadlocks
check 'for each other' [ "$(cut -f 4 out | sort -n)" = "$(printf '%s\n' $first $second | sort -n)" ]
kill $first
exec 5>&-
ends $second 0 'the end of one lets the other go on'
finish
