// Where it happened: one circle a place, its area the number of events there.
import { html } from "../lib.js";
import { Link, changed } from "../state.js";
import { all, useLoaded } from "../api.js";
import { counted, country, t } from "../i18n.js";
import { Filters, asked } from "../filters.js";
import { AsTable, Empty, Loaded } from "../parts.js";
import { LAND } from "../vendor/world.js";

const MOST = 1000;

/** Events by place: `[{key, name, country, city, longitude, latitude, count}]`, largest first. */
export function places(events) {
  const found = new Map();
  for (const { venue } of events) {
    if (!venue || venue.latitude === null || venue.latitude === undefined) continue;
    const key = `${venue.city ?? venue.name}|${venue.country}`;
    const place = found.get(key) ?? { key, city: venue.city, name: venue.city ?? venue.name, country: venue.country,
      longitude: venue.longitude, latitude: venue.latitude, count: 0 };
    place.count += 1;
    found.set(key, place);
  }
  return [...found.values()].sort((one, two) => two.count - one.count);
}

export default function WorldMap({ params }) {
  const filters = asked(params);
  const state = useLoaded(filters.toString(), (options) => all("/events", changed(filters, { limit: 200 }), MOST, options));
  return html`<h1>${t("nav.map")}</h1><${Filters} params=${params} />
    <${Loaded} state=${state}>${({ data, more }) => html`<${Drawn} events=${data} more=${more} params=${params} />`}<//>`;
}

function Drawn({ events, more, params }) {
  const found = places(events);
  if (!found.length) return html`<${Empty} />`;
  const placed = found.reduce((total, one) => total + one.count, 0);
  const target = (place) => changed(params, { view: "explore", venue_country: place.country, venue_city: place.city });
  const label = (place) => `${place.name}, ${country(place.country ?? "")}: ${counted("events", place.count)}`;
  return html`<figure><svg class="world" viewBox="0 0 360 150" role="group" aria-label=${t("nav.map")}>
      <path class="land" d=${LAND} aria-hidden="true" />
      ${found.map((place) => html`<${Link} params=${target(place)} aria-label=${label(place)}>
        <circle cx=${place.longitude + 180} cy=${90 - place.latitude} r=${1.2 + Math.sqrt(place.count / found[0].count) * 3.5}>
          <title>${label(place)}</title></circle><//>`)}
    </svg>
    <figcaption>${more ? t("newest", { count: MOST }) : ""} ${t("unplaced", { count: events.length - placed })}</figcaption>
    <${AsTable} name="map" head=${[t("venue"), t("filter.country"), t("latitude"), t("longitude"), t("results")]}
      rows=${found.map((one) => [one.name, country(one.country ?? ""), one.latitude, one.longitude, one.count])} /></figure>`;
}
