# check.sh - sourced by test scripts to print their results in order. A script sets `folder` to a
# folder of its own first.
test=0
failed=0

# check WORDS COMMAND...: a test that passes if COMMAND succeeds; otherwise its output is shown.
check()
{
	what=$1
	shift
	test=$((test + 1))
	if "$@" >"$folder/log" 2>&1; then
		echo "ok $test - $what"
	else
		echo "not ok $test - $what"
		sed 's/^/# /' "$folder/log"
		failed=1
	fi
}
