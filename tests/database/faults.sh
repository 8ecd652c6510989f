#!/usr/bin/env bash
# A run that is killed at a message to the server: the next run ends where an undisturbed one ends.
#
#   EVERY=NUMBER  at every so many of the messages only (48); EVERY=1 is the whole sweep
#   SEED=NUMBER   which ones
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$here/sweep_lib.sh"

cluster main
EVERY=${EVERY:-48}
kinds=(before after)

build() { fault_fixture mixed "$@"; }
others() { :; }
count() {
    FAULT_COUNT=$work/count run "$1"
    read -r messages _ < "$work/count"
}
# How often the watch asks, on a connection of its own, depends on the machine: a run may have fewer messages than another.
hit() {
    local messages
    FAULT=$1 FAULT_COUNT=$work/count run "$2"
    read -r messages _ < "$work/count"
    [ "$messages" -ge "${1#*:}" ] || return
    [ "$code" = 137 ] || echo "$1: the run was not killed: $code: $err"
}
sweep_all 8
finish
