#!/bin/sh
# Proves the README's comparison with semaphores that need more packages than semd: Qt's
# QSystemSemaphore (qtbase5-dev or qt6-base-dev) and GNU parallel's sem (parallel). "make compare"
# runs it.
number=0
claim() {	# claim STATUS WORDS
	number=$((number + 1))
	[ "$1" -eq 0 ] && echo "ok $number - $2" || echo "not ok $number - $2"
}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

compare_qt() {
	for qt in Qt6Core Qt5Core; do
		pkg-config --exists $qt && break
	done
	${CXX:-g++} -std=c++17 -fPIC -o "$work/qt" "$SEMD_TEST_SOURCE/tests/system/compare_qt.cpp" \
		$(pkg-config --cflags --libs $qt) && "$work/qt" >"$work/claims"
	status=$? skipped=$(sed -n 's/^1\.\.0//p' "$work/claims")
	claim $status "QSystemSemaphore of $qt behaves as the README says$skipped"
	sed 's/^/# /' "$work/claims"
}

# The command prints its pid and waits until it is told to end or is killed.
cat >"$work/held" <<'END'
#!/bin/sh
echo $$ >"$1"
read -r end <"$2"
END
chmod +x "$work/held"

# twice COMMAND...: runs a first command under a semaphore of one permit, kills the process that the
# shell started, and runs a second command. Succeeds if the first command was still alive when the
# second started.
twice() {
	rm -f "$work"/said.* "$work"/end.*
	mkfifo "$work/said.1" "$work/end.1" "$work/said.2" "$work/end.2"
	"$@" "$work/held" "$work/said.1" "$work/end.1" &
	runner=$!
	read -r first <"$work/said.1"
	kill -9 $runner
	wait $runner 2>/dev/null
	"$@" "$work/held" "$work/said.2" "$work/end.2" &
	second=$!
	read -r _ <"$work/said.2"
	kill -0 "$first" 2>/dev/null
	alive=$?
	echo >"$work/end.2"
	wait $second
	[ $alive -ne 0 ] || echo >"$work/end.1"
	return $alive
}

compare_parallel() {
	twice sem --will-cite --fg -j1 --id "semd-compare-$$"
	claim $? 'GNU sem: when its process is killed, its command runs on beside the next'
}

compare_semd() {
	SEMD_SOCKET=$work/semd.sock
	export SEMD_SOCKET
	mkfifo "$work/ready"
	"$SEMD_TEST_BUILD/semd" --no-state --socket "$SEMD_SOCKET" --ready 3 3>"$work/ready" &
	daemon=$!
	read -r _ <"$work/ready"
	! twice "$SEMD_TEST_BUILD/semd-cli" run semd-compare -i 1 --
	claim $? 'semd-cli run: the command is that process, so no command too many is started'
	kill $daemon
	wait $daemon
}

if pkg-config --exists Qt6Core || pkg-config --exists Qt5Core; then
	compare_qt
else
	number=$((number + 1))
	echo "ok $number # SKIP no Qt: install qtbase5-dev or qt6-base-dev"
fi
if sem --version 2>/dev/null | grep -q 'GNU parallel'; then
	compare_parallel
else
	number=$((number + 1))
	echo "ok $number # SKIP no GNU sem: install parallel"
fi
compare_semd
echo "1..$number"
