// The page's own words in three languages; names of countries and forms of dates come from the browser.
import en from "./i18n/en.js";
import vi from "./i18n/vi.js";
import zh from "./i18n/zh.js";

export const LANGUAGES = { en: "English", vi: "Tiếng Việt", zh: "中文" };
const WORDS = { en, vi, zh };
const KEPT = "dragoman.language";

function chosen() {
  const wanted = [stored(), ...navigator.languages.map((one) => one.slice(0, 2))];
  return wanted.find((one) => one in WORDS) ?? "en";
}

function stored() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage may be forbidden; the choice then lasts as long as the page
  }
}

let now = chosen();
let countries = new Intl.DisplayNames([now], { type: "region" });
let languages = new Intl.DisplayNames([now], { type: "language" });

/** The language the page is shown in: `en`, `vi` or `zh`. */
export const language = () => now;

/** Chooses the language and remembers it. */
export function choose(code) {
  now = code;
  countries = new Intl.DisplayNames([now], { type: "region" });
  languages = new Intl.DisplayNames([now], { type: "language" });
  try {
    localStorage.setItem(KEPT, code);
  } catch {
    // as above
  }
}

/** A phrase of the page, `{name}` in it filled in. What a language lacks is said in English. */
export function t(key, values = {}) {
  const text = WORDS[now][key] ?? en[key] ?? key.split(".").pop().replaceAll("_", " ");
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** All phrases there are, for the test that no language lacks one. */
export const phrases = WORDS;

const REGION = /^[A-Z]{2}$/;

/** Name of a country; an organisation's id stays, in capitals. */
export function country(code) {
  if (!REGION.test(code)) return code.toUpperCase();
  return countries.of(code) ?? code;
}

/** Name of a language. */
export const languageName = (code) => {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
};

/** A number, grouped as the language does. */
export const number = (value) => new Intl.NumberFormat(now).format(value);

const FORMS = {
  day: { year: "numeric", month: "short", day: "numeric" },
  month: { year: "numeric", month: "short" },
  year: { year: "numeric" },
};

/** A day, a month or a year out of an ISO date (may be cut short). */
export function day(iso, precision = { 4: "year", 7: "month" }[iso.length] ?? "day") {
  const full = `${iso}-01-01`.slice(0, 10);
  const [year, month, date] = full.split("-").map(Number);
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  return new Intl.DateTimeFormat(now, { ...FORMS[precision], timeZone: "UTC" }).format(moment);
}

/** A date of a record: one day, a span, a month or a year; null where it is not known. */
export function when(date) {
  if (!date) return t("date.none");
  if (date.precision !== "day" || date.start === date.end) return day(date.start, date.precision);
  return `${day(date.start)} – ${day(date.end)}`;
}

/** The difference between "{count} event" and "{count} events". */
export const counted = (key, count) => t(`${key}.${count === 1 ? "one" : "many"}`, { count: number(count) });
