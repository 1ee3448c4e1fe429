# check.sh - for test scripts that print their results in order; sourced by them when `folder` is a
# folder of their own.
test=0
failed=0

# check WHAT COMMAND...: one test, which COMMAND decides; what it prints is shown if it fails.
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
