#!/bin/sh
# Makes .venv with the locked dependencies and the project. `sh tools/setup.sh [run|dev]`: what the program needs,
# or (the default) what development needs too. Quick when there is nothing to do. PYTHON=… chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

here=$(pwd)
venv=.venv
log=$venv/setup.log
oldest=3.11
known="python3.14 python3.13 python3.12 python3.11 python3 python"

fail() {
    echo "setup: $*" >&2
    exit 1
}

# The version of an interpreter, `3.12.1`; nothing where it does not run (a pyenv shim, a broken link).
version_of() {
    "$1" -c 'import sys; sys.stdout.write("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null || true
}

new_enough() {
    major=${1%%.*}
    rest=${1#*.}
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "${rest%%.*}" -ge "${oldest#*.}" ]; }
}

# Sets `python` and `version`: PYTHON if given, else the one .venv has, else the newest on the path.
choose_python() {
    seen=
    # shellcheck disable=SC2086  # a list of words
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- "$venv/bin/python" $known; fi
    for python in "$@"; do
        version=$(version_of "$python")
        [ -n "$version" ] || continue
        if new_enough "$version"; then return; fi
        seen="$seen $version"
    done
    advice="install Python $oldest or newer, or point to one: PYTHON=/path/to/python3 make …"
    if [ -n "${PYTHON:-}" ] && [ -z "$seen" ]; then fail "PYTHON=$PYTHON does not run; $advice"; fi
    if [ -n "$seen" ]; then fail "Python $oldest or newer is needed, and here is only$seen; $advice"; fi
    fail "no Python found; $advice"
}

# What an installation depends on; the stamp holds it, with the kind of installation before it.
fingerprint() {
    echo "$version $(cat requirements.lock requirements-dev.lock pyproject.toml tools/setup.sh | cksum) $here"
}

up_to_date() {
    [ -x "$venv/bin/dragoman" ] && [ -f "$venv/stamp" ] || return 1
    read -r kind rest <"$venv/stamp" || return 1
    [ "$rest" = "$(fingerprint)" ] && { [ "$kind" = dev ] || [ "$kind" = "$wanted" ]; }
}

make_environment() {
    [ "$(version_of "$venv/bin/python")" = "$version" ] && [ -x "$venv/bin/pip" ] && return
    "$python" -m venv --clear "$venv" >/dev/null 2>&1 ||
        fail "Python $version cannot make $here/$venv; on Debian and Ubuntu install the package python3-venv"
}

install() {
    # -I and PIP_USER: settings of the person's own Python must not leak into the environment.
    PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv/bin/python" -I -m pip install "$@" >>"$log" 2>&1 && return
    why=$(grep '^ERROR' "$log" | tail -n 1)
    if grep -q 'Retrying' "$log"; then why="the package index cannot be reached"; fi
    fail "installing failed (${why:-see the log}); all of it is in $here/$log"
}

wanted=${1:-dev}
case $wanted in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) fail "run or dev, not $wanted" ;;
esac

choose_python
if up_to_date; then exit 0; fi
[ -w . ] || fail "the folder $here is read-only; copy it to where you may write"
[ ! -e "$venv" ] || [ -w "$venv" ] || fail "the folder $here/$venv is read-only; remove it or make it writable"

# The environment that the stamp speaks of may be half made from here on.
rm -f "$venv/stamp"
make_environment
echo "setup: installing $(grep -c == "$lock") packages for Python $version into $venv, once" >&2
: >"$log"
# Byte code is written when a module is first imported: compiling all of it now costs a third of the time.
install --no-compile --require-hashes --only-binary :all: -r "$lock"
install --no-compile --no-deps --no-index --no-build-isolation -e .
echo "$wanted $(fingerprint)" >"$venv/stamp"
