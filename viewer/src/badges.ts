/** What lint found, as a badge on the card, the frame or the line that it is about. */

import type { Data, Finding } from "./data";
import { drawnLine } from "./halves";
import { behind } from "./lights";
import { type Picture, boxOf, componentOf, wayOf } from "./picture";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const RADIUS = 8.5;
/** From the middle of a line, so that a badge does not lie over the label there. */
const CLEAR_OF_LABEL = 20;
const ORDER: Finding["severity"][] = ["error", "warning", "info"];

/** The findings about what an element of the picture stands for. */
export function findingsAbout(data: Data, picture: Picture, element: SVGGElement): Finding[] {
  const { id, group } = element.dataset;
  const edge = picture.edges.find((each) => each.element === element);
  const ids = new Set(id === undefined ? [group] : [componentOf(element), ...behind(data, picture, componentOf(element))]);
  const ways = edge ? data.connections.filter((each) => wayOf(picture, each) === `${edge.source} -> ${edge.target}`) : [];
  for (const way of ways) ids.add(way.name);
  return data.findings.filter(({ element: about }) => ids.has(about));
}

export function badge(data: Data, picture: Picture): void {
  for (const each of picture.svg.querySelectorAll(".findings-badge")) each.remove();
  if (!data.findings.length) return;
  const elements = [...[...picture.nodes.values()].flat(), ...picture.groups.values()];
  for (const element of elements) put(element, findingsAbout(data, picture, element), corner(element));
  const told = new Set<string>();
  for (const { source, target, element } of picture.edges) {
    if (!told.has(`${source} -> ${target}`)) put(element, findingsAbout(data, picture, element), beside(element));
    told.add(`${source} -> ${target}`);
  }
}

function put(element: SVGGElement, found: Finding[], at: { x: number; y: number } | null): void {
  const worst = ORDER.find((severity) => found.some((each) => each.severity === severity));
  if (!worst || !at) return;
  const group = document.createElementNS(SVG_NAMESPACE, "g");
  group.setAttribute("class", `findings-badge ${worst}`);
  group.setAttribute("aria-hidden", "true");
  group.setAttribute("transform", `translate(${at.x} ${at.y})`);
  const ground = document.createElementNS(SVG_NAMESPACE, "circle");
  ground.setAttribute("r", String(RADIUS));
  const text = document.createElementNS(SVG_NAMESPACE, "text");
  text.setAttribute("text-anchor", "middle");
  text.setAttribute("y", "3.8");
  text.textContent = found.length > 9 ? "9+" : String(found.length);
  group.append(ground, text);
  element.append(group);
}

/** The upper left one, where nothing else stands. */
function corner(element: SVGGElement): { x: number; y: number } {
  const { x, y } = boxOf(element);
  return { x: x + 4, y: y + 2 };
}

/** Of a line the first quarter, or before it what a label in the middle leaves; of half a line the last, its own. */
function beside(element: SVGGElement): { x: number; y: number } | null {
  const path = element.querySelector("path");
  if (!path) return null;
  const length = path.getTotalLength();
  const away = Math.min(0.4, Math.max(0.25, CLEAR_OF_LABEL / length));
  return path.getPointAtLength(length * (path === drawnLine(element) ? 0.5 - away : 0.5 + away));
}
