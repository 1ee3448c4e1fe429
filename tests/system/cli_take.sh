#!/bin/sh
# semd-cli's commands that take and give permits: hold, acquire, release, settle, post, consume,
# wait.
. "$(dirname "$0")/cli_common.sh"

# ---- hold

begin_hold 4 a:2 b -i 3
says err4 '' 'hold prints no error'
check 'hold prints what it holds' [ "$line" = 'holding a:2 b' ]
check 'and holds it' [ "$(held a) $(held b)" = '2 1' ]
expect 75 'others cannot have what it holds' semd-cli hold a:2 -n
complains '^semd-cli: a:2: ' 'and the message names the semaphore'
expect 75 'however long they wait' semd-cli hold b:1 a:2 -w 0.05
complains '^semd-cli: b:1 a:2: ' 'of all that was asked for'
end_hold 4
report $? 'end of input ends it'
check 'and all permits are back' [ "$(available a) $(available b)" = '3 3' ]
begin_hold 4 a:2 b:1 a --json
check 'hold prints it in JSON too' \
	[ "$line" = '{"holds": [{"name": "a", "permits": 3}, {"name": "b", "permits": 1}]}' ]
kill $holder_4
end_hold 4
check 'a signal ends it like any program' [ $? -eq 143 ]
expect 0 'and the permits are back' semd-cli hold a:3 b:3 -n </dev/null
begin_hold 4 a
semd-cli reset a
end_hold 4
check 'a holder whose holds are gone is told' [ $? -eq 1 ]
cp err4 err
complains '^semd-cli: a: ' 'with the name of the semaphore'
begin_daemon
SEMD_SOCKET=$own_socket begin_hold 4 b -i 1
kill -9 $own_daemon
ends "$holder_4" 69 'hold fails at once when the daemon is gone'
cp err4 err
complains '^semd-cli: b: the daemon has closed the connection: ' 'and says so'
exec 4>&-
wait $own_daemon
expect 1 'a name that does not exist' semd-cli hold nothing
complains '^semd-cli: nothing: .*: let -i N create it' 'and the message says how to create it'
expect 1 'more than max is impossible' semd-cli hold a:4
expect 1 'a closed input is a failure' semd-cli hold a <&-
complains '^semd-cli: standard input: ' 'with a message'
expect 1 'an output that cannot be written, too' sh -c 'semd-cli hold a </dev/null >/dev/full'
complains '^semd-cli: standard output: No space left' 'with one message'

# A request for 30 of 3 permits holds up no other request.
semd-cli create three -i 3
semd-cli hold three:30 </dev/null >/dev/null &
large=$!
await_waiting three 1
expect 0 'a request for more than there is holds up no other' \
	semd-cli hold three:3 -w $limit </dev/null
semd-cli post three 27
ends $large 0 'and is served when there is enough'

# A name with a colon, and a name given twice.
semd-cli create x:y -i 5
expect 0 'a name with a colon needs a number' semd-cli hold x:y:2 x:y:3 -n </dev/null
expect 75 'its numbers are added up' semd-cli hold x:y:3 x:y:3 -n

# ---- acquire, release, settle

semd-cli create one -i 1
cat >script <<'END'
semd-cli acquire one --for $$
echo $?
read -r _
END
mkfifo in4 out4
sh script <in4 >out4 &
script=$!
exec 4>in4
exec 5<out4
read -r status <&5
check 'a script acquires for itself' [ "$status" = 0 ]
check 'and holds' [ "$(held one)" = 1 ]
check 'show prints its command' \
	sh -c 'semd-cli --json show one |
		grep -q "\"pid\": '$script', .*\"command\": \"sh script\""'
semd-cli hold one </dev/null >/dev/null &
next=$!
await_waiting one 1
kill -9 $script
ends $next 0 'until it ends, in any way'
wait $script 2>/dev/null
exec 4>&- 5<&-
rm in4 out4

semd-cli create items -i 2
expect 0 'acquire for this shell' semd-cli acquire items:2 --for $$
expect 75 'there are no more' semd-cli acquire items --for $$ -n
expect 75 'and none come' semd-cli acquire items --for $$ -w 0.05
expect 0 'settle for it' semd-cli settle items --for $$
check 'one is used up' [ "$(total items) $(held items)" = '1 1' ]
expect 0 'release for it' semd-cli release items --for $$
check 'the other is back' [ "$(total items) $(available items)" = '1 1' ]
expect 1 'nothing is left to release' semd-cli release items --for $$
complains '^semd-cli: items: ' 'with a message'
expect 1 'nothing is left to settle' semd-cli settle items --for $$
semd-cli acquire items one --for $$
expect 1 'of two semaphores all or none' semd-cli release items one:2 --for $$
check 'nothing was given back' [ "$(held items) $(held one)" = '1 1' ]
expect 0 'both' semd-cli release items one --for $$
expect 0 '-i creates' semd-cli acquire made --for $$ -i 4
check 'with max' [ "$(semd-cli list made | cut -f 2-6)" = "$(printf '3\t1\t4\t0\t4')" ]

ended=$(sh -c "echo \$\$")
expect 1 'a process that has ended' semd-cli acquire one --for "$ended"
complains "^semd-cli: $ended: " 'is named in the message'
expect 1 'settle of an unknown name' semd-cli settle nothing --for $$

# Items: five posted ones stay, and the item held by a killed worker comes back.
semd-cli create work -i 0
expect 0 'five are posted' semd-cli post work 5
check 'and stay after the end of the producer' [ "$(available work)" = 5 ]
sh -c 'semd-cli acquire work --for $$; kill -9 $$' 2>/dev/null
expect 0 'the hold of a killed worker is there for the next' \
	semd-cli acquire work:5 --for $$ -w $limit
expect 0 'and is settled' semd-cli settle work:5 --for $$
check 'and nothing is left' [ "$(total work)" = 0 ]

# ---- post, consume, wait

semd-cli create signal -i 0 --max 3
semd-cli consume signal 2 &
consumer=$!
await_waiting signal 1
expect 0 'a post of one' semd-cli post signal
expect 0 'a post of one more' semd-cli post signal
ends $consumer 0 'which is enough for the consumer of two'
check 'which used them up' [ "$(total signal)" = 0 ]
expect 75 'consume without permits' semd-cli consume signal -n
expect 75 'and none come' semd-cli consume signal -w 0.05
expect 1 'more than max cannot be posted' semd-cli post signal 4
complains '^semd-cli: signal: .*--max' 'and the message says what to do'
expect 1 'nor consumed' semd-cli consume signal 4
expect 1 'post to an unknown name' semd-cli post nothing

expect 0 'wait returns when there are no permits' semd-cli wait signal
semd-cli post signal 2
expect 75 'and does not while there are' semd-cli wait signal -n
expect 75 'for any time' semd-cli wait signal -w 0.05
semd-cli wait signal &
waiter=$!
await_waiting signal 1
semd-cli consume signal 2
ends $waiter 0 'until the last is taken'
semd-cli post signal
semd-cli wait signal 2>err &
waiter=$!
await_waiting signal 1
semd-cli remove signal
ends $waiter 1 'or it is removed'
complains '^semd-cli: signal: ' 'with a message'

# ---- Rights

if [ "$(id -u)" -ne 0 ] || ! command -v setpriv >/dev/null; then
	skip 'rights of another user want root and setpriv'
	finish
	exit
fi
chmod 0711 "$(dirname "$SEMD_SOCKET")" "$PWD"
chmod 0666 "$SEMD_SOCKET"
other() {
	setpriv --reuid=4711 --regid=4711 --clear-groups "$@"
}
if ! other semd-cli ping >/dev/null 2>&1; then
	skip 'another user cannot execute what lies in the build folder'
	finish
	exit
fi
expect 77 'a user without write permission may not take' other semd-cli hold one -n
complains '^semd-cli: one: ' 'and the message names the semaphore'
expect 125 'nor run' other semd-cli run one -- true
expect 77 'nor show' other semd-cli show one
expect 77 'nor set' other semd-cli set one 3
expect 77 'nor remove' other semd-cli remove one
expect 77 'a user cannot acquire for a process of another user' other semd-cli acquire one --for $$
complains "^semd-cli: $$: " 'and the message names the process'
semd-cli set one --mode 606
expect 0 'with permission the user may take' other semd-cli run one -- true
expect 77 'but not reset' other semd-cli reset one
expect 77 'nor create it with --reset' other semd-cli create one -i 1 --reset
complains 'only its owner' 'and no mode would permit it'
other semd-cli create his -i 1
expect 77 'an owner cannot give even an own semaphore away' other semd-cli set his --owner 0
complains "only root and the daemon's user may give" 'with a message'
expect 0 'but may set its group' other semd-cli set his --owner :0
other semd-cli set his --mode 200
expect 0 'an owner may set also what the mode does not permit to read' \
	other semd-cli set his 3 --max 5
finish
