#!/bin/sh
# semd-cli with a daemon of a later release, which sends some statuses, events and fields that
# semd-cli does not know.
with=with_later_daemon
. "$(dirname "$0")/cli_common.sh"
tab=$(printf '\t')
unknown='status 999, which this release does not know'

# ---- Known messages

expect 0 'list is answered' semd-cli list
cut -f 1-5 out >known
says known "kept${tab}3${tab}2${tab}5${tab}0" 'and shows the known fields'
expect 0 'show is answered' semd-cli --json show kept
check 'it shows the holder' grep -q '"holders": \[{"client": 7, "pid": 70,' out
check 'and the holders that a waiter waits for' \
	grep -q '"lacks": \[{"name": "kept", "permits": 1, "held_by": \[7\]}\]' out
for command in clients deadlocks stats ping version 'post kept' "release kept --for $$"; do
	# shellcheck disable=SC2086
	expect 0 "$command is answered" semd-cli $command
done
expect 7 'run runs the command' semd-cli run kept -- sh -c 'exit 7'

# ---- Unknown messages

expect 1 'a semaphore is refused' semd-cli post refused
complains "$unknown: see whether both are of one release" 'and the message says what to do'
expect 1 'or not shown' semd-cli show refused
complains "$unknown" 'and the message says why'
expect 125 'run does not run the command then' semd-cli run refused -- sh -c 'exit 7'
complains "$unknown" 'and says why'
expect 1 'watch prints known events until the daemon ends it' semd-cli watch
says out "kept${tab}3${tab}2${tab}5${tab}0
gone${tab}-${tab}-${tab}-${tab}-" 'what has changed and what is gone'
complains 'a later reason' 'and the reason of the end'

finish
