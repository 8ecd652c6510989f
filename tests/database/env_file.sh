#!/usr/bin/env bash
# `.env` in the working folder: what is taken from it, what wins over it, what is wrong with one.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture three
database env
unset DATABASE_URL
mkdir "$work/folder"
cd "$work/folder"
url="postgres://postgres@/env?host=$work/main"
none='Found 3 Pending Migration file/files.'

# reads NAME TEXT: the file names the database
reads() {
    printf '%b' "$2" > .env
    run status
    holds "$1" "exit code $code: $out$err" 'exit code 0' "$none"
}
reads 'a plain line' "DATABASE_URL=$url\n"
reads 'without a line end' "DATABASE_URL=$url"
reads 'in single quotes' "DATABASE_URL='$url'\n"
reads 'in double quotes' "DATABASE_URL=\"$url\"\n"
reads 'in backticks' "DATABASE_URL=\`$url\`\n"
reads 'with blanks and export' "  export DATABASE_URL = $url  \n"
reads 'with a comment behind' "DATABASE_URL=$url # ours\r\n"
reads 'among others' "# settings\n\nSECRET='it is\nlong'\nnonsense\nA=\nDATABASE_URL=$url\nB=1\n"
reads 'an unclosed quote elsewhere' "DATABASE_URL=$url\nSECRET=\"x\n"
reads 'the first of two' "DATABASE_URL=$url\nDATABASE_URL=postgres://nowhere\n"
reads 'PG* variables' "PGHOST=$work/main\nPGDATABASE=env\nPGUSER=postgres\n"

echo "DATABASE_URL=postgres://postgres@/absent?host=$work/main" > .env
export DATABASE_URL=$url
run status
holds 'the environment wins' "$out" "$none"
unset DATABASE_URL
run --url "$url" status
holds 'so does --url' "$out" "$none"
echo "DATABASE_URL=$url" > .env
expect '--no-env-file leaves it out' 3 '' status --no-env-file

printf 'A=1\nDATABASE_URL="postgres://u:secret@h/d\n' > .env
expect 'a quote that does not end' 3 '' status
holds 'is named by its line' "$err" 'error: .env:2: the value of DATABASE_URL does not end' 'help: '
case $err in *secret*) not_ok 'the value is not repeated';; *) ok 'the value is not repeated';; esac
rm .env
mkdir .env
expect 'a folder of that name is none' 3 '' status
holds 'so no database is named' "$err" 'no database is named'
finish
