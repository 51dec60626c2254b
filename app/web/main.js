// The frame around every view: head, ways, language, light or dark, and what to do when something fails.
import { html, render, useEffect, useState } from "./lib.js";
import { Link, changed, to, useAddress } from "./state.js";
import { LANGUAGES, choose, language, t } from "./i18n.js";
import { Failure, Waiting } from "./parts.js";

// A view is loaded when it is first shown, so that the first result does not wait for the map.
const VIEWS = {
  explore: () => import("./views/explore.js"),
  event: () => import("./views/event.js"),
  timeline: () => import("./views/timeline.js"),
  map: () => import("./views/map.js"),
  network: () => import("./views/network.js"),
  commitments: () => import("./views/commitments.js"),
  country: () => import("./views/country.js"),
  dyad: () => import("./views/dyad.js"),
  try: () => import("./views/try.js"),
};
const WAYS = ["explore", "timeline", "map", "network", "commitments", "try"];
const THEMES = ["auto", "light", "dark"];
const KEPT = "dragoman.theme";

function kept() {
  try {
    return localStorage.getItem(KEPT) ?? "auto";
  } catch {
    return "auto";
  }
}

function Theme() {
  const [theme, set] = useState(kept);
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(KEPT, theme);
    } catch {
      // storage may be forbidden
    }
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  return html`<button type="button" class="quiet" onClick=${() => set(next)}>
    ${t("theme")}: ${t(`theme.${theme}`)}
  </button>`;
}

function Languages({ chosen, onChoose }) {
  return html`<label class="languages">
    <span class="hidden">${t("language")}</span>
    <select value=${chosen} onChange=${(event) => onChoose(event.target.value)}>
      ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code}>${name}</option>`)}
    </select>
  </label>`;
}

function Ways({ view, params }) {
  // The filters go along from one view of many events to another.
  const filters = changed(params, { view: null, id: null, code: null, pages: null, by: null });
  const kept = ["explore", "timeline", "map", "network"].includes(view) ? filters : new URLSearchParams();
  const target = (way) => changed(["commitments", "try"].includes(way) ? new URLSearchParams() : kept, { view: way });
  return html`<nav aria-label=${t("nav")}>
    ${WAYS.map((way) => html`<${Link} params=${target(way)} aria-current=${way === view ? "page" : undefined}>
      ${t(`nav.${way}`)}<//>`)}
    <a href="docs">${t("nav.docs")}</a>
  </nav>`;
}

function useView(name) {
  const [loaded, set] = useState({});
  useEffect(() => {
    VIEWS[name]().then(
      (module) => set({ name, View: module.default }),
      (error) => set({ name, error }),
    );
  }, [name]);
  return loaded.name === name ? loaded : {};
}

function Page() {
  const params = useAddress();
  const [chosen, set] = useState(language());
  const asked = params.get("view") ?? "explore";
  const name = asked in VIEWS ? asked : "explore";
  const { View, error } = useView(name);
  useEffect(() => {
    document.documentElement.lang = chosen;
  }, [chosen]);
  useEffect(() => {
    document.title = `${t(`nav.${name}`)} · Dragoman`;
  }, [name, chosen]);
  const onChoose = (code) => {
    choose(code);
    set(code);
  };
  return html`
    <a class="skip" href="#main" onClick=${skip}>${t("skip")}</a>
    <header>
      <${Link} class="brand" params=${to("explore")}><b>Dragoman</b> <span>${t("motto")}</span><//>
      <${Ways} view=${name} params=${params} />
      <div class="tools"><${Languages} chosen=${chosen} onChoose=${onChoose} /><${Theme} /></div>
    </header>
    <main id="main" tabindex="-1">
      ${error ? html`<${Failure} error=${error} />` : View ? html`<${View} key=${chosen} params=${params} />` : html`<${Waiting} />`}
    </main>
    <footer>${t("footer")} <a href="docs">${t("nav.docs")}</a> · <a href="openapi.json">OpenAPI</a></footer>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

render(html`<${Page} />`, document.getElementById("app"));
