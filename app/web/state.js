// What is shown is the address: views read it, links write it, the back button works.
import { html, useEffect, useState } from "./lib.js";

const MOVED = "dragoman:moved";

/** The parameters of the address as it stands. */
export const current = () => new URLSearchParams(location.search);

/** Goes to other parameters. `replace` leaves no step for the back button. */
export function go(params, { replace = false } = {}) {
  const asked = params.toString();
  const url = location.pathname + (asked ? `?${asked}` : "");
  if (url === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", url);
  dispatchEvent(new Event(MOVED));
  if (!replace) scrollTo(0, 0);
}

/** The parameters of the address, drawn anew whenever they change. */
export function useAddress() {
  const [params, set] = useState(current);
  useEffect(() => {
    const moved = () => set(current());
    addEventListener(MOVED, moved);
    addEventListener("popstate", moved);
    return () => {
      removeEventListener(MOVED, moved);
      removeEventListener("popstate", moved);
    };
  }, []);
  return params;
}

/** Parameters with some set (a list sets several, null takes away). */
export function changed(params, values) {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(values)) {
    next.delete(name);
    for (const one of [value ?? []].flat()) if (one !== "") next.append(name, one);
  }
  return next;
}

/** Address of a view. */
export const to = (view, values = {}) => changed(new URLSearchParams(), { view, ...values });

/** A link within the page. */
export function Link({ params, children, ...rest }) {
  const follow = (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(params);
  };
  return html`<a href=${`?${params}`} onClick=${follow} ...${rest}>${children}</a>`;
}
