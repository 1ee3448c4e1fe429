#!/bin/sh
# list and show, as lines, as JSON, on a terminal.
. "$(dirname "$0")/cli_common.sh"
tab=$(printf '\t')
me=$(id -un)

expect 0 'list without semaphores' semd-cli list
says out '' 'prints nothing'
expect 0 'the same in JSON' semd-cli list --json
says out '{"semaphores": []}' 'is an empty list'

semd-cli create gpu -i 3 --max 8 --mode 640 --bypass 2
semd-cli create 'a b' -i 0
semd-cli create 'ü"\' -i 1 --max 1
semd-cli post gpu 2
begin_hold 4 gpu:2

# ---- list

expect 0 'list' semd-cli list
cat >wanted <<END
a b${tab}0${tab}0${tab}0${tab}0${tab}2147483647${tab}0600${tab}$me${tab}persistent
gpu${tab}3${tab}2${tab}5${tab}0${tab}8${tab}0640${tab}$me${tab}persistent
ü"\\x5c${tab}1${tab}0${tab}1${tab}0${tab}1${tab}0600${tab}$me${tab}persistent
END
check 'is sorted, with tabs between cells' cmp out wanted
expect 0 'list of a pattern' semd-cli list '?[b-p]*'
check 'shows matching names' [ "$(cut -f 1 out)" = gpu ]
expect 0 'list of a pattern without a match' semd-cli list 'gp'
says out '' 'shows nothing'

ids="\"uid\": $(id -u), \"gid\": $(id -g)"
expect 0 'list in JSON' semd-cli list --json 'g*'
says out '{"semaphores": [{"name": "gpu", "available": 3, "held": 2, "total": 5, "waiting": 0,'"\
"' "initial": 3, "max": 8, "mode": "0640", '"$ids"', "lifetime": "persistent", "bypass": 2,'"\
"' "posted": 2, "used_up": 0}]}' 'has every key'
expect 0 'list of odd names' semd-cli list --json 'ü*'
check 'escapes them' grep -q '"name": "ü\\"\\\\", ' out

# ---- show

semd-cli set gpu --bypass 0
semd-cli post 'a b'
begin_hold 5 'a b:1'
semd-cli show 'a b' --json >out
other=$(sed 's/.*"holders": \[{"client": \([0-9]*\).*/\1/' out)
semd-cli run gpu:4 'a b:1' -- true &
first=$!
await_waiting gpu 1
semd-cli run gpu -- true now &
second=$!
await_waiting gpu 2
semd-cli show gpu --json >raw
client=$(sed 's/.*"holders": \[{"client": \([0-9]*\).*/\1/' raw)
clients=$(grep -o '"client": [0-9]*' raw | cut -d ' ' -f 2)
sed 's/"age_ms": [0-9]*/"age_ms": A/g; s/"command": "[^"]*semd-cli/"command": "semd-cli/g' raw >out
party() {	# party NUMBER PID COMMAND PERMITS: a holder or waiter of show, in JSON
	printf '{"client": %s, "pid": %s, "uid": %s, "command": "%s", "permits": %s, "age_ms": A' \
		"$(echo "$clients" | sed -n "$1p")" "$2" "$(id -u)" "$3" "$4"
}
{
	printf '{"semaphores": [{"name": "gpu", "available": 3, "held": 2, "total": 5, "waiting": 2, '
	printf '"initial": 3, "max": 8, "mode": "0640", %s, "lifetime": "persistent", ' "$ids"
	printf '"bypass": 0, "posted": 2, "used_up": 0, "holders": ['
	party 1 "$holder_4" 'semd-cli hold gpu:2' 2
	printf '}], "waiters": ['
	party 2 $first true 4
	printf ', "lacks": [{"name": "gpu", "permits": 1, "held_by": [%s]}, ' "$client"
	printf '{"name": "a b", "permits": 1, "held_by": [%s]}]}, ' "$other"
	party 3 $second 'true now' 1
	echo ', "lacks": []}]}]}'
} >wanted
check 'show in JSON has every key' cmp out wanted

semd-cli show gpu >raw
sed '1,2!s/[^\t]*/A/7' raw | sed 's,[^\t]*semd-cli,semd-cli,' >out
{
	printf '%s\t' gpu 3 2 5 2 3 8 0 2
	printf '0\n\n'
	printf '%s\t' gpu holds 2 "$client" "$holder_4" "$me" A -
	echo 'semd-cli hold gpu:2'
	printf '%s\t' gpu waits 4 "$(echo "$clients" | sed -n 2p)" $first "$me" A \
		"gpu:1 (held by $client), a b:1 (held by $other)"
	echo true
	printf '%s\t' gpu waits 1 "$(echo "$clients" | sed -n 3p)" $second "$me" A 'its turn'
	echo true now
} >wanted
check 'show as lines' cmp out wanted
check 'ages are in milliseconds' [ "$(sed 1,2d raw | cut -f 7 | grep -vc '^[0-9]*$')" = 0 ]

expect 1 'show of an unknown name' semd-cli show nothing 'a b'
complains '^semd-cli: nothing: .*semd-cli list' 'fails with a message'
check 'and the other is shown' [ "$(head -1 out | cut -f 1)" = 'a b' ]
expect 1 'the same in JSON' semd-cli show nothing 'a b' --json
check 'one document' \
	grep -q '^{"semaphores": \[{"name": "a b", .*"holders": \[{.*}\], "waiters": \[{.*}\]}\]}$' out

kill $first $second
wait $first $second
end_hold 4
end_hold 5

# ---- Labels of other clients

odd=$(printf 'x\033[31m\177\\"\377\342\200\256\303\244')
mkfifo ready block
semd-cli run gpu -- sh -c 'echo >ready; read -r _ <block' "$odd" &
runner=$!
read -r _ <ready
semd-cli show gpu --json >out
check 'JSON is clean whatever a client calls itself' grep -q ' x[^ ]*\[31m[^ ]*\\\\\\"[^ ]*ä", ' out
semd-cli show gpu >>out
check 'and so are lines' grep -q ' x[^ ]*\[31m[^ ]*\\x5c"[^ ]*ä$' out
check 'no control characters reach a terminal' \
	[ "$(tr -d '\t\n\040-\176\303\244' <out | wc -c)" -eq 0 ]

# ---- On a terminal

terminal() {	# terminal COMMAND: its output on a terminal of 100 columns
	script -q -e -c "stty cols 100; $1" /dev/null </dev/null | tr -d '\r'
}
if command -v script >/dev/null; then
	LC_ALL=C.UTF-8; export LC_ALL
	terminal "semd-cli list '[ag]*'" >out
	printf '%-5s%9s%5s%6s%8s%11s %-4s %-*s %s\n' >wanted \
		NAME AVAILABLE HELD TOTAL WAITING MAX MODE 5 OWNER LIFETIME \
		'a b' 1 0 1 0 2147483647 0600 5 "$me" persistent \
		gpu 4 1 5 0 8 0640 5 "$me" persistent
	check 'list is aligned below headings' cmp out wanted
	terminal 'semd-cli show gpu' >out
	check 'show has headings' grep -q '^NAME ROLE  *PERMITS CLIENT .* LACKS COMMAND$' out
	check 'and readable ages' grep -q "^gpu *holds .* [0-9.]*s -  *sh -c" out
	mirrored=$(printf 'z\342\200\256\303\244')
	semd-cli create "$mirrored" -i 1
	terminal "semd-cli list 'z*'" >out
	check 'no name can look like another' grep -q '^z\\xe2\\x80\\xaeä  *1  *0 ' out
	semd-cli list 'z*' | cut -f 1 >out
	says out 'z\xe2\x80\xaeä' 'nor where it is not a terminal'
	terminal "LC_ALL=C semd-cli list 'z*'" >out
	check 'a terminal without UTF-8 gets no UTF-8' \
		grep -q '^z\\xe2\\x80\\xae\\xc3\\xa4  *1  *0 ' out
	semd-cli remove "$mirrored"
	terminal 'semd-cli list --json' >out
	check 'JSON is unchanged on a terminal' grep -q '^{"semaphores": ' out
else
	skip 'script(1) is missing, which makes terminals'
fi
echo >block
wait $runner
finish
