// One country: whom it met, at which level, about what, and what was undertaken.
import { html } from "../lib.js";
import { stats, useLoaded } from "../api.js";
import { country } from "../i18n.js";
import { Loaded } from "../parts.js";
import { Partners, Profile } from "../profile.js";

export default function CountryPage({ params }) {
  const code = params.get("code") ?? "";
  const filters = new URLSearchParams({ country: code });
  const partners = useLoaded(code, (options) => stats("country", filters, options));
  return html`<${Profile} key=${code} title=${country(code)} filters=${filters} promised=${new URLSearchParams({ between: code })}>
    <${Loaded} state=${partners}>${(value) => html`<${Partners} code=${code} groups=${value.groups} />`}<//><//>`;
}
