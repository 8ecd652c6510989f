#!/usr/bin/env bash
# The static program, alone: in a folder with nothing but it, /etc/hosts and the certificate of an authority it connects by
# password and TLS, and says what is wrong when something is.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

library=$RELEASE/lib/migc
program=$work/migrate
"$CC" -O1 -I"$library/include" "$here/fixtures/three.c" $(sed "s,@LIBDIR@,$library,g" "$library/link-static") -o "$program" \
    2> "$work/link.log" || true
same 'a C compiler and one archive link it, without a warning' '' "$(cat "$work/link.log")"
holds 'ldd says' "$(ldd "$program" 2>&1 || true)" 'not a dynamic executable'
same 'it is smaller than 6 MB' 1 "$(($(stat -c %s "$program") < 6000000))"
"$CC" -O1 -I"$library/include" "$here/fixtures/three.c" $(sed "s,@LIBDIR@,$library,g" "$library/link-dynamic") -o "$work/dynamic"
holds 'the dynamic one links libpq' "$(ldd "$work/dynamic")" 'libpq.so'
holds 'and runs' "$("$work/dynamic" version)" 'migrations: 3'

if [ "$(id -u)" != 0 ]; then
    skip 'the program in an empty folder' 'chroot needs root'
    finish
fi

# An authority and a server's certificate from it.
mkdir "$work/tls"
(
    cd "$work/tls"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=authority' -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj '/CN=database.test' -keyout server.key -out server.csr
    printf 'subjectAltName = DNS:database.test\n' > san
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile san -out server.crt
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=stranger' -keyout other.key -out other.crt
) 2> "$work/openssl.log"
chown postgres "$work/tls/server.key"
chmod 600 "$work/tls/server.key"
chmod 755 "$work/tls"

port=$((20000 + RANDOM % 20000))
cluster main "listen_addresses = '127.0.0.1'" "port = $port" 'password_encryption = scram-sha-256' 'ssl = on' 'log_connections = on' \
    "ssl_cert_file = '$work/tls/server.crt'" "ssl_key_file = '$work/tls/server.key'"
export PGPORT=$port
sql postgres "create role app login password 's3cret/word'" 'create role kerberos login' 'create database app owner app'
printf 'local all all trust\nhost all kerberos all gss\nhostssl all all all scram-sha-256\n' > "$work/main/data/pg_hba.conf"
# Servers of npm know no gss, and then take nothing of the file.
knows_gss=$(sql postgres 'select count(*) = 0 from pg_hba_file_rules where error is not null')
[ "$knows_gss" = t ] || sed -i /gss/d "$work/main/data/pg_hba.conf"
sql postgres 'select pg_reload_conf()' > /dev/null
unset PGPORT

jail=$work/jail
chroot=$(command -v chroot)
mkdir -p "$jail/etc"
cp "$program" "$jail/migrate"
cp "$work/tls/ca.crt" "$work/tls/other.crt" "$jail"
printf '127.0.0.1 database.test\n127.0.0.1 impostor.test\n' > "$jail/etc/hosts"
same 'the folder is empty but for these' '/ca.crt /etc/hosts /migrate /other.crt' "$(cd "$jail" && find . -type f | sed 's/^\.//' | sort | tr '\n' ' ' | sed 's/ $//')"

# jailed NAME CODE OUT PART PARAMETERS [USER:PASSWORD [HOST]]
jailed() {
    local url="postgres://${6:-app:s3cret%2Fword}@${7:-database.test}:$port/app?$5"
    code=0
    env -i DATABASE_URL="$url" "$chroot" "$jail" /migrate latest > "$work/out" 2> "$work/err" || code=$?
    same "$1" "exit code $2"$'\n'"$3" "exit code $code"$'\n'"$(cat "$work/out")"
    err=$(cat "$work/err")
    [ -z "$4" ] || holds "$1: the message" "$err" "$4"
    lacks "$1: no password" "$err" 's3cret'
}
verify='sslmode=verify-full&sslrootcert=/ca.crt'
jailed 'SCRAM, TLS, the authority and the name are checked' 0 'Batch 1 run: 3 migrations' '' "$verify"
jailed 'again' 0 'Already up to date' '' "$verify&channel_binding=require"
holds 'as the server saw it' "$(grep 'user=app' "$work/main/log")" 'SSL enabled (protocol=TLSv1.3'
jailed 'no-verify' 0 'Already up to date' '' 'sslmode=no-verify'
jailed 'ssl=true' 0 'Already up to date' '' 'ssl=true'
jailed 'no parameters: libpq prefers TLS' 0 'Already up to date' '' ''
jailed 'an unknown authority' 4 '' 'certificate verify failed' 'sslmode=verify-full&sslrootcert=/other.crt'
jailed 'another name' 4 '' 'server certificate for "database.test" does not match host name "impostor.test"' "$verify" '' impostor.test
jailed 'no certificate of an authority' 4 '' 'root certificate file "/absent.crt" does not exist' 'sslmode=verify-full&sslrootcert=/absent.crt'
jailed 'without TLS the server refuses' 4 '' 'no pg_hba.conf entry' 'sslmode=disable'
jailed 'a wrong password' 4 '' 'password authentication failed for user "app"' "$verify" 'app:s3cret-not'
jailed 'no password' 4 '' 'no password supplied' "$verify" 'app'
jailed 'an unknown host' 4 '' 'could not translate host name "absent.test"' "$verify" '' absent.test
jailed 'a required GSSAPI' 4 '' 'GSSAPI encryption required' 'gssencmode=require'
if [ "$knows_gss" = t ]; then
    jailed 'a server that wants GSSAPI' 4 '' 'GSSAPI is not available in this build' "$verify" 'kerberos'
else
    skip 'a server that wants GSSAPI' 'this one has no GSSAPI'
fi
mkdir "$jail/root"
printf '[remote]\nldap://127.0.0.1/dc=test?description?one?(cn=x)\n' > "$jail/services"
code=0
env -i PGSERVICEFILE=/services PGSERVICE=remote "$chroot" "$jail" /migrate status > "$work/out" 2> "$work/err" || code=$?
same 'a service that is kept in LDAP' '4|error: cannot connect: could not create LDAP structure' "$code|$(cat "$work/err")"
rm "$jail/services"

# Modules that another system's configuration asks for are not loaded.
printf 'hosts: mdns4_minimal [NOTFOUND=return] resolve\npasswd: systemd sss\nservices: db\n' > "$jail/etc/nsswitch.conf"
printf 'root:x:0:0:root:/root:/bin/sh\n' > "$jail/etc/passwd"
jailed 'an nsswitch.conf that names foreign modules' 0 'Already up to date' '' "$verify"
mkdir "$jail/root/.postgresql"
cp "$work/tls/ca.crt" "$jail/root/.postgresql/root.crt"
jailed 'the home folder comes from /etc/passwd' 0 'Already up to date' '' 'sslmode=verify-full'
finish
