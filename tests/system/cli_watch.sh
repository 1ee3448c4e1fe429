#!/bin/sh
# semd-cli watch, which prints changes as they happen, and semd-cli stats.
. "$(dirname "$0")/cli_common.sh"
tab=$(printf '\t')

begin_watch() {	# begin_watch ARGUMENTS...: then descriptor 6 reads its lines
	mkfifo lines
	semd-cli watch "$@" >lines 2>err &
	watcher=$!
	exec 6<lines
	rm lines
}
end_watch() {	# end_watch STATUS WORDS
	exec 6<&-
	ends $watcher "$1" "$2"
}
next() {	# next LINE WORDS: the next line of watch must be LINE
	read -r line <&6
	echo "$line" >out
	says out "$1" "$2"
}

number_of() {	# number_of COMMAND: the client number of that semd-cli
	semd-cli clients | awk -F'\t' -v command="semd-cli $1" 'index($NF, command) { print $1 }'
}

semd-cli create gpu -i 3
semd-cli create 'a b' -i 0

# ---- watch

begin_watch
next "gpu${tab}3${tab}0${tab}3${tab}0" 'watch begins with all semaphores'
next "a b${tab}0${tab}0${tab}0${tab}0" 'in order'
semd-cli acquire gpu:2 --for $$
next "gpu${tab}1${tab}2${tab}3${tab}0" 'an acquire is printed'
semd-cli post 'a b' 7
next "a b${tab}7${tab}0${tab}7${tab}0" 'a post is printed'
semd-cli release gpu:2 --for $$
next "gpu${tab}3${tab}0${tab}3${tab}0" 'a release is printed'
semd-cli create new -i 1
next "new${tab}1${tab}0${tab}1${tab}0" 'a new name is printed'
semd-cli remove new
next "new${tab}-${tab}-${tab}-${tab}-" 'a remove is printed'
semd-cli unlink 'a b'
next "a b${tab}-${tab}-${tab}-${tab}-" 'an unlink is printed'
end_watch 0 'it ends when its pipe has no reader, without a change'
says err '' 'without a message'

begin_watch 'n*'
semd-cli post gpu 1
semd-cli create new -i 1
next "new${tab}1${tab}0${tab}1${tab}0" 'names that do not match are not printed'
semd-cli remove gpu
semd-cli remove new
next "new${tab}-${tab}-${tab}-${tab}-" 'nor their removal'
kill $watcher
ends $watcher 143 'it ends by a signal'

semd-cli create gpu -i 3 --max 3
begin_watch --json
ids="\"uid\": $(id -u), \"gid\": $(id -g)"
clean='s/"time_ms": [0-9]\{13\}/"time_ms": T/'
read -r line <&6
echo "$line" | sed "$clean" >out
says out '{"event": "changed", "time_ms": T, "name": "gpu", "available": 3, "held": 0, "total": 3,'"\
"' "waiting": 0, "initial": 3, "max": 3, "mode": "0600", '"$ids"', "lifetime": "persistent",'"\
"' "bypass": 0, "posted": 0, "used_up": 0}' 'a change in JSON has every key of list'
semd-cli remove gpu
read -r line <&6
echo "$line" | sed "$clean" >out
says out '{"event": "gone", "time_ms": T, "name": "gpu"}' 'a removal in JSON has its name'

semd-cli kick "$(number_of watch)"
ends $watcher 1 'a kicked watch fails'
complains '^semd-cli: watch: ' 'and says so'
exec 6<&-

if [ -w /dev/full ]; then
	semd-cli create gpu -i 3
	semd-cli watch >/dev/full 2>err
	report $(($? != 1)) 'output that cannot be written is a failure'
	complains 'standard output: ' 'with a message'
	semd-cli remove gpu
fi
expect 2 'a second word is wrong use' semd-cli watch a b

# ---- stats

semd-cli create gpu -i 3
semd-cli acquire gpu:2 --for $$
semd-cli run gpu:2 -n -- true 2>err
expect 0 'stats' semd-cli stats
stat() {	# stat NAME VALUE: must be in the output
	check "$1 is $2" grep -q "^$1${tab}$2\$" out
}
stat clients 2
stat bound 1
stat connections 1
stat holds 1
stat semaphores 1
stat waiters 0
stat kicks 1
stat max_unsent 1048576
stat my_semaphores 1
check 'each line is a name, a tab, a number' \
	[ "$(grep -c "^[a-z_]*${tab}[0-9]*\$" out)" = "$(wc -l <out)" ]
check 'refused requests are counted' [ "$(awk '$1 == "refused" { print ($2 > 0) }' out)" = 1 ]
cut -f 1 out >names
expect 0 'stats in JSON' semd-cli stats --json
grep -o '"[a-z_]*": [0-9]' out | sed 's/"\(.*\)".*/\1/' >json_names
check 'has the same names' cmp names json_names
expect 2 'a word is wrong use' semd-cli stats gpu
semd-cli release gpu:2 --for $$

# ---- On a terminal

if command -v script >/dev/null; then
	LC_ALL=C.UTF-8; export LC_ALL
	script -q -e -c 'semd-cli stats' /dev/null </dev/null | tr -d '\r' >out
	check 'stats has headings' grep -q '^NAME  *VALUE$' out
	mkfifo typed lines
	script -q -e -c 'semd-cli watch' /dev/null <typed >lines &
	scripting=$!
	exec 5>typed 6<lines
	{ read -r heading; read -r line; } <&6
	semd-cli create "$(printf 'z\342\200\256z')" -i 1
	mirrored=$(grep -m 1 'z.*z' <&6)
	semd-cli kick "$(number_of watch)"
	cat <&6 >/dev/null
	exec 5>&- 6<&-
	ends $scripting 1 'watch ends on a terminal as elsewhere'
	printf '%s\n' "$heading" "$line" | tr -d '\r' >out
	check 'watch has headings' grep -q '^TIME  *AVAILABLE  *HELD  *TOTAL  *WAITING  *NAME$' out
	check 'and lines below the headings' \
		grep -q '^[0-9][0-9]:[0-9][0-9]:[0-9][0-9]  *3  *0  *3  *0  *gpu$' out
	printf '%s\n' "$mirrored" >out
	check 'no name in them can look like another' grep -q '  z\\xe2\\x80\\xaez' out
else
	skip 'script(1) is missing, which makes terminals'
fi
finish
