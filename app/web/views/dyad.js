// Two countries: their contacts, and what they undertook towards each other.
import { html } from "../lib.js";
import { Link, to } from "../state.js";
import { country } from "../i18n.js";
import { Profile } from "../profile.js";

export default function DyadPage({ params }) {
  const pair = (params.get("code") ?? "").split("-").slice(0, 2);
  const both = (name) => new URLSearchParams(pair.map((code) => [name, code]));
  return html`<${Profile} key=${pair.join("-")} title=${pair.map(country).join(" – ")} filters=${both("country")} promised=${both("between")}>
    <p>${pair.map((code) => html`<${Link} class="chip" params=${to("country", { code })}>${country(code)}<//> `)}</p><//>`;
}
