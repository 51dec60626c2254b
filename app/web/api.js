// Asks the public API, as any other client would.
import { useEffect, useState } from "./lib.js";
import { language } from "./i18n.js";

/** What the API answered instead of what was asked for: a problem of RFC 9457. */
export class Problem extends Error {
  constructor(status, body) {
    const said = [body.detail ?? body.title, ...(body.errors ?? []).map((one) => one.hint)];
    super(said.filter(Boolean).join(" ") || `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

async function answer(response) {
  const text = await response.text();
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = { detail: text.slice(0, 200) };
  }
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}

const headers = () => ({ accept: "application/json", "accept-language": language() });

/** The JSON at an address of the API. Throws Problem. */
export async function get(path, { signal } = {}) {
  return answer(await fetch(path, { signal, headers: headers() }));
}

/** Sends JSON. Throws Problem. */
export async function send(method, path, body, more = {}) {
  const sent = { ...headers(), "content-type": "application/json", ...more };
  return answer(await fetch(path, { method, headers: sent, body: body && JSON.stringify(body) }));
}

/** A path of the API with these parameters; relative, so that the server may stand behind a prefix. */
export function url(path, params = new URLSearchParams()) {
  const asked = new URLSearchParams(params).toString();
  return path.replace(/^\//, "") + (asked ? `?${asked}` : "");
}

/** Path and query of a link that the API gave, asked of the server that the page is from. */
export const local = (link) => link.replace(/^https?:\/\/[^/]+/, "");

/**
 * All records of a list, page after page, up to `most`.
 * @returns {{data: object[], more: boolean}} `more` where there are others beyond.
 */
export async function all(path, params, most, options) {
  const data = [];
  let next = url(path, params);
  while (next && data.length < most) {
    const page = await get(local(next), options);
    data.push(...page.data);
    next = page.next;
  }
  return { data: data.slice(0, most), more: Boolean(next) || data.length > most };
}

const GROUPS = 10_000; // a page of the statistics

/**
 * How many events there are by one or two of year, quarter, month, country, type, topic …
 * @returns {{groups: object[], total: number, ungrouped: number}} each group with its values by name and its `count`.
 */
export async function stats(by, filters, options) {
  const names = [by].flat();
  const params = new URLSearchParams([...filters, ...names.map((name) => ["by", name]), ["limit", GROUPS]]);
  const found = await get(url("/stats/events", params), options);
  const groups = found.data.map(({ values, count }) => ({ ...Object.fromEntries(names.map((name, index) => [name, values[index]])), count }));
  return { groups, total: found.total, ungrouped: found.ungrouped };
}

/** What `load` gives for a key: `{value, error, busy}`; what came before stays until the new is there. */
export function useLoaded(key, load) {
  const [state, set] = useState({});
  useEffect(() => {
    const control = new AbortController();
    const settle = (found) => control.signal.aborted || set({ key, ...found });
    load({ signal: control.signal }).then((value) => settle({ value }), (error) => settle({ error }));
    return () => control.abort();
  }, [key]);
  return { ...state, busy: state.key !== key };
}
