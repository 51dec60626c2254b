// What each source said of one event, side by side: a column a readout, a row a value; what only one says stands out.
import { html } from "./lib.js";
import { languageName, t, when } from "./i18n.js";
import { Tag, placeOf, who } from "./parts.js";
import { CommitmentLine } from "./record.js";

/** Who published an article, and in which language. */
export const outlet = (article) => `${article.publisher ?? article.source} (${languageName(article.language)})`;

const SHOWN = {
  date: (value) => when(value),
  venue: (value) => placeOf(value) || t("none"),
  occasion: (value) => value?.name ?? value ?? t("none"),
  type: (value) => html`<${Tag} kind="type" value=${value} />`,
  status: (value) => html`<${Tag} kind="status" value=${value} />`,
  mode: (value) => (value ? html`<${Tag} kind="mode" value=${value} />` : t("none")),
};
const FIELDS = ["type", "status", "date", "venue", "occasion", "mode"];
const LABELS = { type: "what", status: "status", mode: "mode", date: "date", venue: "venue", occasion: "occasion" };

/** One row a field: the value on which all agree, or what each says. */
function fieldRows(event) {
  return FIELDS.map((field) => {
    const claims = (event.claims ?? []).filter((one) => one.field === field);
    const cells = event.readouts.map(({ id }) => {
      const said = claims.find((one) => one.readouts.includes(id));
      if (claims.length && !said) return "—";
      return SHOWN[field](said ? said.value : event[field]);
    });
    return { label: t(LABELS[field]), cells, differs: claims.length > 0 };
  }).filter((row, index) => row.differs || event[FIELDS[index]]);
}

/** One row a participant or commitment: who says it. Without a list of readouts all do. */
const saidBy = (one, readouts) => readouts.map(({ id }) => !one.readouts?.length || one.readouts.includes(id));

const Cell = ({ said }) => html`<td class=${said ? "said" : "unsaid"}>
  <span aria-hidden="true">${said ? "✓" : "—"}</span><span class="hidden">${t(said ? "event.said" : "event.unsaid")}</span></td>`;

function ClaimRow({ label, one, readouts }) {
  const cells = saidBy(one, readouts);
  const only = readouts.length > 1 && cells.filter(Boolean).length === 1;
  return html`<tr class=${only ? "only" : ""}><th scope="row">${label}${only && html` <span class="tag only">${t("event.only")}</span>`}</th>
    ${cells.map((said) => html`<${Cell} said=${said} />`)}</tr>`;
}

/** The comparison of all readouts of an event. */
export function Comparison({ event }) {
  const { readouts } = event;
  const group = (title) => html`<tr><th scope="rowgroup" colspan=${readouts.length + 1}>${title}</th></tr>`;
  return html`<section><h2 id="readouts">${t("event.readouts")}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="readouts"><table class="comparison">
      <thead><tr><td></td>${readouts.map(({ article, copy_of }) => html`<th scope="col">
        <span lang=${article.language}>${article.headline ?? ""}</span><br /><span class="aside">${outlet(article)}
        ${copy_of ? ` · ${t("event.copy")}` : ""}</span></th>`)}</tr></thead>
      <tbody>${fieldRows(event).map((row) => html`<tr class=${row.differs ? "differs" : ""}><th scope="row">${row.label}</th>
        ${row.cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
      <tbody>${group(t("parties"))}${event.participants.map((one) => html`<${ClaimRow} label=${who(one)} one=${one} readouts=${readouts} />`)}</tbody>
      ${event.commitments.length > 0 && html`<tbody>${group(t("commitments"))}${event.commitments.map((one) => html`
        <${ClaimRow} label=${html`<${CommitmentLine} one=${one} />`} one=${one} readouts=${readouts} />`)}</tbody>`}
    </table></div></section>`;
}
