/** Groups folded in place: a frame becomes a box over what stands in it, and nothing else moves. */

import type { Data } from "./data";
import { type Edge, type Picture, boxOf } from "./picture";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
/** How finely a line is followed to where it meets a box; the size of an arrow's head, of a sign. */
const [STRIDE, HEAD, SIGN] = [3, 8, 8];

type Box = ReturnType<typeof boxOf>;

/** The picture as it is with these groups folded; it has to be in the page, for its measures. */
export function fold(data: Data, whole: Picture, folded: string[]): Picture {
  for (const each of whole.svg.querySelectorAll(".cover, .fold")) each.remove();
  for (const each of whole.svg.querySelectorAll(".within")) each.classList.remove("within");
  if ([...whole.nodes.values()].some((elements) => elements.length > 1)) return whole; // replicas, each in its place
  const boxes = new Map([...whole.groups].map(([id, element]) => [id, boxOf(element)]));
  const outermost = folded.filter((id) => boxes.has(id) && !folded.some((other) => other !== id && holds(boxes.get(other), boxes.get(id))));
  for (const [id, element] of whole.groups) if (!outermost.includes(id)) sign(element, id, boxes.get(id), false);
  return outermost.reduce((picture, id) => cover(data, picture, id, boxes.get(id)), whole);
}

function cover(data: Data, picture: Picture, id: string, box: Box | undefined): Picture {
  if (!box) return picture;
  const isWithin = (element: SVGGraphicsElement) => holds(box, element.getBBox());
  const hidden = [...picture.nodes.values()].flat().filter((element) => holds(box, boxOf(element)));
  const frames = [...picture.groups.values()].filter((element) => holds(box, boxOf(element)));
  const labels = [...picture.svg.querySelectorAll<SVGGraphicsElement>("[data-layer='labels'] > *")].filter(isWithin);
  const made = drawn(data, id, box);
  picture.svg.querySelector("[data-layer='nodes']")?.prepend(made);
  const nodes = new Map([...picture.nodes].filter(([, elements]) => elements.some((each) => !hidden.includes(each))));
  const gone = new Set([...picture.nodes.keys()].filter((card) => !nodes.has(card)));
  const end = (card: string) => (gone.has(card) ? id : card);
  const edges = picture.edges.map((edge): Edge => ({ ...edge, source: end(edge.source), target: end(edge.target) }));
  const inner = edges.filter(({ source, target }) => source === id && target === id);
  for (const edge of edges) if (edge.target === id && edge.source !== id) meet(made, edge, box);
  for (const each of [...hidden, ...frames, ...labels, ...inner.map(({ element }) => element)]) each.classList.add("within");
  return {
    ...picture,
    nodes: nodes.set(id, [made]),
    groups: new Map([...picture.groups].filter(([group, element]) => group !== id && !frames.includes(element))),
    edges: edges.filter((edge) => !inner.includes(edge)),
    cardFor: new Map([...picture.cardFor].map(([component, card]) => [component, end(card)])),
  };
}

/** The middle of one lies in the other. */
function holds(box: Box | undefined, other: Box | undefined): boolean {
  if (!box || !other || box.width * box.height <= other.width * other.height) return false;
  const [x, y] = [other.x + other.width / 2, other.y + other.height / 2];
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

function drawn(data: Data, id: string, box: Box): SVGGElement {
  const group = data.groups.find((each) => each.id === id);
  const made = make("g", { class: "cover", "data-id": id });
  const middle = { x: box.x + box.width / 2, "text-anchor": "middle" };
  const [title, count] = [make("text", { ...middle, class: "cover-title", y: box.y + box.height / 2 }), make("text", { ...middle, class: "cover-count", y: box.y + box.height / 2 + 20 })];
  title.textContent = group?.title ?? id;
  const members = group?.members.length ?? 0;
  count.textContent = members === 1 ? "1 component" : `${members} components`;
  made.append(make("rect", { class: "as-card", ...box, rx: 14 }), title, count);
  sign(made, id, box, true);
  return made;
}

/** The sign that folds and unfolds, in the upper right corner. */
function sign(element: SVGGElement, id: string, box: Box | undefined, isFolded: boolean): void {
  if (!box) return;
  const made = make("g", { class: "fold", "data-fold": id, transform: `translate(${box.x + box.width - 16} ${box.y + 16})`, "aria-hidden": "true" });
  const tip = make("title", {});
  tip.textContent = isFolded ? "Unfold" : "Fold";
  made.append(tip, make("circle", { r: SIGN }), make("path", { d: isFolded ? "M-4 0h8M0 -4v8" : "M-4 0h8" }));
  element.append(made);
}

/** An arrow into the box ends where its line meets it. */
function meet(made: SVGGElement, { element }: Edge, box: Box): void {
  const line = element.querySelector("path");
  const head = [...element.querySelectorAll("path")].find((path) => path.getAttribute("fill") !== "none");
  if (!line || !head) return;
  const isInside = ({ x, y }: DOMPoint) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  const length = line.getTotalLength();
  for (let at = 0; at <= length; at += STRIDE) {
    const point = line.getPointAtLength(at);
    if (!isInside(point)) continue;
    const before = line.getPointAtLength(Math.max(0, at - STRIDE));
    const angle = (Math.atan2(point.y - before.y, point.x - before.x) * 180) / Math.PI;
    const tip = head.cloneNode() as SVGPathElement;
    tip.setAttribute("d", `M0 0L${-HEAD} 3.6V-3.6z`);
    tip.setAttribute("transform", `translate(${point.x} ${point.y}) rotate(${Math.round(angle / 90) * 90})`);
    made.append(tip);
    return;
  }
}

function make<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Record<string, string | number>): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG_NAMESPACE, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}
