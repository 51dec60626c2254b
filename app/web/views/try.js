// Paste an article, see what is read out of it and why. Nothing is stored.
import { html, useState } from "../lib.js";
import { send, url } from "../api.js";
import { t } from "../i18n.js";
import { Empty, Failure, Waiting } from "../parts.js";
import { RecordView } from "../record.js";
import { Text, marksOf } from "../evidence.js";

const EXAMPLES = {
  vi: "Chiều 10/9, tại Trụ sở Trung ương Đảng, Tổng Bí thư Nguyễn Phú Trọng đã hội đàm với Tổng thống Hoa Kỳ Joe Biden. Hai nhà lãnh đạo nhất trí nâng cấp quan hệ lên Đối tác Chiến lược Toàn diện.",
  zh: "国家主席习近平5月6日在巴黎同法国总统马克龙举行会谈。双方同意加强在气候变化领域的合作。",
  en: "Vietnamese Prime Minister Pham Minh Chinh met US President Joe Biden in Washington on May 12. Biden pledged $150 million for the region by 2025.",
};

export default function Try() {
  const [form, setForm] = useState({ text: "", url: "", published: "" });
  const [state, set] = useState({});
  const [active, onPoint] = useState(null);
  const field = (name) => ({ name, value: form[name], onInput: (event) => setForm({ ...form, [name]: event.target.value }) });
  const read = async (event) => {
    event.preventDefault();
    set({ busy: true });
    try {
      const body = Object.fromEntries(Object.entries(form).filter(([, value]) => value));
      if (!body.text) {
        const page = await send("POST", url("/fetch"), { url: body.url });
        Object.assign(body, { text: page.text, published: body.published ?? page.published ?? undefined });
        setForm({ ...form, text: body.text, published: body.published ?? "" });
      }
      set({ text: body.text, found: await send("POST", url("/extract"), body) });
    } catch (error) {
      set({ error });
    }
  };
  return html`<h1>${t("nav.try")}</h1><p>${t("try.intro")}</p>
    <form class="try" onSubmit=${read}>
      <p>${t("try.examples")} ${Object.entries(EXAMPLES).map(([code, text]) =>
        html`<button type="button" class="quiet" lang=${code} onClick=${() => setForm({ text, url: "", published: "" })}>${t(`try.${code}`)}</button> `)}</p>
      <label>${t("try.text")}<textarea required=${!form.url} rows="10" dir="auto" ...${field("text")}></textarea></label>
      <div class="row"><label>${t("try.url")}<input type="url" ...${field("url")} /></label>
        <label>${t("try.published")}<input type="date" ...${field("published")} /></label>
        <button type="submit" class="main">${t("try.read")}</button></div>
    </form>
    <div aria-live="polite">
      ${state.busy && html`<${Waiting} />`}
      ${state.error && html`<${Failure} error=${state.error} />`}
      ${state.found && html`<${Found} ...${state} active=${active} onPoint=${onPoint} />`}
    </div>`;
}

function Found({ text, found, active, onPoint }) {
  if (!found.events.length) return html`<${Empty}>${t("try.nothing")}<//>`;
  const marks = found.events.flatMap((event, index) => marksOf(event, `/${index}`));
  return html`<div class="beside">
    <div>${found.events.map((event, index) => html`<section class="card"><h2>${event.title}</h2>
      <${RecordView} record=${event} base=${`/${index}`} active=${active} onPoint=${onPoint} /></section>`)}</div>
    <section class="sticky" aria-label=${t("text")}>
      <${Text} text=${text} marks=${marks} active=${active} onPoint=${onPoint} lang=${found.language} /></section>
  </div>`;
}
