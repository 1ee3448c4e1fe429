#!/bin/sh
# Packs a build for Windows: zip.sh FILE.zip, run in the build folder. SOURCE is the tree, LICENSES
# the folder with the licenses of the libraries linked into the programs. Texts get the line ends of
# Windows, and programs lose their debugging information.
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
# A single object in which only public functions are global, since a program may have functions with
# the names of internal ones. References that gcc makes to variables of other libraries must be
# merged with the program's.
$LD -r -o "$made/semd.o" --whole-archive libsemd.a
"$STRIP" -g "$made/semd.o"
"$OBJCOPY" --wildcard --keep-global-symbols="$SOURCE/client/libsemd.sym" \
	--keep-global-symbol='.refptr.*' "$made/semd.o"
"$AR" crs "$to/lib/libsemd.a" "$made/semd.o"
cp client/libsemd.def "$to/lib/libsemd.def"
text "$SOURCE/client/semd.h" include/semd.h
# Paths relative to the .pc file, so that it works wherever it is unpacked.
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
