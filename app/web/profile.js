// What is known of a country, or of two countries together, out of the events, the statistics and the commitments.
import { html } from "./lib.js";
import { Link, changed, to } from "./state.js";
import { all, get, stats, url, useLoaded } from "./api.js";
import { country, day, number, t } from "./i18n.js";
import { Bars, Legend } from "./chart.js";
import { AsTable, Empty, EventCard, Loaded, When } from "./parts.js";
import { CommitmentLine } from "./record.js";
import { span, steps } from "./periods.js";

const LEVELS = ["head_of_state", "head_of_government", "minister", "ambassador", "envoy", "legislature", "party", "other"];
const FEW = 5;

const newest = (filters, more, options) => get(url("/events", changed(filters, { limit: 1, ...more })), options);

/** All that a profile shows of the events that `filters` find. */
async function load(filters, promised, options) {
  const [levels, topics, last, next, recent, commitments, years] = await Promise.all([
    Promise.all(LEVELS.map(async (level) => (await stats("year", changed(filters, { level }), options)).groups)),
    stats("topic", filters, options),
    newest(filters, { status: "occurred" }, options),
    newest(filters, { status: "planned", sort: "-date" }, options),
    get(url("/events", changed(filters, { limit: FEW })), options),
    all("/commitments", changed(promised, { limit: FEW * 2 }), FEW * 2, options),
    stats("year", filters, options),
  ]);
  return { levels, topics: topics.groups, total: years.total, last: last.data[0], next: next.data[0], recent: recent.data, commitments: commitments.data };
}

/**
 * @param {{title, filters: URLSearchParams, promised: URLSearchParams, children}} props `filters` finds its events,
 *   `promised` its commitments; `children` stand below the figures.
 */
export function Profile({ title, filters, promised, children }) {
  const state = useLoaded(`${filters}`, (options) => load(filters, promised, options));
  return html`<h1>${title}</h1><${Loaded} state=${state}>${(found) => html`
    <${Figures} found=${found} />${children}
    <section><h2>${t("country.over_time")}</h2><${OverTime} found=${found} filters=${filters} /></section>
    <section><h2>${t("country.topics")}</h2><${Topics} topics=${found.topics} filters=${filters} /></section>
    <section><h2>${t("dyad.commitments")}</h2>${found.commitments.length === 0 ? html`<${Empty}>${t("none")}<//>` : html`
      <ol class="plain commitments">${found.commitments.map((one) => html`<li>
        <${Link} params=${to("event", { id: one.event.id })}>${one.event.date ? day(one.event.date.start, one.event.date.precision) : t("date.none")}<//>:
        ${" "}<${CommitmentLine} one=${one} /></li>`)}</ol>`}</section>
    <section><h2>${t("country.events")}</h2>${found.recent.map((one) => html`<${EventCard} event=${one} />`)}
      <${Link} params=${changed(filters, { view: "explore" })}>${t("more")}<//></section>`}<//>`;
}

function Figures({ found }) {
  const event = (one) => one ? html`<${Link} params=${to("event", { id: one.id })}><${When} date=${one.date} /><//>` : t("country.none");
  return html`<dl class="figures"><div><dt>${t("country.total")}</dt><dd>${number(found.total)}</dd></div>
    <div><dt>${t("country.last")}</dt><dd>${event(found.last)}</dd></div>
    <div><dt>${t("country.next")}</dt><dd>${event(found.next)}</dd></div></dl>`;
}

function OverTime({ found, filters }) {
  const years = found.levels.flat().map((one) => one.year);
  if (!years.length) return html`<${Empty}>${t("none")}<//>`;
  const count = (level, year) => found.levels[level].find((one) => one.year === year)?.count ?? 0;
  const names = LEVELS.map((level) => t(`level.${level}`));
  const bars = steps("year", years).map((year) => {
    const parts = LEVELS.map((name, level) => ({ name, value: count(level, year) }));
    const [date_from, date_to] = span("year", year);
    return { label: year, parts, value: parts.reduce((sum, one) => sum + one.value, 0),
      params: changed(filters, { view: "explore", date_from, date_to }) };
  });
  return html`<figure><${Legend} names=${names} /><${Bars} title=${t("country.over_time")} bars=${bars} />
    <${AsTable} name="levels" head=${[t("step.year"), ...names]} rows=${bars.map((bar) => [bar.label, ...bar.parts.map((part) => part.value)])} /></figure>`;
}

function Topics({ topics, filters }) {
  const known = [...topics].sort((one, two) => two.count - one.count);
  const most = known[0]?.count ?? 1;
  return html`<ul class="shares">${known.map((one) => html`<li>
    <${Link} params=${changed(filters, { view: "explore", topic: one.topic })}>${t(`topic.${one.topic}`)}<//>
    <meter min="0" max=${most} value=${one.count} aria-label=${t(`topic.${one.topic}`)}></meter> ${one.count}</li>`)}</ul>
    <${AsTable} name="topics" head=${[t("filter.topic"), t("results")]} rows=${known.map((one) => [t(`topic.${one.topic}`), one.count])} />`;
}

/** The countries most often met: links to the pages of both together. */
export function Partners({ code, groups }) {
  const others = groups.filter((one) => one.country !== code).sort((one, two) => two.count - one.count);
  return html`<section><h2>${t("country.partners")}</h2><p class="chosen">${others.slice(0, 20).map((one) => html`
    <${Link} class="chip" params=${to("dyad", { code: `${code}-${one.country}` })}>${country(one.country)} ${one.count}<//>`)}</p></section>`;
}
