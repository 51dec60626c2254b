// How many events there were, month by month or year by year, by kind.
import { html } from "../lib.js";
import { changed, go } from "../state.js";
import { stats, useLoaded } from "../api.js";
import { day, t } from "../i18n.js";
import { Filters, TYPES, asked } from "../filters.js";
import { Bars, Legend } from "../chart.js";
import { AsTable, Empty, Loaded } from "../parts.js";
import { steps, span } from "../periods.js";

const GROUPS = ["year", "quarter", "month"];
const SHOWN = 7; // kinds with a colour of their own; the others share one

export default function Timeline({ params }) {
  const filters = asked(params);
  const by = GROUPS.includes(params.get("by")) ? params.get("by") : "year";
  const state = useLoaded(`${filters}#${by}`, (options) =>
    stats([by, "type"], filters, options));
  return html`<h1>${t("nav.timeline")}</h1><${Filters} params=${params} />
    <p role="group" aria-label=${t("step")}>${GROUPS.map((one) => html`<button type="button" class="quiet" aria-pressed=${one === by}
      onClick=${() => go(changed(params, { by: one }), { replace: true })}>${t(`step.${one}`)}</button> `)}</p>
    <${Loaded} state=${state}>${(value) => html`<${Drawn} dated=${value.groups} undated=${value.ungrouped} by=${by} params=${params} />`}<//>`;
}

function Drawn({ dated, undated, by, params }) {
  if (!dated.length) return html`<${Empty} />`;
  const totals = TYPES.map((type) => ({ type, count: sum(dated.filter((one) => one.type === type)) }));
  const kinds = totals.filter((one) => one.count).sort((one, two) => two.count - one.count).map((one) => one.type);
  const own = kinds.slice(0, SHOWN);
  const names = [...own.map((type) => t(`type.${type}`)), ...(kinds.length > SHOWN ? [t("others")] : [])];
  const bars = steps(by, dated.map((one) => one[by])).map((period) => {
    const here = dated.filter((one) => one[by] === period);
    const parts = own.map((type) => ({ name: type, value: sum(here.filter((one) => one.type === type)) }));
    parts.push({ name: "others", value: sum(here) - parts.reduce((all, one) => all + one.value, 0) });
    const [date_from, date_to] = span(by, period);
    return { label: by === "quarter" ? period : day(period), value: sum(here), parts,
      params: changed(params, { view: "explore", by: null, date_from, date_to }) };
  });
  return html`<figure><${Legend} names=${names} /><${Bars} title=${t("nav.timeline")} bars=${bars} />
    ${undated > 0 && html`<figcaption>${t("undated", { count: undated })}</figcaption>`}
    <${AsTable} name="timeline" head=${[t(`step.${by}`), ...names]}
      rows=${bars.map((bar) => [bar.label, ...bar.parts.slice(0, names.length).map((part) => part.value)])} /></figure>`;
}

const sum = (groups) => groups.reduce((total, one) => total + one.count, 0);
