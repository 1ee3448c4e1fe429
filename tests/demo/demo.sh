#!/bin/sh
# The demo as a test. It fails if anything that it prints is untrue.
echo 1..1
said=$($SEMD_TEST_RUN "$SEMD_TEST_BUILD/tests/demo/demo$EXEEXT" 2>&1)
status=$?
echo "$said" | sed 's/^/# /'
[ $status -eq 0 ] && echo 'ok 1 - all claims of the demo are true' || echo "not ok 1 - status $status"
