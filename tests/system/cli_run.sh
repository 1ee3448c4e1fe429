#!/bin/sh
# semd-cli run: how many run at once, what COMMAND inherits, and what ends COMMAND and the wait for
# its permits.
. "$(dirname "$0")/cli_common.sh"

# ---- Twenty shells, three permits

mkfifo go
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	(
		read -r _ <go
		semd-cli run gpu -i 3 -- \
			sh -c 'echo in >>log; ls -R /proc/self >/dev/null; echo out >>log'
	) &
done
# Opened for reading and writing, so that a late shell finds its line too.
exec 3<>go
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo; done >&3
wait
exec 3>&-
awk '$1 == "in" && ++n > most { most = n } $1 == "out" { n-- }
	END { print NR, n, most <= 3 }' log >out
says out '40 0 1' 'all of twenty shells run, never more than three at once'
check 'and all permits are back' [ "$(available gpu)" = 3 ]

# ---- Death

one='one -i 1'
mkfifo block ready
semd-cli run $one -- sh -c 'echo; read -r _' <block >ready &
first=$!
exec 3>block
read -r _ <ready
semd-cli run $one -- echo started >second &
second=$!
await_waiting one 1
says second '' 'a second run waits while COMMAND of the first runs'
kill -9 $first
ends $second 0 'kill -9 of the first starts it'
says second started 'with its COMMAND'
wait $first 2>/dev/null
exec 3>&-

expect 0 'a COMMAND leaves a child behind' semd-cli run $one -- sh -c 'cat block >/dev/null &'
expect 0 'and the child does not hold the permit' semd-cli run one -n -- true
: >block

cat >closes <<'END'
# ends when the other side of the fifo is closed; only its life keeps the permit
for fd in $(ls /proc/$$/fd); do
	case $fd in [0-9]) eval "exec $fd>&-" ;; esac
done
: >closed
read -r _ <closed
exit 5
END
mkfifo closed
semd-cli run $one -- sh closes &
first=$!
read -r _ <closed
expect 124 'a COMMAND that closed every descriptor it inherited still holds' \
	semd-cli run one -n -- true
echo >closed
ends $first 5 'until it ends'
expect 0 'and no longer' semd-cli run one -n -- true

# ---- What COMMAND inherits

sh -c 'echo $$; exec semd-cli run one -- sh -c "echo \$\$"' >out
check 'COMMAND is the process of semd-cli' [ "$(sort -u out | wc -l)" -eq 1 ]
ls /proc/self/fd >plain
semd-cli run one -- ls /proc/self/fd >out
check 'COMMAND has the same descriptors' cmp out plain
semd-cli run one -- cat /dev/fd/7 7<closes >out
check 'also those opened for it by the shell' cmp out closes
ls /proc/self/fd <&- >plain
semd-cli run one -- ls /proc/self/fd <&- >out
check 'a closed one stays closed' cmp out plain
signals() {
	"$@" grep '^Sig[BIC]' /proc/self/status
}
(trap '' HUP PIPE USR1; signals >plain; signals semd-cli run one -- >out)
check 'signals are as before' cmp out plain
semd-cli run one -- printf '<%s>' 'a b' '' -- -n '*' >out
says out '<a b><><--><-n><*>' 'arguments are passed on unchanged'
expect 7 'run exits with the status of COMMAND' semd-cli run one -- sh -c 'exit 7'
expect 124 'with any status' semd-cli run one -- sh -c 'exit 124'
expect 143 'and ends by the signal that ends COMMAND' semd-cli run one -- sh -c 'kill $$'
printf '#!/nowhere/sh\n' >script
chmod +x script
expect 127 'a COMMAND that does not exist' semd-cli run one -- ./nonsense
complains '^semd-cli: ./nonsense: No such file' 'fails with a message'
expect 126 'a COMMAND that cannot be executed' semd-cli run one -- ./closes
complains '^semd-cli: ./closes: Permission denied' 'fails with a message'
check 'neither keeps the permit' [ "$(available one)" = 1 ]
semd-cli run one -- sh -c 'semd-cli show one --json' >out
check 'show names COMMAND and its arguments' \
	grep -q '"command": "sh -c semd-cli show one --json"' out

# ---- The wait

begin_hold 4 one
expect 124 'the wait times out' semd-cli run one -w 0.05 -- touch ran
complains '^semd-cli: one: ' 'and the message names the semaphore'
expect 124 'or -n does not wait' semd-cli run one -n -- touch ran
expect 0 '-E sets another status' semd-cli run one -n -E 0 -- touch ran
expect 9 'with any status' semd-cli run one -w .01 -E 9 -- touch ran
semd-cli run one -- touch ran &
waiter=$!
await_waiting one 1
kill -TERM $waiter
ends $waiter 143 'a signal ends the wait'
await_waiting one 0
check 'COMMAND never ran' [ ! -e ran ]
end_hold 4

# ---- Refusals

expect 125 'an unknown semaphore is not created' semd-cli run nothing -- true
complains '^semd-cli: nothing: .*-i N' 'and the message says how to create it'
expect 125 'more than max is impossible' semd-cli run one:2 -- true
complains '^semd-cli: one:2: .*--max' 'with a message'
expect 125 'also as the sum of two arguments' semd-cli run one one -- true

# ---- All or nothing

semd-cli create a -i 2
semd-cli create b -i 1
begin_hold 4 b
expect 124 'one of two semaphores is unknown' semd-cli run a:2 b -n -- true
semd-cli run a:2 b:1 -- true 4>&- &
both=$!
await_waiting b 1
check 'a waiter for two semaphores has neither' [ "$(held a) $(held b)" = '0 1' ]
end_hold 4
ends $both 0 'and gets both'
loops=
for order in 'a:2 b:1' 'b:1 a:2'; do
	(
		i=0
		while [ $i -lt 40 ]; do
			semd-cli run $order -- true || exit
			i=$((i + 1))
		done
	) &
	loops="$loops $!"
done
for loop in $loops; do
	ends $loop 0 'forty runs with two semaphores'
done
check 'taken in opposite orders they never deadlock' [ "$(available a) $(available b)" = '2 1' ]

# ---- One run inside another

semd-cli create two -i 2
mkfifo inner
semd-cli run two -- sh -c 'echo; read -r _ <inner; exec semd-cli run two -w 20 -- true' >ready &
outer=$!
read -r _ <ready
semd-cli run two:2 -w 20 -- true &
both=$!
await_waiting two 1
echo >inner
ends $outer 0 'a holder of one asks for one more, and passes a waiter for both'
ends $both 0 'which then gets both'
finish
