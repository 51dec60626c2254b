// One event: the record beside the words it rests on, what each source said, its history, and a form to correct it.
import { html, useState } from "../lib.js";
import { get, url, useLoaded } from "../api.js";
import { counted, t } from "../i18n.js";
import { Loaded, When } from "../parts.js";
import { RecordView } from "../record.js";
import { Comparison, outlet } from "../compare.js";
import { Text, marksOf } from "../evidence.js";
import { Correction, History } from "../correction.js";

async function load(id, options) {
  const event = await get(url(`/events/${encodeURIComponent(id)}`), options);
  const articles = await Promise.all(event.readouts.map((one) => get(url(`/articles/${one.article.id}`), options)));
  return { event, articles };
}

export default function EventPage({ params }) {
  const id = params.get("id") ?? "";
  const [again, reload] = useState(0);
  const state = useLoaded(`${id}#${again}`, (options) => load(id, options));
  return html`<${Loaded} state=${state}>${(value) => html`<${Shown} ...${value} key=${id} again=${again} reload=${() => reload(again + 1)} />`}<//>`;
}

function Shown({ event, articles, again, reload }) {
  const [active, onPoint] = useState(null);
  const [chosen, choose] = useState(event.article.id);
  const article = articles.find((one) => one.id === chosen) ?? articles[0];
  const marks = marksOf(event, "", event.article.id).filter((mark) => mark.article === article.id);
  return html`<h1>${event.title}</h1>
    <p class="meta"><${When} date=${event.date} /> · ${counted("sources", articles.length)}</p>
    <div class="beside">
      <section class="card" aria-label=${t("event.record")}>
        <${RecordView} record=${event} active=${active} onPoint=${onPoint} /></section>
      <section class="sticky" aria-label=${t("text")}>
        ${articles.length > 1 && html`<p role="group" aria-label=${t("text")}>${articles.map((one) => html`<button type="button"
          class="quiet" aria-pressed=${one.id === article.id} onClick=${() => choose(one.id)}>${outlet(one)}</button> `)}</p>`}
        <${Heading} article=${article} />
        <${Text} text=${article.text} marks=${marks} active=${active} onPoint=${onPoint} lang=${article.language} />
      </section>
    </div>
    <${Comparison} event=${event} />
    <${History} event=${event} onSaved=${reload} key=${`history-${again}`} />
    <${Correction} event=${event} onSaved=${reload} key=${`correction-${again}`} />`;
}

const Heading = ({ article }) => html`<p class="meta"><b lang=${article.language}>${article.headline ?? ""}</b><br />
  <span class="aside">${outlet(article)}</span>
  ${/^https?:/.test(article.url ?? "") && html` · <a href=${article.url} rel="noreferrer noopener">${t("open_article")}</a>`}</p>`;
