/** What lights up with what the pointer is on: who talks with it, and the flows that it takes part in. */

import type { Data } from "./data";
import { type Picture, wayOf } from "./picture";

/** What the pointer is on: a card or line, with the numbers of its flows, or a flow itself. */
export interface Lit {
  element?: string;
  flow?: number;
  flows: Set<number>;
}

/** Components that a card stands for: its own, or those in the group that it is drawn for. */
export function behind(data: Data, picture: Picture, card: string): string[] {
  return data.components.filter(({ id }) => picture.cardFor.get(id) === card).map(({ id }) => id);
}

/** The numbers of the flows that a card, a line (`a -> b`), or a frame takes part in. */
export function flowsOf(data: Data, picture: Picture, id: string): Set<number> {
  if (!id.includes(" -> ")) {
    const members = new Set([...behind(data, picture, id), ...(data.groups.find((each) => each.id === id)?.members ?? [])]);
    return new Set(data.components.filter((each) => members.has(each.id)).flatMap(({ flows }) => flows));
  }
  return new Set(data.connections.filter((each) => wayOf(picture, each) === id).flatMap(({ flows }) => flows));
}

/** Null: everything is as bright as ever. */
export function lightNear(picture: Picture, id: string | null): void {
  const ends = id?.split(" -> ") ?? [];
  const isNear = (source: string, target: string) =>
    ends.length > 1 ? source === ends[0] && target === ends[1] : source === id || target === id;
  const near = picture.edges.filter(({ source, target }) => isNear(source, target));
  show(picture, id === null ? null : new Set([...ends, ...near.flatMap(({ source, target }) => [source, target])]), (edge) => near.includes(edge));
}

/** The way of a flow. */
export function lightFlow(data: Data, picture: Picture, flow: number): void {
  const cards = new Set(data.components.filter(({ flows }) => flows.includes(flow)).map(({ id }) => picture.cardFor.get(id) ?? ""));
  const over = data.connections.filter(({ flows }) => flows.includes(flow));
  const ways = new Set(over.map((each) => wayOf(picture, each)));
  show(picture, cards, ({ source, target }) => ways.has(`${source} -> ${target}`));
}

function show(picture: Picture, cards: Set<string> | null, isNear: (edge: Picture["edges"][number]) => boolean): void {
  picture.svg.classList.toggle("lit", cards !== null);
  for (const [id, elements] of picture.nodes) {
    for (const element of elements) element.classList.toggle("far", cards !== null && !cards.has(id));
  }
  for (const edge of picture.edges) {
    edge.element.classList.toggle("far", cards !== null && !isNear(edge));
    edge.element.classList.toggle("near", cards !== null && isNear(edge));
  }
}
