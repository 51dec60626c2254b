#!/bin/sh
# Installs, once, what makes clients of openapi.json: openapi-typescript with the TypeScript compiler, and
# openapi-python-client, which needs other versions than the project. Needs node 20 or newer, and npm.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)/tests/clients
out=$(pwd)/.venv/clients
stamp=$(cat "$here/package-lock.json" "$here/requirements.lock" tools/clients.sh | cksum)
[ ! -f "$out/stamp" ] || [ "$(cat "$out/stamp")" != "$stamp" ] || exit 0
rm -rf "$out"
mkdir -p "$out/typescript"
cp "$here/package.json" "$here/package-lock.json" "$out/typescript"
npm ci --prefix "$out/typescript" --ignore-scripts --no-audit --no-fund --silent
.venv/bin/python -m venv "$out/python"
"$out/python/bin/python" -m pip install -q --disable-pip-version-check --no-compile --require-hashes --only-binary :all: -r "$here/requirements.lock"
echo "$stamp" >"$out/stamp"
