// Who meets whom: people, or countries, joined where they took part in the same event.
import { html, useEffect, useMemo, useState } from "../lib.js";
import { Link, changed, go, to } from "../state.js";
import { all, useLoaded } from "../api.js";
import { counted, country, t } from "../i18n.js";
import { Filters, asked } from "../filters.js";
import { AsTable, Empty, Loaded, Waiting } from "../parts.js";

const MOST = 1000;
const NODES = 40; // more cannot be read
const WIDTH = 900;
const HEIGHT = 560;

const MEMBERS = {
  person: (event) => event.participants.filter((one) => one.kind === "person")
    .map((one) => ({ id: one.actor_id ?? one.name, name: one.name, country: one.country })),
  country: (event) => event.countries.map((code) => ({ id: code, name: country(code), country: code })),
};

/** The busiest actors and how often each two of them took part together. */
export function network(events, by) {
  const nodes = new Map();
  const links = new Map();
  for (const event of events) {
    const members = [...new Map(MEMBERS[by](event).map((one) => [one.id, one])).values()];
    for (const one of members) nodes.set(one.id, { ...one, count: (nodes.get(one.id)?.count ?? 0) + 1 });
    for (const [index, one] of members.entries()) {
      for (const two of members.slice(index + 1)) {
        const ends = [one.id, two.id].sort();
        const key = ends.join("|");
        links.set(key, { ends, count: (links.get(key)?.count ?? 0) + 1 });
      }
    }
  }
  const shown = [...nodes.values()].sort((one, two) => two.count - one.count || (one.id < two.id ? -1 : 1)).slice(0, NODES);
  const ids = new Set(shown.map((one) => one.id));
  const kept = [...links.values()].filter(({ ends }) => ends.every((end) => ids.has(end)));
  return { nodes: shown, links: kept.sort((one, two) => two.count - one.count), left: nodes.size - shown.length };
}

/** Places of the nodes: the same each time, since the layout starts from the same places and uses no chance. */
async function layout({ nodes, links }) {
  await import("../vendor/d3-force.js");
  const d3 = globalThis.d3;
  const placed = nodes.map((one) => ({ ...one }));
  const joined = links.map(({ ends, count }) => ({ source: ends[0], target: ends[1], count }));
  d3.forceSimulation(placed)
    .force("link", d3.forceLink(joined).id((one) => one.id).distance(110).strength(0.4))
    .force("charge", d3.forceManyBody().strength(-420))
    .force("collide", d3.forceCollide(34))
    .force("x", d3.forceX(WIDTH / 2).strength(0.06))
    .force("y", d3.forceY(HEIGHT / 2).strength(0.1))
    .stop()
    .tick(300);
  for (const one of placed) {
    one.x = Math.min(Math.max(one.x, 70), WIDTH - 70);
    one.y = Math.min(Math.max(one.y, 24), HEIGHT - 28);
  }
  return { placed, joined };
}

export default function Network({ params }) {
  const filters = asked(params);
  const by = params.get("by") === "country" ? "country" : "person";
  const state = useLoaded(filters.toString(), (options) => all("/events", changed(filters, { limit: 200 }), MOST, options));
  return html`<h1>${t("nav.network")}</h1><${Filters} params=${params} />
    <p role="group" aria-label=${t("network.of")}>${Object.keys(MEMBERS).map((one) => html`<button type="button" class="quiet"
      aria-pressed=${one === by} onClick=${() => go(changed(params, { by: one }), { replace: true })}>${t(`network.${one}`)}</button> `)}</p>
    <${Loaded} state=${state}>${({ data, more }) => html`<${Drawn} events=${data} more=${more} by=${by} />`}<//>`;
}

function Drawn({ events, more, by }) {
  const graph = useMemo(() => network(events, by), [events, by]);
  const [drawn, set] = useState(null);
  useEffect(() => {
    let gone = false;
    layout(graph).then((value) => gone || set(value));
    return () => {
      gone = true;
    };
  }, [graph]);
  if (!graph.nodes.length) return html`<${Empty} />`;
  if (!drawn) return html`<${Waiting} />`;
  const name = (id) => graph.nodes.find((one) => one.id === id).name;
  const most = graph.nodes[0].count;
  return html`<figure><svg class="network" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label=${t("nav.network")}>
      ${drawn.joined.map((link) => html`<line x1=${link.source.x} y1=${link.source.y} x2=${link.target.x} y2=${link.target.y}
        stroke-width=${1 + Math.sqrt(link.count)}><title>${`${link.source.name} – ${link.target.name}: ${link.count}`}</title></line>`)}
      ${drawn.placed.map((one) => html`<${Link} params=${target(one, by)} aria-label=${`${one.name}: ${counted("events", one.count)}`}>
        <circle cx=${one.x} cy=${one.y} r=${5 + Math.sqrt(one.count / most) * 9} />
        <text x=${one.x} y=${one.y + 24}>${one.name}</text><//>`)}
    </svg>
    <figcaption>${more ? t("newest", { count: MOST }) : ""} ${graph.left ? t("network.left", { count: graph.left }) : ""}</figcaption>
    <${AsTable} name="network" head=${[t("network.one"), t("network.two"), t("results")]}
      rows=${graph.links.map(({ ends, count }) => [name(ends[0]), name(ends[1]), count])} /></figure>`;
}

const target = (one, by) => (by === "country" ? to("country", { code: one.id }) : to("explore", { participant: one.id }));
