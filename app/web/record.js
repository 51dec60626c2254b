// One record of an event: every value lights its words in the text.
import { html } from "./lib.js";
import { Link, to } from "./state.js";
import { country, day, t, when } from "./i18n.js";
import { Countries, Tag, amount, percent, placeOf } from "./parts.js";
import { Value } from "./evidence.js";

/** How the date was worked out: the rules that fired, and the other candidates. */
export function DateReasons({ date }) {
  if (!date) return html`<p>${t("date.open")}</p>`;
  return html`<details class="reasons" open=${date.basis !== "stated"}>
    <summary>${t(`basis.${date.basis}`)}, ${t("confidence")} ${percent(date.confidence)}</summary>
    <ul>${date.explanation.map((line) => html`<li lang="en">${line}</li>`)}</ul>
    ${date.alternatives.length > 0 && html`<p>${t("alternatives")}</p>
      <ul>${date.alternatives.map((one) => html`<li>${when({ ...date, ...one })} (${percent(one.confidence)})
        ${(one.explanation ?? []).map((line) => html`<br /><span lang="en">${line}</span>`)}</li>`)}</ul>`}
  </details>`;
}

const Row = ({ label, children }) => html`<dt>${label}</dt><dd>${children}</dd>`;

/** The name of someone who took part, with what is known. */
function Person({ one }) {
  const place = one.country ? country(one.country) : one.organization?.toUpperCase();
  const written = one.name_as_written && one.name_as_written !== one.name ? html` <span class="aside">${one.name_as_written}</span>` : "";
  return html`<b>${one.name}</b>${written}<br /><span class="aside">${[one.title, place, t(`role.${one.role}`)].filter(Boolean).join(" · ")}</span>`;
}

/** What was undertaken: by whom, to whom, how firmly, how much, by when. */
export function CommitmentLine({ one }) {
  const details = [
    ...one.amounts.map(amount),
    one.deadline && t("by_date", { date: day(one.deadline.date, one.deadline.precision) }),
    one.condition && t("on_condition", { condition: one.condition }),
  ].filter(Boolean);
  return html`<${Tag} kind="kind" value=${one.kind} /> <${Countries} codes=${one.actors} />
    ${one.recipients.length > 0 && html` → <${Countries} codes=${one.recipients} />`}: <q>${one.text}</q>
    ${details.length > 0 && html` <span class="aside">${details.join(" · ")}</span>`}`;
}

/** A record with its values; `active` and `onPoint` as in `Text`. */
export function RecordView({ record, base = "", active, onPoint }) {
  const value = (pointer, children) =>
    html`<${Value} pointer=${`${base}${pointer}`} active=${active} onPoint=${onPoint}>${children}<//>`;
  return html`<dl class="record">
    <${Row} label=${t("what")}>${value("", html`<${Tag} kind="type" value=${record.type} />`)} <${Tag} kind="status" value=${record.status} /> <${Tag} kind="mode" value=${record.mode} /><//>
    <${Row} label=${t("date")}>${value("/date", when(record.date))}<${DateReasons} date=${record.date} /><//>
    ${record.venue && html`<${Row} label=${t("venue")}>${value("/venue", placeOf(record.venue))}<//>`}
    ${record.occasion && html`<${Row} label=${t("occasion")}>${value("/occasion", record.occasion.name)}<//>`}
    <${Row} label=${t("parties")}><ul class="plain">${record.participants.map((one, index) =>
      html`<li>${value(`/participants/${index}`, html`<${Person} one=${one} />`)}</li>`)}</ul><//>
    <${Row} label=${t("commitments")}>${record.commitments.length === 0 ? t("none") :
      html`<ol class="plain commitments">${record.commitments.map((one, index) =>
        html`<li>${value(`/commitments/${index}`, html`<${CommitmentLine} one=${one} />`)}</li>`)}</ol>`}<//>
    ${record.topics.length > 0 && html`<${Row} label=${t("topics")}>${record.topics.map((topic) =>
      html`<${Link} class="tag topic" params=${to("explore", { topic })}>${t(`topic.${topic}`)}<//> `)}<//>`}
    <${Row} label=${t("codes")}><span class="aside">PLOVER ${[record.codes.plover?.type, record.codes.plover?.mode].filter(Boolean).join("/")} · CAMEO ${record.codes.cameo}</span><//>
    <${Row} label=${t("confidence")}>${percent(record.confidence)}<//>
  </dl>`;
}
