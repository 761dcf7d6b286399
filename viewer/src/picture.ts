/** The parts of a drawn view by the ids they carry. */

import type { Data } from "./data";
import { drawnLine, halve } from "./halves";
import type { Ends } from "./runs";

/** How finely a line is followed for the pointer. */
const STRIDE = 12;

export interface Edge {
  source: string;
  target: string;
  sourceZone: string;
  targetZone: string;
  element: SVGGElement;
}

export interface Picture {
  svg: SVGSVGElement;
  /** The card that stands for each component: its own, or the box of a group that it stands in. */
  cardFor: Map<string, string>;
  /** The groups that each component stands in: an arrow to a group's frame is the line to what stands in it. */
  groupsOf: Map<string, string[]>;
  /** Cards by component; in a deployment view a component has one in each zone (`api.zone-a`). */
  nodes: Map<string, SVGGElement[]>;
  groups: Map<string, SVGGElement>;
  edges: Edge[];
}

export function pictureOf(data: Data, svg: SVGSVGElement): Picture {
  const nodes = new Map<string, SVGGElement[]>();
  for (const element of svg.querySelectorAll<SVGGElement>("g[data-id]:not(.cover)")) {
    const id = componentOf(element);
    nodes.set(id, [...(nodes.get(id) ?? []), element]);
  }
  const groups = new Map<string, SVGGElement>();
  for (const element of svg.querySelectorAll<SVGGElement>("g[data-group]")) {
    groups.set(element.dataset.group ?? "", element);
  }
  halve(svg);
  for (const element of svg.querySelectorAll<SVGGElement>("g[data-source]")) widen(element);
  const edges = [...svg.querySelectorAll<SVGGElement>("g[data-source]")].map((element) => ({
    source: bare(element.dataset.source),
    target: bare(element.dataset.target),
    sourceZone: zone(element.dataset.source),
    targetZone: zone(element.dataset.target),
    element,
  }));
  const cardFor = new Map<string, string>();
  const groupsOf = new Map(data.components.map(({ id, groups: around }) => [id, around]));
  for (const { id, groups: around } of data.components) {
    const card = [id, ...around].find((each) => nodes.has(each));
    if (card) cardFor.set(id, card);
  }
  return { svg, cardFor, groupsOf, nodes, groups, edges };
}

/** Lays a wide line that nobody sees over a thin one, for the pointer. */
function widen(element: SVGGElement): void {
  const line = drawnLine(element);
  if (!line || element.querySelector("polyline.hit")) return;
  const [length, points] = [line.getTotalLength(), []] as [number, string[]];
  for (let at = 0; at < length + STRIDE; at += STRIDE) {
    const { x, y } = line.getPointAtLength(at);
    points.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  const hit = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  hit.setAttribute("class", "hit");
  hit.setAttribute("points", points.join(" "));
  element.append(hit);
}

/** Where a card or a frame stands, without what hangs on it. */
export function boxOf(element: SVGGElement): { x: number; y: number; width: number; height: number } {
  const drawn = element.querySelector<SVGGraphicsElement>(".as-card") ?? element.querySelector<SVGGraphicsElement>("rect") ?? element;
  const { x, y, width, height } = drawn.getBBox();
  return { x, y, width, height };
}

export function componentOf(element: SVGGElement): string {
  return bare(element.dataset.id);
}

/** The zone of a card in a deployment view, where it has one. */
export function zoneOf(element: SVGGElement): string {
  return zone(element.dataset.id);
}

function zone(id: string | undefined): string {
  return (id ?? "").split(".")[1] ?? "";
}

function bare(id: string | undefined): string {
  return (id ?? "").split(".")[0] ?? "";
}

/** What the line of a connection is called: it ends at the card of its target, or at the frame of a group round it. */
export function wayOf(picture: Picture, ends: { source: string; target: string }): string {
  const [from, card] = [picture.cardFor.get(ends.source), picture.cardFor.get(ends.target)];
  const around = [card, ...(picture.groupsOf.get(ends.target) ?? [])];
  const end = around.find((id) => picture.edges.some((edge) => edge.source === from && edge.target === id));
  return `${from} -> ${end ?? card}`;
}

/**
 * The line of a call. It may be drawn the other way: a worker asks its queue, and the queue's arrow leads to it.
 * In a deployment view there are several, and the zones of the replicas tell which.
 */
export function edgeOf(picture: Picture, ends: Ends): Edge | null {
  const [from, to] = [picture.cardFor.get(ends.source), picture.cardFor.get(ends.target)];
  const between = picture.edges.filter(
    (edge) =>
      (edge.source === from && edge.target === to) ||
      (edge.source === to && edge.target === from),
  );
  if (!between.length) return picture.edges.find((edge) => `${edge.source} -> ${edge.target}` === wayOf(picture, ends)) ?? null;
  const fits = (edge: Edge): number => {
    const forward = edge.source === from;
    const [source, target] = forward ? [edge.sourceZone, edge.targetZone] : [edge.targetZone, edge.sourceZone];
    return Number(source === ends.sourceZone) + Number(target === ends.targetZone) + (forward ? 0.5 : 0);
  };
  return between.sort((a, b) => fits(b) - fits(a))[0] ?? null;
}

/** The cards of a component; where they stand in zones, the one in this zone. */
export function cardsOf(picture: Picture, component: string, inZone: string): SVGGElement[] {
  const cards = picture.nodes.get(picture.cardFor.get(component) ?? "") ?? [];
  const there = cards.filter((card) => zoneOf(card) === inZone);
  return there.length ? there : cards;
}
