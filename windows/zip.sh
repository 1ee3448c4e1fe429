#!/bin/sh
# Packs what a build for Windows made: zip.sh FILE.zip, in the build folder, with the tree in SOURCE and
# the licenses of what is linked into the programs in the folder LICENSES. Texts get the line ends of
# Windows, and programs lose what only debuggers read.
set -eu
zip=$PWD/$1
name=$(basename "$1" .zip)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
to=$made/$name

text() {	# text FILE NAME: FILE as the text NAME
	sed 's/\r*$/\r/' "$1" >"$to/$2"
}

page() {	# page FILE NAME: a manual page as the text NAME
	groff -man -Tascii -P-cbou -rLL=78n -dAD=l "$1" >"$made/page"
	text "$made/page" "$2"
}

mkdir -p "$to/manuals" "$to/licenses" "$to/lib/pkgconfig" "$to/include"
cp semd.exe semd-cli.exe libsemd-*.dll "$to"
"$STRIP" "$to"/*.exe "$to"/*.dll

cp libsemd.dll.a "$to/lib"
# One object, in which only what is public is global: a program may have functions of the same names.
# What gcc makes to refer to variables of other libraries is to be one with the program's.
$LD -r -o "$made/semd.o" --whole-archive libsemd.a
"$STRIP" -g "$made/semd.o"
"$OBJCOPY" --wildcard --keep-global-symbols="$SOURCE/client/libsemd.sym" \
	--keep-global-symbol='.refptr.*' "$made/semd.o"
"$AR" crs "$to/lib/libsemd.a" "$made/semd.o"
cp client/libsemd.def "$to/lib/libsemd.def"
text "$SOURCE/client/semd.h" include/semd.h
# Wherever it is unpacked.
sed 's,^prefix=.*,prefix=${pcfiledir}/../..,; s,^exec_prefix=.*,exec_prefix=${prefix},
	s,^libdir=.*,libdir=${prefix}/lib,; s,^includedir=.*,includedir=${prefix}/include,' \
	client/libsemd.pc >"$to/lib/pkgconfig/libsemd.pc"

text "$SOURCE/windows/README.txt" README.txt
text "$SOURCE/NEWS" NEWS.txt
page "$SOURCE/client/cli/semd-cli.1" manuals/semd-cli.txt
page "$SOURCE/daemon/semd.8" manuals/semd.txt
page "$SOURCE/client/libsemd.3" manuals/libsemd.txt
page "$SOURCE/client/semd-qt.7" manuals/semd-qt.txt

text "$SOURCE/LICENSE" LICENSE.txt
for license in "$LICENSES"/*.txt; do
	[ -e "$license" ] || { echo "no licenses of the libraries in $LICENSES" >&2; exit 1; }
	text "$license" "licenses/${license##*/}"
done

rm -f "$zip"
(cd "$made" && find "$name" | LC_ALL=C sort | zip -q -X "$zip" -@)
