#!/bin/sh
# Socket activation, as the units do it: the first client starts the daemon.
command -v systemd-socket-activate >/dev/null || {
	echo '1..0 # SKIP systemd-socket-activate is missing'
	exit
}
grep -q '^#define HAVE_SYSTEMD 1' "$SEMD_TEST_BUILD/config.h" || {
	echo '1..0 # SKIP configured without systemd'
	exit
}
echo 1..5
number=0
report() {	# report STATUS WORDS
	number=$((number + 1))
	[ "$1" -eq 0 ] && echo "ok $number - $2" || echo "not ok $number - $2"
}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
SEMD_SOCKET=$folder/semd.sock
export SEMD_SOCKET
cli() {
	"$SEMD_TEST_BUILD/semd-cli" --no-start "$@"
}

mkfifo "$folder/log"
systemd-socket-activate -l "$SEMD_SOCKET" "$SEMD_TEST_BUILD/semd" --no-state \
	2>"$folder/log" </dev/null &
daemon=$!
exec 4<"$folder/log"
read -r listening <&4
echo "# $listening"

cli ping
report $? 'the first client is answered'
cli create gpu -i 3 && [ "$(cli run gpu -- echo held)" = held ]
report $? 'it serves'
[ "$(readlink "/proc/$daemon/exe")" = "$(readlink -f "$SEMD_TEST_BUILD/semd")" ]
report $? 'the started process is the daemon'
kill -TERM $daemon
wait $daemon
report $? 'it ends in order'
[ -S "$SEMD_SOCKET" ]
report $? 'and leaves the socket, which belongs to its starter'
