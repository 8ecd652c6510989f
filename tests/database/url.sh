#!/usr/bin/env bash
# Connection URLs as people write them: what is understood, what is refused and how, and that no password is ever printed.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

cluster main
fixture three
socket=${work//\//%2F}%2Fmain
sql postgres 'create database app' 'create role "us er" login' 'create database "we ird/%"'
secret='hUnter2'

# accepted NAME URL [WANTED]: connects; the database and user of the session are WANTED
accepted() {
    expect "understood: $1" 0 "Current Version: none" currentVersion --url "$2"
    DATABASE_URL=$2 run currentVersion
    same "understood by DATABASE_URL: $1" 0 "$code"
}
accepted 'a socket as a parameter' "postgres://postgres@/app?host=$work/main"
accepted 'a socket as the host' "postgresql://postgres@$socket/app"
accepted 'an encoded user' "postgres://us%20er@$socket/app"
accepted 'a raw blank in the user' "postgres://us er@$socket/app"
accepted 'an encoded database' "postgres://postgres@$socket/we%20ird%2F%25"
accepted 'blanks and a line end around it' "  postgres://postgres@$socket/app
"
accepted 'two hosts, of which one is down' "postgres://postgres@${socket}x,$socket/app"
accepted 'two hosts with ports' "postgres://postgres@$socket:1,$socket:5432/app"
accepted 'a raw @ in the password' "postgres://postgres:p@ss@w@$socket/app"
accepted 'a raw % in the password' "postgres://postgres:100%@$socket/app"
accepted 'a raw # and : in the password' "postgres://postgres:a#b:c@$socket/app"
accepted 'user and database as parameters' "postgres://$socket?user=postgres&dbname=app"
accepted 'what node-postgres knows' "postgres://postgres@$socket/app?encoding=utf8&statement_timeout=1&lock_timeout=1&query_timeout=1&keepAlive=true&max=5&min=1&uselibpqcompat=true"
accepted 'what Prisma knows' "postgres://postgres@$socket/app?schema=public&connection_limit=5&pool_timeout=10&pgbouncer=false&statement_cache_size=0&socket_timeout=3"
accepted 'ssl=false' "postgres://postgres@$socket/app?ssl=false"
accepted 'sslmode=no-verify, which a socket passes over' "postgres://postgres@$socket/app?sslmode=no-verify"
accepted 'libpq'"'"'s own' "postgres://postgres@$socket/app?application_name=x&connect_timeout=3&options=-c%20geqo%3Doff&target_session_attrs=any"

# refused NAME URL PART...: exit code 3, the parts are in the message, the password is not
refused() {
    local name=$1 url=$2
    shift 2
    expect "refused: $name" 3 '' status --url "$url"
    holds "refused: $name: why" "$err" "$@"
    lacks "refused: $name: the password is not printed" "$err" "$secret"
    DATABASE_URL=$url run status
    same "refused by DATABASE_URL: $name" 3 "$code"
}
refused 'nothing' '' 'the connection URL is empty' 'help:'
refused 'blanks' '   ' 'the connection URL is empty'
refused 'quotation marks' "\"postgres://u:$secret@h/d\"" 'begins with a quotation mark'
refused 'another scheme' "mysql://u:$secret@h/d" 'does not begin with postgres://'
refused 'no scheme' "u:$secret@h/d" 'does not begin with postgres://'
refused 'key words' "host=h password=$secret" 'does not begin with postgres://'
refused 'a line end in the middle' "postgres://u:$secret
x@h/d" 'control character'
refused 'no server' "postgres://u:$secret@/d" 'names no server' 'PGHOST'
refused 'nothing but a scheme' 'postgres://' 'names no server'
refused 'no database' "postgres://u:$secret@h" 'names no database' 'PGDATABASE'
refused 'a port that is none' "postgres://u:$secret@h:54x/d" 'not a port'
refused 'a port out of range' "postgres://u:$secret@h:65536/d" 'not a port'
refused 'a raw / in the password' "postgres://u:hUnter2/x@h/d" 'an @ stands behind the host' 'must be encoded' '%2F'
refused 'a raw ? in the password' "postgres://u:x?$secret@h/d" 'an @ stands behind the host' '%3F'
refused 'a raw ? and @ in the password' "postgres://u:x@y?$secret=1@h/d" 'an @ stands behind the host'
refused 'a raw / that looks like a port' "postgres://u:123/$secret@h/d" 'an @ stands behind the host'
refused 'a NUL' "postgres://u:$secret%00@h/d" '%00'
refused 'a raw % in the host' "postgres://u:$secret@h%zz/d" 'host holds a %'
refused 'a raw % in the database' "postgres://u:$secret@h/d%" 'name holds a %'
refused 'a fragment' "postgres://u:$secret@h/d#top" 'a # stands behind the host'
refused 'an IPv6 address without its end' "postgres://u:$secret@[::1/d" 'no closing bracket'
refused 'an unknown parameter' "postgres://u:$secret@h/d?supa=base" 'the parameter "supa" is not known'
refused 'the schema of another' "postgres://u:$secret@h/d?schema=app" 'the parameter "schema"' 'db/project.mig'
refused 'a pooler' "postgres://u:$secret@h/d?pgbouncer=true" 'the parameter "pgbouncer"' 'the server'"'"'s own address'
refused 'search_path' "postgres://u:$secret@h/d?search_path=app" 'the parameter "search_path"'
refused 'sslaccept' "postgres://u:$secret@h/d?sslaccept=strict" 'the parameter "sslaccept"' 'sslmode=verify-full'
refused 'an unknown sslmode' "postgres://u:$secret@h/d?sslmode=maybe" 'the parameter "sslmode"' 'verify-full'
refused 'sslrootcert=system' "postgres://u:$secret@h/d?sslrootcert=system" 'the parameter "sslrootcert"' 'ca-certificates.crt'

# Passwords in the wrong places, and in places where a connection fails.
url=postgres://u:$secret@localhost:1/d
for arguments in "$url" "latest $url" "up $url" "--url=$url latest" "--urll=$url latest" "latest --url $url" "latest --all=$url"; do
    run $arguments
    lacks "not printed: migrate ${arguments//$secret/...}" "$out$err" "$secret"
    [ "$code" != 0 ] || not_ok 'nothing of that works'
done

# The environment.
run_with() { code=0; env "${@:2}" "$program" currentVersion > "$work/out" 2> "$work/err" || code=$?; same "$1" "$wanted" "$code|$(cat "$work/out")"; }
wanted='3|' run_with 'DATABASE_URL that is empty is an error, whatever PG* says' DATABASE_URL= PGHOST="$work/main" PGDATABASE=app PGUSER=postgres
wanted='0|Current Version: none' run_with 'PG* alone' PGHOST="$work/main" PGDATABASE=app PGUSER=postgres
wanted='0|Current Version: none' run_with 'PG* fill gaps' DATABASE_URL=postgres:///app PGHOST="$work/main" PGUSER=postgres
wanted='0|Current Version: none' run_with 'the URL wins over PG*' DATABASE_URL="postgres://postgres@$socket/app" PGHOST=host.invalid PGDATABASE=other
wanted='3|' run_with 'a user alone names no database' PGUSER=postgres
sql app "create view knex_migrations as select 1 as id, current_setting('application_name') || '_x' as name, 1 as batch, null as migration_time"
expect 'application_name is migrate' 0 'Current Version: migrate' currentVersion --url "postgres://postgres@$socket/app"
expect 'unless the URL says another' 0 'Current Version: deploy' currentVersion --url "postgres://postgres@$socket/app?application_name=deploy"
finish
