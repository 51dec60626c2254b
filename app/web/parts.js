// Small pieces that several views are made of.
import { html, useState } from "./lib.js";
import { Link, to } from "./state.js";
import { counted, country, t, when } from "./i18n.js";

export const Waiting = () => html`<p class="waiting" role="status">${t("waiting")}</p>`;

export const Failure = ({ error }) => html`<p class="failure" role="alert"><b>${t("failure")}</b> ${error.message}</p>`;

export const Empty = ({ children }) => html`<p class="empty">${children ?? t("empty")}</p>`;

/** Waits, says what failed, or draws the value; one that is being loaded anew is paler until the new one is there. */
export function Loaded({ state, children }) {
  if (state.error && !state.busy) return html`<${Failure} error=${state.error} />`;
  if (state.value === undefined) return html`<${Waiting} />`;
  return html`<div class="loaded" aria-busy=${state.busy}>${children(state.value)}</div>`;
}

/** Links to the pages of countries. */
export const Countries = ({ codes }) =>
  codes.map((code, index) => html`${index ? ", " : ""}${/^[A-Z]{2}$/.test(code)
    ? html`<${Link} params=${to("country", { code })}>${country(code)}<//>`
    : country(code)}`);

export const Tag = ({ kind, value }) => html`<span class=${`tag ${kind}`}>${t(`${kind}.${value}`)}</span>`;

/** The date of an event, with how sure it is where it is not written in full. */
export function When({ date }) {
  const sure = date && date.basis !== "stated" ? ` · ${t(`basis.${date.basis}`)} ${percent(date.confidence)}` : "";
  return html`<time datetime=${date?.start}>${when(date)}</time>${sure && html`<span class="aside">${sure}</span>`}`;
}

export const percent = (value) => `${Math.round(value * 100)} %`;

/** One line that says who someone is. */
export const who = (one) => [one.title, one.name].filter(Boolean).join(" ");

export const placeOf = (venue) =>
  venue && [...new Set([venue.name, venue.city, venue.country && country(venue.country)])].filter(Boolean).join(", ");

const UNITS = { "%": (value) => `${value} %` };

/** An amount as the page's language writes it. */
export function amount({ value, unit, approximate }) {
  const text = UNITS[unit]?.(value) ?? `${new Intl.NumberFormat(document.documentElement.lang).format(value)} ${unit ?? ""}`;
  return `${approximate ? "≈ " : ""}${text}`.trim();
}

/** An event on a list. */
export function EventCard({ event }) {
  const parties = event.participants.filter((one) => one.name);
  return html`<article class="card">
    <h3><${Link} params=${to("event", { id: event.id })}>${event.title}<//></h3>
    <p class="meta"><${When} date=${event.date} /> <${Tag} kind="type" value=${event.type} />
      ${event.status !== "occurred" && html`<${Tag} kind="status" value=${event.status} />`}
      ${sources(event) > 1 && html`<span class="tag sources">${counted("sources", sources(event))}</span>`}</p>
    <dl>
      <dt>${t("parties")}</dt><dd>${parties.map(who).join("; ") || "—"} (<${Countries} codes=${event.countries} />)</dd>
      ${placeOf(event.venue) && html`<dt>${t("venue")}</dt><dd>${placeOf(event.venue)}</dd>`}
      ${event.commitments.length > 0 && html`<dt>${t("commitments")}</dt>
        <dd>${event.commitments.length}: <q>${event.commitments[0].text}</q></dd>`}
    </dl>
  </article>`;
}

/** How many reports an event has. */
export const sources = (event) => event.readouts?.length ?? 1;

/** A button that copies, and says that it did. */
export function Copy({ label, text }) {
  const [done, set] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    set(true);
    setTimeout(set, 2000, false);
  };
  return html`<button type="button" onClick=${copy} aria-live="polite">${done ? t("copied") : label}</button>`;
}

/** Rows as a CSV file that a spreadsheet opens; a cell that would be a formula is written as text. */
export function Download({ name, head, rows }) {
  const save = () => {
    const lines = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", lines], { type: "text/csv" }));
    link.download = `${name}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return html`<button type="button" onClick=${save}>${t("download")}</button>`;
}

function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What a picture shows, as a table: for screen readers, keyboards and copying. */
export function AsTable({ name, head, rows }) {
  return html`<details class="as-table"><summary>${t("as_table")}</summary>
    <${Download} name=${name} head=${head} rows=${rows} />
    <div class="scroll" tabindex="0"><table><thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((one) => html`<td>${one}</td>`)}</tr>`)}</tbody></table></div>
  </details>`;
}
