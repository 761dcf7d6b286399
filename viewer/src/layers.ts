/** An overlay on the cards: a tint, and in a word what is known. */

import type { Data, Layer, Reading } from "./data";
import { behind } from "./lights";
import { type Picture, boxOf } from "./picture";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
/** How wide a letter is, about, and what stands left and right of the words. */
const [LETTER, SIDE, HEIGHT] = [6.3, 8, 17];

export function layOver(data: Data, picture: Picture, layer: Layer | null): void {
  for (const each of picture.svg.querySelectorAll(".reading")) each.remove();
  for (const [id, elements] of picture.nodes) {
    const found = layer ? highest(layer, [id, ...behind(data, picture, id)]) : null;
    for (const element of elements) {
      element.classList.remove(...[...element.classList].filter((name) => name.startsWith("tint-")));
      if (found) show(element, found);
    }
  }
}

function highest(layer: Layer, ids: string[]): Reading | null {
  const found = [...new Set(ids)].flatMap((id) => layer.readings[id] ?? []);
  return found.sort((one, other) => other.rank - one.rank)[0] ?? null;
}

function show(element: SVGGElement, { text, tint, note }: Reading): void {
  element.classList.add(`tint-${tint}`);
  const box = boxOf(element);
  const width = text.length * LETTER + 2 * SIDE;
  const group = document.createElementNS(SVG_NAMESPACE, "g");
  group.setAttribute("class", "reading");
  group.setAttribute("aria-hidden", "true");
  const [ground, words] = [document.createElementNS(SVG_NAMESPACE, "rect"), document.createElementNS(SVG_NAMESPACE, "text")];
  const at = { x: box.x + (box.width - width) / 2, y: box.y + box.height - HEIGHT / 2, width, height: HEIGHT, rx: HEIGHT / 2 };
  for (const [attribute, value] of Object.entries(at)) ground.setAttribute(attribute, String(value));
  words.setAttribute("x", String(box.x + box.width / 2));
  words.setAttribute("y", String(box.y + box.height + 4));
  words.setAttribute("text-anchor", "middle");
  words.textContent = text;
  const tip = document.createElementNS(SVG_NAMESPACE, "title");
  tip.textContent = note || text;
  group.append(tip, ground, words);
  element.append(group);
}
