// The filters that the views of many events share: a form whose state is the address.
import { html, useEffect, useState } from "./lib.js";
import { Link, changed, go } from "./state.js";
import { country, languageName, t } from "./i18n.js";
import { stats, useLoaded } from "./api.js";

export const TYPES = ["meeting", "phone_call", "video_call", "visit", "conference", "negotiation", "mediation", "signing",
  "statement", "message", "credentials", "recognition", "aid", "protest", "sanction", "expulsion", "recall", "severance",
  "rejection"];
export const TOPICS = ["bilateral_relations", "multilateral", "defence", "security", "conflict", "arms_control", "maritime",
  "territory", "human_rights", "law", "economy", "trade", "investment", "finance", "development_aid", "agriculture",
  "energy", "climate", "environment", "health", "education", "science_technology", "digital", "infrastructure", "labour",
  "migration", "consular", "tourism", "culture", "people_to_people", "war_legacy", "disasters", "space"];
const OURS = ["view", "id", "code", "pages", "by"];

/** What of the address the API is asked: all but the page's own parameters. */
export const asked = (params) => changed(params, Object.fromEntries(OURS.map((name) => [name, null])));

/** The facets shown beside results: what the statistics group by, the filter that a value sets, and how it is read. */
const FACETS = [
  { by: "country", filter: "country", label: country },
  { by: "dyad", filter: "country", title: "dyad", label: (value) => value.split("-").map(country).join(" – "), values: (value) => value.split("-") },
  { by: "type", filter: "type", label: (value) => t(`type.${value}`) },
  { by: "topic", filter: "topic", label: (value) => t(`topic.${value}`) },
  { by: "language", filter: "language", label: languageName },
  { by: "publisher", filter: "publisher", label: (value) => value },
];

/** Search box and fields; typed ones count when they are left or sent, chosen ones at once. */
export function Filters({ params }) {
  const filters = asked(params);
  const set = (values) => go(changed(params, { pages: null, ...values }));
  const sent = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    set({ q: form.get("q"), country: form.get("country").split(",").map((one) => one.trim()).filter(Boolean),
          participant: form.get("participant") });
  };
  const field = (name, type, extra = {}) => html`<label>${t(`filter.${name}`)}
    <input name=${name} type=${type} key=${params.toString()} defaultValue=${filters.getAll(name).join(", ")}
      onChange=${type === "date" ? (event) => set({ [name]: event.target.value }) : undefined} ...${extra} /></label>`;
  const choice = (name, values) => html`<label>${t(`filter.${name}`)}
    <select name=${name} value=${filters.get(name) ?? ""} onChange=${(event) => set({ [name]: event.target.value })}>
      <option value="">${t("any")}</option>
      ${values.map((value) => html`<option value=${value} selected=${filters.get(name) === value}>${t(`${name}.${value}`)}</option>`)}
    </select></label>`;
  return html`<form class="filters" role="search" onSubmit=${sent}>
    ${field("q", "search", { placeholder: t("filter.q.example"), class: "wide", maxlength: 200 })}
    ${field("country", "text", { placeholder: "US, Việt Nam, 中国" })}
    ${field("participant", "text", { placeholder: t("filter.participant.example") })}
    ${choice("type", TYPES)} ${choice("topic", TOPICS)}
    ${field("date_from", "date")} ${field("date_to", "date")}
    <button type="submit" class="main">${t("search")}</button>
  </form><${Chosen} params=${params} filters=${filters} />`;
}

function shown(name, value) {
  const label = FACETS.find((one) => one.filter === name)?.label;
  return `${t(`filter.${name}`)}: ${label ? label(value) : value}`;
}

/** The filters that are set, each a link that takes it away. */
export function Chosen({ params, filters }) {
  const pairs = [...filters];
  if (!pairs.length) return null;
  const without = (name, value) => changed(params, {
    [name]: filters.getAll(name).filter((one) => one !== value), pages: null });
  return html`<p class="chosen">${pairs.map(([name, value]) => html`<${Link} class="chip" params=${without(name, value)}>
      ${shown(name, value)} <span aria-hidden="true">✕</span><span class="hidden">${t("remove")}</span><//>`)}
    <${Link} params=${changed(new URLSearchParams(), { view: params.get("view") })}>${t("clear")}<//></p>`;
}

/** How many of the results there are of each kind; a click narrows to it. */
export function Facets({ params }) {
  const filters = asked(params);
  const state = useLoaded(filters.toString(), async (options) => Promise.all(FACETS.map(async ({ by }) =>
    (await stats(by, filters, options)).groups)));
  if (!state.value) return null;
  return html`<aside class="facets" aria-label=${t("facets")} aria-busy=${state.busy}>
    ${FACETS.map((facet, index) => html`<${Facet} ...${facet} groups=${state.value[index]} params=${params} />`)}
  </aside>`;
}

const FEW = 8;

function Facet({ by, filter, label, groups, params, title = filter, values = (value) => [value] }) {
  const [open, set] = useState(false);
  useEffect(() => set(false), [groups]);
  const known = [...groups].sort((one, two) => two.count - one.count);
  if (!known.length) return null;
  const active = params.getAll(filter);
  const isActive = (value) => values(value).every((one) => active.includes(one));
  // Countries add up, a pair replaces them, of everything else there is one at a time.
  const chosen = (value) => (by === "country" ? [...active, value] : values(value));
  const target = (value) => changed(params, { pages: null,
    [filter]: isActive(value) ? active.filter((one) => !values(value).includes(one)) : chosen(value) });
  return html`<section><h2>${t(`filter.${title}`)}</h2><ul>
    ${known.slice(0, open ? undefined : FEW).map((one) => html`<li>
      <${Link} params=${target(one[by])} aria-current=${isActive(one[by]) ? "true" : undefined}>
        ${label(one[by])} <span class="count">${one.count}</span><//></li>`)}</ul>
    ${known.length > FEW && html`<button type="button" class="quiet" aria-expanded=${open} onClick=${() => set(!open)}>
      ${open ? t("fewer") : t("more_of", { count: known.length - FEW })}</button>`}
  </section>`;
}
