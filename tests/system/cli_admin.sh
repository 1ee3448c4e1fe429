#!/bin/sh
# semd-cli's commands that create, change and end semaphores: create, set, reset, remove, unlink.
. "$(dirname "$0")/cli_common.sh"

facts() {	# facts NAME: available, held, total, initial, max, mode, lifetime, bypass
	semd-cli list --json "$1" | sed 's/[^[]*\[//; s/[{}"]//g; s/\]//' | tr ',' '\n' |
		awk '$1 ~ /^(available|held|total|initial|max|mode|lifetime|bypass):/ { printf "%s ", $2 }'
}
is() {	# is NAME FACTS WORDS
	facts "$1" >out
	[ "$(cat out)" = "${2:+$2 }" ]
	report $? "$3"
}

# ---- create

expect 0 'create' semd-cli create plain -i 3
is plain '3 0 3 3 2147483647 0600 persistent 0' 'creates one with the defaults'
expect 0 'create with all options' semd-cli create full -i 3 --max 5 --mode 0640 --bypass 7
is full '3 0 3 3 5 0640 persistent 7' 'sets all of them'
expect 0 'create of an existing semaphore' semd-cli create full -i 1 --max 1 --mode 600
is full '3 0 3 3 5 0640 persistent 7' 'does not change it'
expect 1 'with --exclusive that fails' semd-cli create full -i 1 --exclusive
complains '^semd-cli: full: .*--reset' 'and the message names --reset'
expect 0 '--exclusive with a new name' semd-cli create new -i 0 --exclusive
is new '0 0 0 0 2147483647 0600 persistent 0' 'creates the semaphore'
begin_hold 4 full:2
expect 0 'with --reset' semd-cli create full -i 4 --reset
is full '4 0 4 4 5 0640 persistent 7' 'sets it to initial and voids holds'
end_hold 4
check 'and the holder is told' [ $? -eq 1 ]
expect 0 'with --last-close' semd-cli create short -i 1 --last-close
is short '' 'it is gone with its last handle'

# ---- set

expect 0 'set of the total' semd-cli set plain 5
is plain '5 0 5 3 2147483647 0600 persistent 0' 'sets it'
begin_hold 4 plain:4
expect 0 'below what is held' semd-cli set plain 1
is plain '-3 4 1 3 2147483647 0600 persistent 0' 'takes no hold away'
expect 75 'but nothing is granted' semd-cli run plain -n -E 75 -- true
end_hold 4
is plain '1 0 1 3 2147483647 0600 persistent 0' 'until enough has come back'
expect 0 'set of all other values' semd-cli set plain --max 6 --mode 0604 --bypass 3
is plain '1 0 1 3 6 0604 persistent 3' 'sets it'
expect 0 'a total over max' semd-cli set plain 9
is plain '9 0 9 3 9 0604 persistent 3' 'raises max'
expect 0 'a smaller total and max' semd-cli set plain 2 --max 4
is plain '2 0 2 3 4 0604 persistent 3' 'are set together'
expect 0 'a larger total and max' semd-cli set plain 20 --max 30
is plain '20 0 20 3 30 0604 persistent 3' 'are set together, too'
expect 1 'a max below the total' semd-cli set plain --max 19
complains '^semd-cli: plain: .*: lower them first' 'is refused'
expect 2 'a max below the new total' semd-cli set plain 7 --max 6 --bypass 1
is plain '20 0 20 3 30 0604 persistent 3' 'changes nothing'
expect 1 'a max below the initial value' semd-cli set plain 1 --max 2
is plain '20 0 20 3 30 0604 persistent 3' 'changes nothing, either'
expect 0 'no rights at all' semd-cli set plain --mode 0
expect 1 'set of an unknown name' semd-cli set nothing 3
complains '^semd-cli: nothing: no such semaphore: see what there is' 'fails with a message'
semd-cli set plain --mode 600
expect 0 'the present owner' semd-cli set plain --owner "$(id -un):$(id -gn)"
if [ "$(id -u)" -eq 0 ]; then
	expect 0 'another owner, by number' semd-cli set plain --owner 4711:4712
	check 'is set' sh -c 'semd-cli list --json plain | grep -q "\"uid\": 4711, \"gid\": 4712"'
	expect 0 'only a group, by name' semd-cli set plain --owner ":$(id -gn)"
	check 'is set' sh -c 'semd-cli list --json plain | grep -q "\"uid\": 4711, \"gid\": 0"'
elif [ "$SEMD_TEST_ONE_USER" = 1 ]; then
	skip 'SEMD_TEST_ONE_USER: only root can give a semaphore away'
else
	check 'only root can give a semaphore away: be root, or set SEMD_TEST_ONE_USER=1' false
fi

# ---- reset, remove, unlink

semd-cli create a -i 2
semd-cli create b -i 2
semd-cli post a 3
begin_hold 4 a b
expect 0 'reset of two' semd-cli reset a b
is a '2 0 2 2 2147483647 0600 persistent 0' 'voids holds and sets the total to initial'
is b '2 0 2 2 2147483647 0600 persistent 0' 'for both'
end_hold 4
begin_hold 4 a
begin_hold 5 b
expect 1 'remove of two names, one unknown' semd-cli remove nothing a
complains '^semd-cli: nothing: no such semaphore: see what there is' 'names the unknown one'
is a '' 'and removes the other'
end_hold 4
check 'the holder is told' [ $? -eq 1 ]
cp err4 err
complains '^semd-cli: a: .*removed' 'that it was removed'
expect 0 'unlink' semd-cli unlink b
expect 0 'frees the name' semd-cli create b -i 9 --exclusive
end_hold 5
check 'its holder goes on' [ $? -eq 0 ]
expect 1 'reset of an unknown name' semd-cli reset nothing
complains '^semd-cli: nothing: ' 'fails with a message'
expect 1 'unlink of an unknown name' semd-cli unlink nothing
complains '^semd-cli: nothing: ' 'fails with a message'
finish
