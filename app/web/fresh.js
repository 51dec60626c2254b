// What is new since the list was loaded, from the stream of events.
import { html, useEffect, useState } from "./lib.js";
import { changed } from "./state.js";
import { get, url } from "./api.js";
import { counted, t } from "./i18n.js";

// Whoever only passes through needs no stream. A browser has six connections to a server, so a hidden tab gives its own back.
const PATIENCE = 1500;
const GONE = ["left", "merged", "deleted"];

/** How many events that fit were read since the list of this key was loaded. */
function useFresh(filters, key) {
  const [found, set] = useState({ key, ids: new Set() });
  useEffect(() => {
    const control = new AbortController();
    const ids = new Set();
    let source, since, timer;
    const tell = () => set({ key, ids: new Set(ids) });
    const on = (names, change) => {
      for (const name of names)
        source.addEventListener(name, (message) => {
          since = message.lastEventId;
          if (change(JSON.parse(message.data).id)) tell();
        });
    };
    const open = () => {
      source = new EventSource(url("/events/stream", changed(filters, { since, fields: "id" })));
      on(["new"], (id) => ids.add(id));
      on(GONE, (id) => ids.delete(id));
    };
    const turn = () => {
      clearTimeout(timer);
      source?.close();
      if (since !== undefined && !document.hidden) timer = setTimeout(open, PATIENCE);
    };
    set({ key, ids });
    // A list without its stream is a list all the same.
    get(url("/changes", { limit: 1 }), { signal: control.signal }).then((body) => (since = body.newest, turn()), () => {});
    document.addEventListener("visibilitychange", turn);
    return () => {
      control.abort();
      document.removeEventListener("visibilitychange", turn);
      since = undefined;
      turn();
    };
  }, [key]);
  return found.key === key ? found.ids.size : 0;
}

/** Says that there are new events, and calls `show` when they are asked for. Read out, and reached by keyboard. */
export function Fresh({ filters, round, show }) {
  const count = useFresh(filters, `${filters}#${round}`);
  return html`<div class="fresh" role="status">${count > 0 && html`<button type="button" class="main" onClick=${show}>
    ${counted("fresh", count)} · ${t("fresh.show")}</button>`}</div>`;
}
