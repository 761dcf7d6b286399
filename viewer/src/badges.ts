/** What lint found, as a badge on the card, the frame or the line that it is about. */

import type { Data, Finding } from "./data";
import { behind } from "./lights";
import { type Picture, wayOf } from "./picture";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const RADIUS = 8.5;
const ORDER: Finding["severity"][] = ["error", "warning", "info"];

export function badge(data: Data, picture: Picture): void {
  for (const each of picture.svg.querySelectorAll(".findings-badge")) each.remove();
  if (!data.findings.length) return;
  const about = (ids: string[]) => data.findings.filter(({ element }) => ids.includes(element));
  for (const [id, elements] of picture.nodes) {
    const found = about([id, ...behind(data, picture, id)]);
    for (const element of elements) put(element, found, corner(element));
  }
  for (const [id, element] of picture.groups) put(element, about([id]), corner(element));
  const told = new Set<string>();
  for (const { source, target, element } of picture.edges) {
    const ways = data.connections.filter((each) => wayOf(picture, each) === `${source} -> ${target}`);
    if (told.has(`${source} -> ${target}`)) continue;
    told.add(`${source} -> ${target}`);
    put(element, about(ways.map(({ name }) => name)), middle(element));
  }
}

/** "API, server, nodejs; 2 findings". */
export function withFindings(label: string, count: number): string {
  return count ? `${label}; ${count} ${count === 1 ? "finding" : "findings"}` : label;
}

function put(element: SVGGElement, found: Finding[], at: { x: number; y: number } | null): void {
  const label = element.getAttribute("aria-label")?.split("; ")[0] ?? "";
  element.setAttribute("aria-label", withFindings(label, found.length));
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
  const { x, y } = (element.querySelector<SVGGraphicsElement>(".as-card") ?? element.querySelector<SVGGraphicsElement>("rect") ?? element).getBBox();
  return { x: x + 4, y: y + 2 };
}

function middle(element: SVGGElement): { x: number; y: number } | null {
  const path = element.querySelector("path");
  return path ? path.getPointAtLength(path.getTotalLength() * 0.25) : null;
}
