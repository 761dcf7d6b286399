/** On the cards, while a load runs: how busy each component is, what waits there, and who is in trouble. */

import type { Data } from "../data";
import { type Picture, boxOf } from "../picture";
import type { State } from "./snapshots";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const [WARM, HOT] = [0.8, 0.95];
const MARKS = ["warm", "hot", "failing"];
const [HEIGHT, INSET] = [4, 8];

/** Null: nothing runs. `numbers` are those of the components in the engine. */
export function paint(data: Data, picture: Picture, numbers: Record<string, number>, states: State[] | null): void {
  if (!states) {
    for (const each of picture.svg.querySelectorAll(".load")) each.remove();
    for (const each of picture.svg.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) each.classList.remove(...MARKS);
    return;
  }
  const found = new Map<string, State[]>();
  for (const { id } of data.components) {
    const [card, state] = [picture.cardFor.get(id), states[numbers[id] ?? -1]];
    if (card && state) found.set(card, [...(found.get(card) ?? []), state]);
  }
  for (const [card, members] of found) {
    const state = together(members);
    for (const element of picture.nodes.get(card) ?? []) show(element, state);
  }
}

/** Of what is drawn as one box: the busiest, and all that waits. */
function together(members: State[]): State {
  const shares = members.flatMap(({ busy }) => (busy === null ? [] : [busy]));
  const sum = (figure: (state: State) => number) => members.reduce((all, each) => all + figure(each), 0);
  const calls = sum((each) => each.calls);
  return {
    busy: shares.length ? Math.max(...shares) : null,
    waiting: sum((each) => each.waiting),
    calls,
    failing: calls ? sum((each) => each.failing * each.calls) / calls : 0,
    serving: sum((each) => each.serving),
  };
}

export function wordsOf({ busy, waiting }: State): string {
  const share = busy === null || busy < 0.005 ? "" : `${Math.round(busy * 100)}%`;
  const queue = waiting >= 0.5 ? `${Math.round(waiting).toLocaleString("en")} waiting` : "";
  return [share, queue].filter(Boolean).join(" · ");
}

function show(element: SVGGElement, state: State): void {
  const busy = state.busy ?? 0;
  element.classList.toggle("hot", busy >= HOT);
  element.classList.toggle("warm", busy >= WARM && busy < HOT);
  element.classList.toggle("failing", state.failing > 0.02);
  const { bar, fill, text, ground } = badge(element);
  const width = Number(bar.getAttribute("width"));
  fill.setAttribute("width", String(Math.min(1, busy) * width));
  bar.toggleAttribute("hidden", state.busy === null);
  fill.toggleAttribute("hidden", state.busy === null);
  const words = wordsOf(state);
  if (text.textContent === words) return;
  text.textContent = words;
  const long = words.length * 6.4 + 12;
  ground.setAttribute("width", String(words ? long : 0));
  ground.setAttribute("x", String(Number(text.getAttribute("x")) - long / 2));
}

interface Badge {
  bar: SVGRectElement;
  fill: SVGRectElement;
  ground: SVGRectElement;
  text: SVGTextElement;
}

const BADGES = new WeakMap<SVGGElement, Badge>();

function badge(element: SVGGElement): Badge {
  const known = BADGES.get(element);
  if (known?.bar.isConnected && element.contains(known.bar)) return known;
  const box = boxOf(element);
  const group = make("g", { class: "load", "aria-hidden": "true" });
  const [x, y, width] = [box.x + INSET, box.y + box.height - HEIGHT - 3, box.width - 2 * INSET];
  const made = {
    bar: make("rect", { class: "load-bar", x, y, width, height: HEIGHT, rx: 2 }),
    fill: make("rect", { class: "load-fill", x, y, width: 0, height: HEIGHT, rx: 2 }),
    ground: make("rect", { class: "load-ground", y: box.y + box.height - 1, height: 17, rx: 8.5, width: 0 }),
    text: make("text", { class: "load-words", x: box.x + box.width / 2, y: box.y + box.height + 12, "text-anchor": "middle" }),
  };
  group.append(made.bar, made.fill, made.ground, made.text);
  element.append(group);
  BADGES.set(element, made);
  return made;
}

function make<Name extends "g" | "rect" | "text">(name: Name, attributes: Record<string, string | number>): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG_NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}
