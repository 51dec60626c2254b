// Bars over time, drawn as SVG whose bars are links: a click, or Enter, narrows to that stretch of time.
import { html } from "./lib.js";
import { Link } from "./state.js";

const WIDTH = 960;
const HEIGHT = 220;
const LEFT = 36;
const BASE = HEIGHT - 24;

/**
 * @param {{label: string, value: number, parts?: {name: string, value: number}[], params?: URLSearchParams}[]} bars
 *   `parts`, where given, are stacked in the colours of their order.
 */
export function Bars({ bars, title, ticks = 10 }) {
  const top = Math.max(1, ...bars.map((bar) => bar.value));
  const step = (WIDTH - LEFT) / Math.max(bars.length, 1);
  const height = (value) => (value / top) * (BASE - 16);
  const every = Math.ceil(bars.length / ticks);
  return html`<svg class="bars" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label=${title}>
    <line x1=${LEFT} x2=${WIDTH} y1=${BASE} y2=${BASE} class="axis" />
    <text x=${LEFT - 6} y=${BASE} class="scale">0</text><text x=${LEFT - 6} y="20" class="scale">${top}</text>
    ${bars.map((bar, index) => {
      const x = LEFT + index * step;
      const shape = html`<title>${`${bar.label}: ${bar.value}`}</title>
        <rect class="reach" x=${x} y="0" width=${step} height=${BASE} />
        ${stacked(bar, height).map(({ y, tall, name, order }) => html`<rect class=${`bar part-${order}`} data-part=${name}
          x=${x + step * 0.1} y=${y} width=${step * 0.8} height=${tall} />`)}`;
      return html`${bar.params
        ? html`<${Link} params=${bar.params} aria-label=${`${bar.label}: ${bar.value}`}>${shape}<//>`
        : html`<g role="img" aria-label=${`${bar.label}: ${bar.value}`}>${shape}</g>`}
        ${index % every === 0 && html`<text class="tick" x=${x + step / 2} y=${HEIGHT - 6}>${bar.label}</text>`}`;
    })}
  </svg>`;
}

function stacked(bar, height) {
  let y = BASE;
  return (bar.parts ?? [{ name: bar.label, value: bar.value }]).map(({ name, value }, order) => {
    const tall = height(value);
    y -= tall;
    return { y, tall, name, order: order % 8 };
  });
}

/** The colours of stacked bars and what they stand for. */
export const Legend = ({ names }) => html`<ul class="legend">${names.map((name, index) =>
  html`<li><span class=${`swatch part-${index % 8}`}></span>${name}</li>`)}</ul>`;
