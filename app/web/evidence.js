// Values and the words they rest on. Offsets count code points, JavaScript counts UTF-16 units: so text is cut by code point.
import { html, useEffect, useRef } from "./lib.js";

/** Every stretch that values of a record rest on: `[{start, end, pointer, article}]`, by place. */
export function marksOf(record, pointer = "", article = null) {
  const found = [];
  const walk = (value, at) => {
    if (Array.isArray(value)) value.forEach((one, index) => walk(one, `${at}/${index}`));
    else if (value && typeof value === "object") {
      for (const [name, child] of Object.entries(value)) {
        if (name === "evidence" && Array.isArray(child)) {
          found.push(...child.map((span) => ({ ...span, pointer: at, article: span.article ?? article })));
        } else walk(child, `${at}/${name}`);
      }
    }
  };
  walk(record, pointer);
  return found.sort((one, two) => one.start - two.start || two.end - one.end);
}

/** A text cut where marks begin and end: `[{text, pointers}]`. */
export function pieces(text, marks) {
  const points = Array.from(text);
  const inside = marks.filter((mark) => 0 <= mark.start && mark.start < mark.end && mark.end <= points.length);
  const edges = [...new Set([0, points.length, ...inside.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  const cut = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [start, end] = [edges[index], edges[index + 1]];
    const pointers = inside.filter((mark) => mark.start <= start && end <= mark.end).map((mark) => mark.pointer);
    cut.push({ text: points.slice(start, end).join(""), pointers: [...new Set(pointers)] });
  }
  return cut;
}

/** Whether a stretch of a value is lit while `active` is pointed at. */
const lit = (pointers, active) => active !== null && pointers.includes(active);

/**
 * An article with the words of its values marked. `active` is the pointer of the value that is lit, `onPoint` is told
 * which value the mouse or the keyboard is on, null where it leaves.
 */
export function Text({ text, marks, active, onPoint, lang }) {
  const place = useRef(null);
  useEffect(() => {
    const first = active !== null && place.current?.querySelector("mark.lit");
    if (first && !place.current.matches(":hover, :focus-within")) first.scrollIntoView({ block: "nearest" });
  }, [active]);
  // A focusable stretch for each mark; overlapping ones light the innermost value, which comes last.
  return html`<div class="text" ref=${place} lang=${lang} dir="auto">${pieces(text, marks).map(({ text: words, pointers }) =>
    pointers.length
      ? html`<mark tabindex="0" class=${lit(pointers, active) ? "lit" : ""} data-pointers=${pointers.join(" ")}
          onMouseEnter=${() => onPoint(pointers.at(-1))} onMouseLeave=${() => onPoint(null)}
          onFocus=${() => onPoint(pointers.at(-1))} onBlur=${() => onPoint(null)}>${words}</mark>`
      : words)}</div>`;
}

/** A value that lights its words, and is lit by them. */
export function Value({ pointer, active, onPoint, children }) {
  const on = active === pointer;
  return html`<span class=${`value${on ? " lit" : ""}`} tabindex="0" data-pointer=${pointer}
    onMouseEnter=${() => onPoint(pointer)} onMouseLeave=${() => onPoint(null)}
    onFocus=${() => onPoint(pointer)} onBlur=${() => onPoint(null)}>${children}</span>`;
}
