// The ledger of commitments: who, to whom, what, how much, by when; overdue ones are marked.
import { html } from "../lib.js";
import { Link, changed, go, to } from "../state.js";
import { all, useLoaded } from "../api.js";
import { day, t, when } from "../i18n.js";
import { Formats } from "../export.js";
import { Chosen, TOPICS, asked } from "../filters.js";
import { Countries, Empty, Loaded, Tag, amount } from "../parts.js";

const KINDS = ["agreement", "pledge", "offer", "support", "request", "reaffirmation"];
const SIZE = 100;
const MOST = 1000;

export default function Commitments({ params }) {
  const filters = asked(params);
  const most = Math.min(SIZE * Math.max(Number(params.get("pages")) || 1, 1), MOST);
  const state = useLoaded(`${filters}#${most}`, (options) =>
    all("/commitments", changed(filters, { limit: SIZE }), most, options));
  return html`<h1>${t("nav.commitments")}</h1><p>${t("ledger.intro")}</p>
    <${LedgerFilters} params=${params} filters=${filters} />
    <${Loaded} state=${state}>${({ data, more }) => data.length === 0 ? html`<${Empty} />` : html`
      <div class="export"><span>${t("export")}:</span> <${Formats} path="/commitments" filters=${filters} /></div>
      <${Ledger} rows=${data} />
      ${more && most < MOST && html`<button type="button" class="main"
        onClick=${() => go(changed(params, { pages: most / SIZE + 1 }), { replace: true })}>${t("more")}</button>`}`}<//>`;
}

function LedgerFilters({ params, filters }) {
  const set = (values) => go(changed(params, { pages: null, ...values }));
  const sent = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    set(Object.fromEntries(["q", "actor", "recipient"].map((name) => [name, form.get(name)])));
  };
  const field = (name, label, type = "text") => html`<label>${label}<input name=${name} type=${type} key=${params.toString()}
    defaultValue=${filters.get(name) ?? ""} maxlength="200" /></label>`;
  const choice = (name, label, values) => html`<label>${label}
    <select name=${name} value=${filters.get(name) ?? ""} onChange=${(event) => set({ [name]: event.target.value })}>
      <option value="">${t("any")}</option>
      ${values.map((value) => html`<option value=${value} selected=${filters.get(name) === value}>${t(`${name}.${value}`)}</option>`)}
    </select></label>`;
  return html`<form class="filters" role="search" onSubmit=${sent}>
    ${field("q", t("filter.q"), "search")} ${field("actor", t("ledger.who"))} ${field("recipient", t("ledger.to"))}
    ${choice("kind", t("ledger.kind"), KINDS)} ${choice("force", t("ledger.force"), ["undertaking", "position"])}
    ${choice("topic", t("filter.topic"), TOPICS)}
    <label class="check"><span><input type="checkbox" checked=${filters.get("has_deadline") === "true"}
      onChange=${(event) => set({ has_deadline: event.target.checked ? "true" : null })} /> ${t("ledger.due")}</span></label>
    <button type="submit" class="main">${t("search")}</button>
  </form><${Chosen} params=${params} filters=${filters} />`;
}

const HEAD = () => ["ledger.said", "ledger.who", "ledger.kind", "ledger.what", "ledger.to", "ledger.amount", "ledger.deadline"].map((key) => t(key));
const deadline = (one) => (one.deadline ? day(one.deadline.date, one.deadline.precision) : "");

function Ledger({ rows }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t("nav.commitments")}><table class="ledger">
    <thead><tr>${HEAD().map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map((one) => html`<tr key=${one.id}>
      <td><${Link} params=${to("event", { id: one.event.id })}>${when(one.event.date)}<//></td>
      <td><${Countries} codes=${one.actors} /></td><td><${Tag} kind="kind" value=${one.kind} /></td>
      <td><q>${one.text}</q></td><td><${Countries} codes=${one.recipients} /></td>
      <td>${one.amounts.map(amount).join("; ")}</td><td>${deadline(one)}</td></tr>`)}</tbody></table></div>`;
}
