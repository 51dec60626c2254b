// The current view in every format, and as a request in three languages.
import { html } from "./lib.js";
import { changed } from "./state.js";
import { url } from "./api.js";
import { t } from "./i18n.js";
import { Copy } from "./parts.js";

const FORMATS = { json: "JSON", csv: "CSV", ndjson: "NDJSON", parquet: "Parquet" };
const OF_EVENTS = { geojson: "GeoJSON", ics: "iCalendar", atom: "Atom", icews: "CAMEO" };

const server = (path) => new URL(path, document.baseURI.split("?")[0]).href;
const pairs = (filters) => [...new Set(filters.keys())].map((name) => [name, filters.getAll(name)]);
const quoted = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
const address = (filters) => new URL(url("/events", filters), document.baseURI).href;

const CODE = {
  curl: (filters) => `curl '${address(filters).replaceAll("'", "%27")}'`,
  Python: (filters) => [
    "import httpx",
    "",
    `params = {${pairs(filters).map(([name, values]) => `${quoted(name)}: [${values.map(quoted).join(", ")}]`).join(", ")}}`,
    `page = httpx.get(${quoted(server("events"))}, params=params).raise_for_status().json()`,
    'for event in page["data"]:',
    '    print(event["date"] and event["date"]["start"], event["title"])',
  ].join("\n"),
  TypeScript: (filters) => [
    'import createClient from "openapi-fetch";',
    'import type { paths } from "./dragoman"; // npx openapi-typescript openapi.json -o dragoman.d.ts',
    "",
    `const client = createClient<paths>({ baseUrl: ${quoted(server(""))} });`,
    `const query = {${pairs(filters).map(([name, values]) => `${name}: ${LISTS.has(name) ? `[${values.map(quoted).join(", ")}]` : quoted(values[0])}`).join(", ")}};`,
    'const { data, error } = await client.GET("/events", { params: { query } });',
    "if (error) throw error;",
    "for (const event of data.data) console.log(event.date?.start, event.title);",
  ].join("\n"),
};
const LISTS = new Set(["country", "country_any", "type", "participant", "topic", "language", "publisher"]);

/** Links to a list in each format. */
export const Formats = ({ path, filters, formats = FORMATS }) => Object.entries(formats).map(([format, name]) =>
  html`<a href=${url(path, changed(filters, { format }))}>${name}</a> `);

/** The events of the current view in every format, and buttons that copy the request. */
export function Export({ filters }) {
  return html`<div class="export" role="group" aria-label=${t("export")}>
    <span>${t("export")}:</span> <${Formats} path="/events" filters=${filters} formats=${{ ...FORMATS, ...OF_EVENTS }} />
    ${Object.entries(CODE).map(([name, text]) => html`<${Copy} label=${t("copy_as", { name })} text=${() => text(filters)} />`)}
  </div>`;
}
