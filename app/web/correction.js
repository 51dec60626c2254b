// The history of an event, and the form with which people who hold a key correct it. On this machine no key is needed.
import { html, useState } from "./lib.js";
import { get, send, url, useLoaded } from "./api.js";
import { t } from "./i18n.js";
import { TYPES } from "./filters.js";
import { Failure, Loaded, who } from "./parts.js";

const STATUSES = ["occurred", "planned", "cancelled"];
const UNDATED = { precision: "day", basis: "inferred", confidence: 1, explanation: ["Set by hand."], alternatives: [], evidence: [] };
const PLACELESS = { name: null, latitude: null, longitude: null, place_id: null, evidence: [] };

const text = (name, label, value = "") => html`<label>${label}<input name=${name} type="text" required defaultValue=${value} maxlength="300" /></label>`;
const choice = (name, label, values, kind, value) => html`<label>${label}<select name=${name}>
  ${values.map((one) => html`<option value=${one} selected=${one === value}>${t(`${kind}.${one}`)}</option>`)}</select></label>`;

/** What can be corrected: the field it is asked with, and the correction that the answer makes. */
function kinds(event) {
  const set = (pointer, value) => ({ action: "set", pointer, value });
  const hide = (pointer, label) => ({ label, draw: () => null, make: () => ({ action: "hide", pointer }) });
  const long = (words) => (words.length > 60 ? `${words.slice(0, 60)}…` : words);
  return {
    title: { label: t("correct.title"), draw: () => text("value", t("correct.value"), event.title), make: (form) => set("/title", form.get("value")) },
    type: { label: t("what"), draw: () => choice("value", t("correct.value"), TYPES, "type", event.type), make: (form) => set("/type", form.get("value")) },
    status: { label: t("status"), draw: () => choice("value", t("correct.value"), STATUSES, "status", event.status), make: (form) => set("/status", form.get("value")) },
    date: {
      label: t("date"),
      draw: () => ["start", "end"].map((name) => html`<label>${t(`correct.${name}`)}<input name=${name} type="date" required defaultValue=${event.date?.[name] ?? ""} /></label>`),
      make: (form) => set("/date", { ...(event.date ? { precision: "day", confidence: 1, alternatives: [] } : UNDATED), start: form.get("start"), end: form.get("end") }),
    },
    venue: {
      label: t("venue"),
      draw: () => [text("city", t("filter.venue_city"), event.venue?.city ?? ""), text("country", t("correct.country"), event.venue?.country ?? "")],
      make: (form) => set("/venue", { ...PLACELESS, city: form.get("city"), country: form.get("country").toUpperCase() }),
    },
    ...Object.fromEntries(event.participants.map((one, index) => [`participant-${index}`, hide(`/participants/${index}`, t("correct.hide", { what: long(who(one)) }))])),
    ...Object.fromEntries(event.commitments.map((one, index) => [`commitment-${index}`, hide(`/commitments/${index}`, t("correct.hide", { what: long(one.text) }))])),
    event: hide("", t("correct.hide_event")),
  };
}

const KEPT = { by: "dragoman.by", key: "dragoman.key" };
const remembered = (name) => {
  try {
    return sessionStorage.getItem(KEPT[name]) ?? "";
  } catch {
    return ""; // storage may be forbidden
  }
};

function remember(form) {
  try {
    for (const name of Object.keys(KEPT)) sessionStorage.setItem(KEPT[name], form.get(name));
  } catch {
    // as above
  }
}

const signed = (form) => (form.get("key") ? { authorization: `Bearer ${form.get("key")}` } : {});

const Signature = () => html`
  <label>${t("correct.who")}<input name="by" required maxlength="100" defaultValue=${remembered("by")} autocomplete="name" /></label>
  <label>${t("correct.why")}<input name="why" required maxlength="1000" /></label>
  <label>${t("correct.key")}<input name="key" type="password" defaultValue=${remembered("key")} autocomplete="off" /></label>`;

/** A form that sends something signed, and says what went wrong. */
function Signed({ children, label, submit }) {
  const [state, set] = useState({});
  const sent = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    remember(form);
    set({ busy: true });
    try {
      await submit(form);
      set({});
    } catch (error) {
      set({ error });
    }
  };
  return html`<form class="correct" onSubmit=${sent}>${children}<${Signature} />
    <button type="submit" class="main" disabled=${state.busy}>${label}</button>
    ${state.error && html`<${Failure} error=${state.error} />`}</form>`;
}

/** The form. `onSaved` is called when the event is another. What it starts from is the record itself, not its display in another language. */
export function Correction({ event, onSaved }) {
  const [chosen, choose] = useState("title");
  const state = useLoaded(event.id, (options) => get(url(`/events/${event.id}/revisions`), options));
  const choices = kinds(state.value?.data[0].event ?? event);
  const submit = async (form) => {
    const body = { ...choices[chosen].make(form), by: form.get("by"), why: form.get("why") };
    const seen = { "if-match": `"${state.value.data[0].number}"` };
    await send("POST", url(`/events/${event.id}/corrections`), body, { ...signed(form), ...seen });
    onSaved();
  };
  return html`<details class="card"><summary>${t("correct")}</summary><p>${t("correct.intro")}</p>
    <${Loaded} state=${state}>${() => html`<${Signed} label=${t("correct.send")} submit=${submit}>
      <label>${t("correct.field")}<select value=${chosen} onChange=${(change) => choose(change.target.value)}>
        ${Object.entries(choices).map(([name, { label }]) => html`<option value=${name} selected=${name === chosen}>${label}</option>`)}
      </select></label>${choices[chosen].draw()}<//>`}<//></details>`;
}

/** What the event was before and why it changed, and the corrections with a way to take each back. */
export function History({ event, onSaved }) {
  const state = useLoaded(event.id, async (options) => Promise.all(["revisions", "corrections"].map(async (what) =>
    (await get(url(`/events/${event.id}/${what}`), options)).data)));
  return html`<details class="card"><summary>${t("event.revisions")}</summary>
    <${Loaded} state=${state}>${([revisions, corrections]) => html`
      <ol class="plain">${revisions.map((one) => html`<li><b>${one.number}</b> <time datetime=${one.since}>${one.since}</time>
        ${one.cause && html` → ${one.cause}`}<br /><span class="aside">${one.event.title}</span></li>`)}</ol>
      ${corrections.length === 0 ? html`<p>${t("event.no_revisions")}</p>` : html`<ul class="plain corrections">
        ${corrections.map((one) => html`<${Made} key=${one.id} event=${event} made=${one} onSaved=${onSaved} />`)}</ul>`}`}<//></details>`;
}

function Made({ event, made, onSaved }) {
  const back = async (form) => {
    const asked = new URLSearchParams({ by: form.get("by"), why: form.get("why") });
    await send("DELETE", url(`/events/${event.id}/corrections/${made.id}`, asked), undefined, signed(form));
    onSaved();
  };
  return html`<li><b>${made.by}</b>: <q>${made.why}</q> <span class="aside">${made.what.action} ${made.what.field} · ${made.at}</span>
    ${made.reverted_at ? html`<br /><span class="aside">${t("correct.reverted")} ${made.reverted_by}: ${made.reverted_why}</span>`
      : html`<details><summary>${t("correct.revert")}</summary><${Signed} label=${t("correct.revert")} submit=${back} /></details>`}</li>`;
}
