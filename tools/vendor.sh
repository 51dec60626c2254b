#!/bin/sh
# Renews what the page carries of others: app/web/vendor and the outlines of the land. Needs node and npm.
# Versions are fixed here; licences stand beside the files.
set -eu
cd "$(dirname "$0")/.."
out=$(pwd)/app/web/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$work" \
    htm@3.1.1 preact@10.4.1 d3-dispatch@3.0.1 d3-quadtree@3.0.1 d3-timer@3.0.1 d3-force@3.0.0 \
    world-atlas@2.0.2 topojson-client@3.1.0
from=$work/node_modules
mkdir -p "$out"
cp "$from/htm/preact/standalone.module.js" "$out/preact.js"
{ cat "$from/htm/LICENSE"; echo; echo "Preact (inside preact.js):"; echo; cat "$from/preact/LICENSE"; } >"$out/preact.LICENSE"
# Classic scripts one after the other: each finds the former in globalThis.d3.
for part in dispatch quadtree timer force; do cat "$from/d3-$part/dist/d3-$part.min.js"; done >"$out/d3-force.js"
cp "$from/d3-force/LICENSE" "$out/d3-force.LICENSE"
cp "$from/world-atlas/LICENSE" "$out/world.LICENSE"
node - "$from" >"$out/world.js" <<'JS'
const [from] = process.argv.slice(2);
const { feature } = require(`${from}/topojson-client`);
const atlas = require(`${from}/world-atlas/land-110m.json`);
const point = ([longitude, latitude]) => `${(longitude + 180).toFixed(1)},${(90 - latitude).toFixed(1)}`;
const shapes = feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) => geometry.coordinates);
// A ring that crosses the 180th meridian is cut there, or it would be drawn across the whole map.
const cut = (ring) => {
  const crossings = [...ring.keys()].filter((index) => index && Math.abs(ring[index][0] - ring[index - 1][0]) > 180);
  if (!crossings.length) return [ring];
  const turned = [...ring.slice(crossings[0]), ...ring.slice(1, crossings[0])];
  const starts = [0, ...crossings.slice(1).map((index) => index - crossings[0]), turned.length];
  return starts.slice(1).map((end, index) => turned.slice(starts[index], end));
};
const path = shapes.flat().flatMap(cut).map((ring) => `M${ring.map(point).join("L")}Z`).join("");
process.stdout.write(`// Natural Earth (public domain) through world-atlas; one unit is a degree, origin at 180 W 90 N.\nexport const LAND = "${path}";\n`);
JS
ls -l "$out"
