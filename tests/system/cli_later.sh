#!/bin/sh
# semd-cli with a daemon of a later release, whose statuses, events and fields it does not know all.
with=with_later_daemon
. "$(dirname "$0")/cli_common.sh"
tab=$(printf '\t')
unknown='status 999, which this release does not know'

# ---- What it knows

expect 0 'list is answered' semd-cli list
cut -f 1-5 out >known
says known "kept${tab}3${tab}2${tab}5${tab}0" 'and shows what it knows'
expect 0 'show is answered' semd-cli --json show kept
check 'it shows the holder' grep -q '"holders": \[{"client": 7, "pid": 70,' out
check 'and for whom a waiter waits' grep -q '"lacks": \[{"name": "kept", "permits": 1, "held_by": \[7\]}\]' out
for command in clients deadlocks stats ping version 'post kept' "release kept --for $$"; do
	# shellcheck disable=SC2086
	expect 0 "$command is answered" semd-cli $command
done
expect 7 'run runs the command' semd-cli run kept -- sh -c 'exit 7'

# ---- What it does not know

expect 1 'a semaphore is refused' semd-cli post refused
complains "$unknown: see whether both are of one release" 'it is said what to do'
expect 1 'or not shown' semd-cli show refused
complains "$unknown" 'it is said why'
expect 125 'run does not run the command then' semd-cli run refused -- sh -c 'exit 7'
complains "$unknown" 'and says why'
expect 1 'watch tells what it knows until the daemon ends it' semd-cli watch
says out "kept${tab}3${tab}2${tab}5${tab}0
gone${tab}-${tab}-${tab}-${tab}-" 'what has changed and what is gone'
complains 'a later reason' 'and the reason of the end'

finish
