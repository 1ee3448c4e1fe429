#!/bin/sh
# The examples for programs with a loop of their own: one thread waits for ten semaphores. Some are
# granted, some waits are canceled, some time out.
. "$(dirname "$0")/cli_common.sh"
examples=$SEMD_TEST_BUILD/client/examples

for name in c1 c2 c3 t1 t2 t3 later; do
	semd-cli create $name -i 0
done
cat >all <<'END'
c1: the request was canceled
c2: the request was canceled
c3: the request was canceled
f1: granted
f2: granted
f3: granted
later: granted
t1: the time ran out
t2: the time ran out
t3: the time ran out
END

# begin PROGRAM: $many waits for all ten; descriptor 4 is its input, if it reads any.
begin() {
	mkfifo in
	"$examples/$1" f1 f2 f3 c1 c2 c3 later t1=0.05 t2=0.05 t3=0.05 <in >said 2>err &
	many=$!
	exec 4>in
	rm in
	for name in c1 c2 c3 later; do
		await_waiting $name 1
	done
}

says_all() {
	exec 4>&-
	sort said >sorted
	says sorted "$(cat all)" "$1"
	check 'and gave back its permits' \
		[ "$(available f1) $(available f3) $(available later)" = '1 1 1' ]
	semd-cli consume later
}

begin many_poll
check 'it waits although other requests time out' [ "$(shown c1 5) $(shown later 5)" = '1 1' ]
printf 'c1\nc2\nnothing\n' >&4
echo c3 >&4
await_waiting c3 0
semd-cli post later
ends $many 0 'with poll: it ends when all requests have ended'
says_all 'and printed each result'

begin many_uv
semd-cli post later
await_waiting later 0
await_waiting t3 0
kill -INT $many
ends $many 0 'with libuv: it ends too'
says_all 'and printed the same results'

# A name of 255 bytes may have a time-out too; a longer name must not be cut to another one's.
long=$(printf '%0255d' 1)
for program in many_poll many_uv; do
	"$examples/$program" $long=0 </dev/null >said 2>err
	check "$program takes the longest name" [ $? = 0 ]
	says said "$long: granted" 'and prints it'
	"$examples/$program" ${long}2 </dev/null >said 2>err
	check 'and refuses a longer one' [ $? = 1 ]
	says said '' 'without acquiring anything'
	"$examples/$program" </dev/null >said 2>err
	check 'and no name' [ $? = 2 ]
done

# A daemon that is killed while the programs wait.
for program in many_poll many_uv; do
	begin_daemon
	mkfifo in out
	SEMD_SOCKET=$own_socket "$examples/$program" had had <in >out 2>err &
	many=$!
	exec 4>in 5<out
	rm in out
	read -r line <&5
	check "$program gets a permit" [ "$line" = 'had: granted' ]
	kill -9 $own_daemon
	wait $own_daemon 2>/dev/null
	ends $many 1 'and fails when the daemon is gone'
	says err "$program: the daemon has closed the connection" 'with a message'
	read -r line <&5
	check 'also for the waiting requests' [ "$line" = 'had: the daemon cannot be reached' ]
	exec 4>&- 5<&-
done
finish
