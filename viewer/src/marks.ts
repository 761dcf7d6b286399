/** What a picture shows of the state: who takes part, who is down, where the request is. */

import type { Data, Run, Step } from "./data";
import { type Picture, cardsOf, edgeOf, zoneOf } from "./picture";
import { endsOf, met, partOf } from "./runs";

export interface Shown {
  run: Run | null;
  step: Step | null;
  index: number;
  /** Names the moment that is shown; the same one in a renewed page is not brought into sight again. */
  position: string;
  down: string | null;
  selected: string | null;
  /** While a load runs. */
  broken: { what: string; target: string }[];
  /** Components that an alert tells. */
  told: string[];
}

const NODE_MARKS = ["off", "now", "failed", "down", "reduced", "selected", "told"];
const EDGE_MARKS = ["off", "now", "failed", "passed", "cut", "chosen"];

export function mark(data: Data, picture: Picture, shown: Shown): void {
  const { run, step } = shown;
  const chosen = shown.selected?.split(" -> ").map((id) => picture.cardFor.get(id) ?? id).join(" -> ");
  const taking = run ? new Set([...met(run, null)].map((id) => picture.cardFor.get(id))) : null;
  for (const [id, elements] of picture.nodes) {
    for (const element of elements) {
      element.classList.remove(...NODE_MARKS);
      element.classList.toggle("off", taking !== null && !taking.has(id));
      element.classList.toggle("selected", shown.selected === id);
    }
  }
  for (const [id, element] of picture.groups) element.classList.toggle("selected", shown.selected === id);
  for (const edge of picture.edges) {
    edge.element.classList.remove(...EDGE_MARKS);
    if (run) edge.element.classList.add("off");
    edge.element.classList.toggle("chosen", chosen === `${edge.source} -> ${edge.target}`);
  }
  for (const id of shown.told) {
    for (const element of picture.nodes.get(picture.cardFor.get(id) ?? "") ?? []) element.classList.add("told");
  }
  markDown(data, picture, shown.down);
  for (const { what, target } of shown.broken) markBroken(data, picture, what, target);
  if (run) markRun(data, picture, run, step, shown.index);
}

/** Cards whose replicas are all gone, and those that lost some or are slow. */
function markDown(data: Data, picture: Picture, down: string | null): void {
  const part = partOf(data, down);
  if (!part) return;
  for (const each of part.both) markDown(data, picture, each);
  for (const { component, replicas, of } of part.both.length ? [] : part.down) {
    const cards = cardsOf(picture, component, part.id);
    const inZone = cards.some((card) => zoneOf(card) === part.id);
    const isWhole = picture.cardFor.get(component) === component && (replicas >= of || inZone);
    for (const card of cards) card.classList.add(isWhole ? "down" : "reduced");
  }
  picture.groups.get(part.id)?.classList.add("down");
}

/** While a load runs: what is down, what is slow or in another trouble, what is cut off. */
function markBroken(data: Data, picture: Picture, what: string, target: string): void {
  const [from, to] = (target.split(" via ")[0] ?? "").split(" -> ").map((id) => picture.cardFor.get(id));
  if (to !== undefined) {
    for (const edge of picture.edges) {
      if (edge.source === from && edge.target === to) edge.element.classList.add(what === "partition" ? "cut" : "failed");
    }
  } else if (what === "fail" || (what === "partition" && picture.groups.has(target))) markDown(data, picture, target);
  else for (const card of picture.nodes.get(picture.cardFor.get(target) ?? "") ?? []) card.classList.add("reduced");
}

function markRun(data: Data, picture: Picture, run: Run, step: Step | null, index: number): void {
  const until = index < 0 ? run.steps.length : index + 1;
  for (const [number, kind] of run.steps.slice(0, until)) {
    const ends = endsOf(data, run, number);
    const edge = ends ? edgeOf(picture, ends)?.element : undefined;
    edge?.classList.remove("off");
    edge?.classList.add("passed");
    if (kind === "answer") edge?.classList.toggle("failed", run.calls[number]?.tone === "bad");
  }
  if (!step) return;
  const [number, kind] = step;
  const ends = endsOf(data, run, number);
  if (!ends) return;
  edgeOf(picture, ends)?.element.classList.add("now");
  const at = kind === "answer" ? cardsOf(picture, ends.source, ends.sourceZone) : cardsOf(picture, ends.target, ends.targetZone);
  for (const element of at) {
    element.classList.add("now");
    element.classList.toggle("failed", kind === "answer" && run.calls[number]?.tone === "bad");
  }
}
