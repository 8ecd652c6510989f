# knex_lib.sh: the real Knex, from the npm registry, pinned, into the build folder. Sourced behind lib.sh.

knex_version=3.3.0 pg_version=8.23.1
if ! command -v npm > /dev/null; then
    skip 'Knex' 'npm is not installed'
    finish
fi
cache=$("$root/tests/npm" knex "knex@$knex_version" "pg@$pg_version" 2> "$work/npm.log") || {
    sed 's/^/# /' "$work/npm.log"
    not_ok "Knex $knex_version can be installed from the npm registry"
    finish
}
mkdir "$work/knex"
ln -s "$cache/node_modules" "$work/knex/node_modules"

# knex_run CONFIGURATION ARGUMENT...: with the members of a configuration as JavaScript; sets $knex_out, $knex_err, $knex_code,
# which are in the files out, err and code of $work/knex, too
knex_run() {
    local configuration=$1
    shift
    echo "module.exports = { client: 'pg', $configuration };" > "$work/knex/knexfile.cjs"
    knex_code=0
    (cd "$work/knex" && NO_COLOR=1 node node_modules/knex/bin/cli.js --knexfile knexfile.cjs "$@") \
        > "$work/knex/out" 2> "$work/knex/err" < /dev/null || knex_code=$?
    echo $knex_code > "$work/knex/code"
    knex_out=$(cat "$work/knex/out")
    knex_err=$(cat "$work/knex/err")
}
