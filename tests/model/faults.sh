# faults.sh - shows that the random histories find faults: each of these edits to a copy of the
# engine must make the test fail, and say which rule is broken. An edit that no longer changes
# anything fails as well. It takes minutes, so it is left out unless SEMD_TEST_LONG is set.
#
# Clause (c) is checked three times: by rule 6, by the model, and by the count of waiters stuck by
# their place. To see that each check finds a fault, the checks before it get the same fault.
set -eu

planned=29
echo 1..$planned
if [ -z "${SEMD_TEST_LONG:-}" ]; then
	for number in $(seq $planned); do
		echo "ok $number # SKIP planted faults take minutes: make check-long tries them"
	done
	exit 0
fi
source=${SEMD_TEST_SOURCE:?}
build=${SEMD_TEST_BUILD:?}/tests/model/faults
cc="${SEMD_TEST_CC:?} -std=gnu11 -O0 -w -I$source -I$SEMD_TEST_BUILD"

# compile FILE.c OBJECT
compile() {
	$cc -c "$1" -o "$2"
}

# object FILE: the name of its object, folder included, since a name may occur in two folders
object() {
	echo "$1" | sed "s,^$source/,,; s,/,-,g; s,c$,o,"
}

trap 'rm -rf "$build"' EXIT
mkdir -p "$build/good" "$build/faulty"
for file in "$source"/daemon/core/*.c "$source"/daemon/core/*/*.c "$source"/protocol/*.c \
	"$source"/tests/model/*.c; do
	case $file in *_windows.c) continue ;; esac
	compile "$file" "$build/good/$(object "$file")"
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
	$cc "$@" -pthread -o "$build/test_model"
	SEMD_SEED=1 SEMD_HISTORIES=1000 "$build/test_model" >"$build/output" 2>&1
}

# objects: the faulty object where there is one, the good one otherwise
objects() {
	for good in "$build"/good/*.o; do
		faulty=$build/faulty/$(basename "$good")
		if [ -f "$faulty" ]; then echo "$faulty"; else echo "$good"; fi
	done
}

# edit NAME FILE EDIT: fails if the edit changes nothing
edit() {
	sed "$3" "$source/$2" >"$build/edited.c"
	if cmp -s "$source/$2" "$build/edited.c"; then
		result bad "$1: the edit changes nothing in $2"
		return 1
	fi
	compile "$build/edited.c" "$build/faulty/$(object "$source/$2")"
}

# fault NAME FOUND FILE EDIT [FILE EDIT...]: FOUND is how the line that reports the failure begins
fault() {
	name=$1
	found=$2
	shift 2
	rm -f "$build"/faulty/*.o
	while [ $# -gt 0 ]; do
		edit "$name" "$1" "$2" || return 0
		shift 2
	done
	if run $(objects); then
		result bad "$name: not found"
	elif grep -q "HISTORIES=1 fails: $found" "$build/output"; then
		result ok "$name: found as '$found'"
	else
		result bad "$name: found, but not as '$found'"
	fi
	sed -n 's/^# /#   /p' "$build/output"
}

# stuck NAME ENGINE RULES MODEL: the same fault of clause (c) in the engine, then in the rules as
# well, then in the model as well
stuck() {
	fault "$1" 'rule 6: .* can go but waits' daemon/core/stuck.c "$2"
	fault "$1, in the rules too" '\(status\|request\) ' \
		daemon/core/stuck.c "$2" tests/model/rules_line.c "$3"
	fault "$1, in rules and model too" 'rule 6: .* is stuck by its place alone' \
		daemon/core/stuck.c "$2" tests/model/rules_line.c "$3" \
		tests/model/model_stuck.c "$4"
}

if run $(objects); then
	result ok "without a fault none is found"
else
	result bad "fails without a fault"
	sed -n 's/^# /#   /p' "$build/output"
fi

fault "an over-grant" 'rule 2: ' daemon/core/trial.c \
	's/kind == TRIAL_REAL && t->available < n)/kind == TRIAL_REAL \&\& t->available + 1 < n)/'
fault "a permit lost on death" 'rule 3: ' daemon/core/end.c \
	'/^static void release_all/,/^}/s/hold_set(e, hold, 0);/sem_put(e, sem, SEM_TOTAL, sem_total(e, sem) - hold_permits(e, hold)); &/'
fault "an undone post" 'rule 4: ' daemon/core/end.c \
	'/^static void release_all/,/^}/s/hold_set(e, hold, 0);/& sem_put(e, sem, SEM_TOTAL, sem_total(e, sem) - sem_fact(e, sem, SEM_POSTED)); sem_put(e, sem, SEM_POSTED, 0);/'
fault "an overtaken waiter" 'rule 6: ' daemon/core/line.c \
	's/place->passed < sem_bypass/place->passed <= sem_bypass/'
fault "a half-applied vector" 'rule [25]: ' daemon/core/apply.c \
	'/^void apply_terms/,/^}/s/i < waiter->term_count/i < (waiter->term_count + 1) \/ 2/'
fault "a kick that does not say so" 'sessions ' daemon/core/end.c \
	's/session->speaker, !client->died/session->speaker, false/'

# Each dead client's waits end only with the client itself, so permits of the first are granted to
# the next.
fault "the dead are served" '\([a-d]: waiting\|count of sessions\) is ' daemon/core/end.c \
	'/^void \(session\|client\)_died/,/^}/s/session_cancel_all(.*);/;/
	s/if (\(session\|client\)->died)/if (false)/'
fault "the dead are served until they are buried" '[a-d]: waiting is ' daemon/core/end.c \
	'/^void \(session\|client\)_died/,/^}/s/session_cancel_all(.*);/;/'
fault "requests of the dead wait" '\(rule\|status\|probed\)' daemon/core/apply.c \
	's/ || session_has_died(arriving->key.session)//'
fault "the holds of the dead are released one by one" \
	'\(.* clients unbound instead of \|count of sessions is \)' \
	daemon/core/end.c 's/if (\(session\|client\)->died)/if (false)/'

fault "a new deadlock that is not noticed" 'the engine does not know ' \
	daemon/core/waiter.c 's/deadlock_mark(e);//'
fault "a deadlock with a client that can go on" 'client .* is in no deadlock' \
	daemon/core/deadlock/reduce.c 's/pool->free += r->shares\[i\].permits;//'

stuck "clause (c) left out" \
	's/return place->waiter->marked == e->last_marking &&/return false \&\&/' \
	's/reached\[from\] = true;/reached[from] = false;/' \
	's/bool changed = true;/bool changed = false;/'
stuck "clause (c) for direct holders only" \
	's/^	TAILQ_FOREACH(waiter, &marked, marking) {/	for (waiter = NULL; waiter;) {/' \
	's/reached\[k\] |= /&false \&\& /' \
	's/!is_behind_marked(model, i, marked)/true/; s/clients\[model->session.*/;/'
fault "clause (c) not asked when a request lines up" 'rule 6: .* can go but waits' \
	daemon/core/line.c '/^static void place_enter/,/^}/s/stuck_changes_note(e, line);//' \
	daemon/core/serve.c '/^void serve_consider(/,/^}/s/stuck_changes_note(e, line);//'
fault "clause (c) not asked for waiters in a changed line" 'rule 6: .* can go but waits' \
	daemon/core/stuck_changes.c \
	's/reach_client(e, place->waiter->key.session->client, &reached);/continue;/'
fault "64 passes for each line that is shared" '\(rule 6: \|client .* in no deadlock\)' \
	daemon/core/line.c 's/ && waiter->last_yield != e->last_pass//'
fault "64 passes also where nothing is short" 'rule 6: .* can go but waits' daemon/core/line.c \
	's/line_is_short(e, ahead) && //'

# limit NAME ENGINE RULES: the rules see an overtaken waiter, the model another status, and a scene
# fails too
limit() {
	fault "$1, in the rules too" '\(status\|request\) ' \
		daemon/core/stuck.c "$2" tests/model/rules_line.c "$3"
	fault "$1" 'rule 6: .* overtook' daemon/core/stuck.c "$2"
	if grep -q '^not ok .* after 64 grants' "$build/output"; then
		result ok "$1: a scene sees the waiter for all permits wait longer"
	else
		result bad "$1: no scene sees the waiter for all permits wait longer"
	fi
}
limit "65 passes" 's/yielded < STUCK_YIELDS/yielded <= STUCK_YIELDS/' \
	's/== RULES_STUCK_PASSES/== RULES_STUCK_PASSES + 1/'
limit "passes without limit" 's/yielded < STUCK_YIELDS/yielded < UINT32_MAX/' \
	's/== RULES_STUCK_PASSES/== UINT32_MAX/'
exit $failed
