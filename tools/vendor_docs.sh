#!/bin/sh
# Renews what /docs carries of others: Swagger UI in app/web/docs, with its licences. Needs npm. The version is fixed here.
set -eu
cd "$(dirname "$0")/.."
out=$(pwd)/app/web/docs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" swagger-ui-dist@5.35.0
from=$work/node_modules/swagger-ui-dist
# Without the last line, which names a map that is not here.
for file in swagger-ui-bundle.js swagger-ui.css; do sed '/sourceMappingURL=/d' "$from/$file" >"$out/$file"; done
{ cat "$from/NOTICE" "$from/LICENSE"; echo; echo "Inside swagger-ui-bundle.js:"; cat "$from/swagger-ui-bundle.js.LICENSE.txt"; } >"$out/swagger-ui.LICENSE"
ls -l "$out"
