/** Cards, frames and lines as buttons with names, for the keyboard and for screen readers. */

import type { Data } from "./data";
import { findingsAbout } from "./badges";
import { type Picture, boxOf } from "./picture";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

export function name(data: Data, picture: Picture): void {
  picture.svg.setAttribute("role", "group");
  const title = (id: string) => [...data.components, ...data.groups].find((each) => each.id === id)?.title ?? id;
  for (const [id, elements] of picture.nodes) {
    const component = data.components.find((each) => each.id === id);
    const what = component ? [component.kind, component.technology] : [data.groups.find((each) => each.id === id)?.kind];
    for (const element of elements) button(data, picture, element, [title(id), ...what].filter(Boolean).join(", "));
  }
  for (const [id, element] of picture.groups) {
    const group = data.groups.find((each) => each.id === id);
    if (group) button(data, picture, element, `${group.title}, ${group.kind}`);
  }
  for (const { source, target, element } of picture.edges) button(data, picture, element, `${title(source)} to ${title(target)}`);
}

/**
 * The button lies over what is drawn and has no words in it: what is drawn is for the eye, and changes while a load runs.
 * The pointer does not meet it.
 */
function button(data: Data, picture: Picture, element: SVGGElement, label: string): void {
  const count = findingsAbout(data, picture, element).length;
  const touch = element.querySelector<SVGElement>(":scope > .touch") ?? made(element);
  touch.setAttribute("aria-label", count ? `${label}; ${count} ${count === 1 ? "finding" : "findings"}` : label);
  for (const child of element.children) if (child !== touch) child.setAttribute("aria-hidden", "true");
  for (const link of element.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
}

function made(element: SVGGElement): SVGElement {
  const line = element.dataset.source === undefined ? null : element.querySelector("polyline.hit");
  const touch = document.createElementNS(SVG_NAMESPACE, line ? "polyline" : "rect");
  if (line) touch.setAttribute("points", line.getAttribute("points") ?? "");
  else for (const [side, value] of Object.entries(boxOf(element))) touch.setAttribute(side, String(value));
  const said = { class: "touch", role: "button", tabindex: "0" };
  for (const [attribute, value] of Object.entries(said)) touch.setAttribute(attribute, value);
  element.append(touch);
  return touch;
}
