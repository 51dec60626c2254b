// Search, facets and the list of events.
import { html, useEffect, useRef, useState } from "../lib.js";
import { changed, go } from "../state.js";
import { get, local, url, useLoaded } from "../api.js";
import { t } from "../i18n.js";
import { Facets, Filters, asked } from "../filters.js";
import { Export } from "../export.js";
import { Fresh } from "../fresh.js";
import { Empty, EventCard, Failure, Waiting } from "../parts.js";

const SIZE = 20;
const MOST = 50; // pages that one address shows; beyond that, narrow the search

/** The first so many pages; those already here are not asked for again within a round. */
function usePages(filters, count, round) {
  const held = useRef({ key: null, pages: [] });
  const key = `${filters}#${round}`;
  return useLoaded(`${key}#${count}`, async (options) => {
    if (held.current.key !== key) held.current = { key, pages: [] };
    const { pages } = held.current;
    let next = pages.length ? pages.at(-1).next : url("/events", changed(filters, { limit: SIZE }));
    while (pages.length < count && next) {
      const page = await get(local(next), options);
      if (held.current.pages !== pages) break;
      pages.push(page);
      next = page.next;
    }
    return { key, pages: pages.slice(0, count) };
  });
}

/** Calls `reach` when its place comes into view. */
function End({ reach, children }) {
  const place = useRef(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => entry.isIntersecting && reach(), { rootMargin: "200px" });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [reach]);
  return html`<div ref=${place}>${children}</div>`;
}

export default function Explore({ params }) {
  const filters = asked(params);
  const [round, again] = useState(0);
  const results = useRef(null);
  const count = Math.min(Math.max(Number(params.get("pages")) || 1, 1), MOST);
  const state = usePages(filters, count, round);
  const pages = state.value?.key === `${filters}#${round}` ? state.value.pages : [];
  const events = pages.flatMap((page) => page.data);
  const more = () => state.busy || go(changed(params, { pages: pages.length + 1 }), { replace: true });
  const fresh = () => {
    go(changed(params, { pages: null }), { replace: true });
    again(round + 1);
    results.current.focus();
  };
  return html`<h1 class="hidden">${t("nav.explore")}</h1>
    <${Filters} params=${params} />
    <div class="with-facets">
      <${Facets} params=${params} />
      <section ref=${results} tabindex="-1" aria-label=${t("results")} aria-busy=${state.busy}>
        <${Fresh} filters=${filters} round=${round} show=${fresh} />
        <${Export} filters=${filters} />
        ${state.error && html`<${Failure} error=${state.error} />`}
        ${events.map((event) => html`<${EventCard} key=${event.id} event=${event} />`)}
        ${!state.busy && !state.error && !events.length && html`<${Empty} />`}
        ${state.busy && html`<${Waiting} />`}
        ${pages.at(-1)?.next && pages.length < MOST && html`<${End} key=${pages.length} reach=${more}>
          <button type="button" class="main" onClick=${more}>${t("more")}</button><//>`}
      </section>
    </div>`;
}
