# leak.sh - valgrind finds no leak of memory or descriptors and no invalid access in a program that
# uses the library and disconnects.
if test "$SEMD_TEST_SANITIZED" = yes; then
	echo "1..0 # SKIP the sanitizers look for leaks themselves"
	exit 0
fi
if ! command -v valgrind >/dev/null; then
	echo "1..0 # SKIP valgrind is missing"
	exit 0
fi
echo 1..1
tests=$SEMD_TEST_BUILD/tests/system
exec 3>&1 1>&2
said=$("$tests/with_daemon" valgrind --leak-check=full --show-leak-kinds=all \
	--errors-for-leak-kinds=all --track-fds=yes --error-exitcode=9 "$tests/leak_client" 2>&1)
status=$?
echo "$said"
exec 1>&3 3>&-
if echo "$said" | grep -q "I can't recover"; then
	echo "ok 1 - no leak # SKIP valgrind cannot read this compiler's debugging information"
	exit 0
fi
# Inherited descriptors are not the program's.
if test $status -eq 0 && ! echo "$said" | sed '1,/FILE DESCRIPTORS/d' | grep -q ' at 0x'
then
	echo "ok 1 - no leak"
else
	echo "not ok 1 - no leak"
fi
