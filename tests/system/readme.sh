#!/bin/sh
# The README's two examples work as printed: the C program (extracted and built by the Makefile) and
# the shell lines.
echo 1..2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
SEMD_SOCKET=$folder/semd.sock
PATH=$SEMD_TEST_BUILD:$PATH
export SEMD_SOCKET PATH
mkfifo ready
"$SEMD_TEST_BUILD/semd" --no-state --socket "$SEMD_SOCKET" --ready 3 \
	3>ready </dev/null >/dev/null 2>&1 &
daemon=$!
read -r _ <ready

"$SEMD_TEST_BUILD/tests/system/readme" && echo 'ok 1 - in C' || echo 'not ok 1 - in C'

printf '#!/bin/sh\n' >train
chmod +x train
sed -n '/^```sh$/,/^```$/{/^```/d;p;}' "$SEMD_TEST_SOURCE/README.md" >lines
sh -e lines >said 2>&1 && echo 'ok 2 - in a shell' || echo 'not ok 2 - in a shell'
sed 's/^/# /' said
kill $daemon
wait $daemon
