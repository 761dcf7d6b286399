/** What is being looked at. The hash of the address holds all of it but the text searched for. */

import type { Data } from "./data";

export interface State {
  view: string;
  flow: string | null;
  /** The step of the flow that is shown; -1 before the first. */
  step: number;
  /** The part that is down. */
  down: string | null;
  /** The component or group whose details are shown. */
  selected: string | null;
}

export type Change = Partial<State>;

export function initial(data: Data, hash: string): State {
  const start: State = { view: data.views[0]?.id ?? "", flow: null, step: -1, down: null, selected: null };
  return { ...start, ...fromHash(data, hash) };
}

/** The part of the state that a hash tells; what it names wrongly is passed over. */
export function fromHash(data: Data, hash: string): Change {
  if (!hash.includes("=")) return {};
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const flow = data.flows.find((each) => each.id === said.get("flow"));
  const down = data.parts.find((each) => each.id === said.get("down"));
  const view = data.views.find((each) => each.id === said.get("view"));
  const step = Number.parseInt(said.get("step") ?? "", 10);
  return {
    ...(view ? { view: view.id } : {}),
    flow: flow?.id ?? null,
    down: down?.id ?? null,
    step: flow && Number.isInteger(step) ? Math.max(-1, step - 1) : -1,
    selected: said.get("show"),
  };
}

export function toHash(state: State): string {
  const said = new URLSearchParams({ view: state.view });
  if (state.flow) said.set("flow", state.flow);
  if (state.flow && state.step >= 0) said.set("step", String(state.step + 1));
  if (state.down) said.set("down", state.down);
  if (state.selected) said.set("show", state.selected);
  return `#${said.toString()}`;
}

/** A change with what follows from it: another flow or failure begins before its first step. */
export function changed(state: State, change: Change): State {
  const next = { ...state, ...change };
  const other = next.flow !== state.flow || next.down !== state.down;
  return other && change.step === undefined ? { ...next, step: -1 } : next;
}
