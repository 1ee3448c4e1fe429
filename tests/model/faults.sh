# faults.sh - shows that the random histories find faults: each of these edits to a copy of the
# engine must make the test fail, and say which rule is broken. An edit that no longer changes
# anything fails as well.
set -eu

source=${SEMD_TEST_SOURCE:?}
build=${SEMD_TEST_BUILD:?}/tests/model/faults
cc="${SEMD_TEST_CC:?} -std=gnu11 -O0 -w -I$source -I$build"

# compile FILE.c OBJECT
compile() {
	$cc -c "$1" -o "$2"
}

trap 'rm -rf "$build"' EXIT
mkdir -p "$build/core" "$build/rest"
for file in "$source"/daemon/core/*.c; do
	compile "$file" "$build/core/$(basename "$file" .c).o"
done
for file in "$source"/protocol/*.c "$source"/tests/model/*.c; do
	compile "$file" "$build/rest/$(basename "$file" .c).o"
done

count=0
failed=0

result() {
	count=$((count + 1))
	case $1 in
	ok) echo "ok $count - $2" ;;
	*) echo "not ok $count - $2"; failed=1 ;;
	esac
}

# run OBJECT...: the test's output, with few histories
run() {
	$cc "$@" "$build"/rest/*.o -pthread -o "$build/test_model"
	SEMD_SEED=1 SEMD_HISTORIES=5000 "$build/test_model" >"$build/output" 2>&1
}

# fault NAME RULE FILE EDIT
fault() {
	sed "$4" "$source/daemon/core/$3" >"$build/$3"
	if cmp -s "$source/daemon/core/$3" "$build/$3"; then
		result bad "$1: the edit changes nothing in $3"
		return
	fi
	compile "$build/$3" "$build/faulty.o"
	others=$(ls "$build"/core/*.o | grep -v "/${3%.c}\.o$")
	if run "$build/faulty.o" $others; then
		result bad "$1: not found"
	elif grep -q "fails: rule $2: " "$build/output"; then
		result ok "$1 breaks rule $2"
	else
		result bad "$1: found, but not as rule $2"
	fi
	sed -n 's/^# /#   /p' "$build/output"
}

echo 1..6
if run "$build"/core/*.o; then
	result ok "without a fault none is found"
else
	result bad "fails without a fault"
fi

fault "an over-grant" 2 trial.c \
	's/kind == TRIAL_REAL && t->available < n)/kind == TRIAL_REAL \&\& t->available + 1 < n)/'
fault "a permit lost on death" 3 client.c \
	'/^void client_release_all/,/^}/s/hold_set(e, hold, 0);/sem_put(e, sem, SEM_TOTAL, sem_total(e, sem) - hold_permits(e, hold)); &/'
fault "an undone post" 4 client.c \
	'/^void client_release_all/,/^}/s/hold_set(e, hold, 0);/& sem_put(e, sem, SEM_TOTAL, sem_total(e, sem) - sem_fact(e, sem, SEM_POSTED)); sem_put(e, sem, SEM_POSTED, 0);/'
fault "an overtaken waiter" 6 line.c 's/place->passed < sem_bypass/place->passed <= sem_bypass/'
fault "a half-applied vector" 5 apply.c \
	'/^void apply_terms/,/^}/s/i < waiter->term_count/i < (waiter->term_count + 1) \/ 2/'
exit $failed
