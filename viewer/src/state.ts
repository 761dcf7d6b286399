/** What is being looked at. The hash of the address holds all of it but the text searched for. */

import type { Data } from "./data";
import { faultFrom, faultText } from "./simulation/asked";
import type { Fault, Settings } from "./simulation/plays";

export interface State {
  view: string;
  flow: string | null;
  /** The step of the flow that is shown; -1 before the first. */
  step: number;
  /** The part that is down. */
  down: string | null;
  /** The groups that are folded in place. */
  folded: string[];
  /** The overlay that lies over the view. */
  overlay: string | null;
  /** The component or group whose details are shown. */
  selected: string | null;
  /** The scenario of the load that runs, `RATES` for every flow at its own rate; null: none runs. */
  run: string | null;
  /** What is turned, and what is broken while it runs. */
  settings: Settings;
  faults: Fault[];
  /** Nanoseconds; null: as long as the scenario says. */
  duration: number | null;
  seed: string;
}

/** In place of a scenario; no id has a blank. */
export const RATES = "own rates";
const NOTHING_RUNS = { run: null, settings: {}, faults: [], duration: null, seed: "1" };

export type Change = Partial<State>;

export function initial(data: Data, hash: string): State {
  const start: State = { view: data.views[0]?.id ?? "", flow: null, step: -1, down: null, selected: null, overlay: null, folded: [], ...NOTHING_RUNS };
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
    folded: said.getAll("fold"),
    overlay: data.layers.find((each) => each.name === said.get("overlay"))?.name ?? null,
    ...(said.has("run") ? runFrom(said) : NOTHING_RUNS),
  };
}

function runFrom(said: URLSearchParams): Change {
  const settings = said.getAll("set").map((each) => each.split(/=(.*)/s, 2) as [string, string]);
  const lasts = Number.parseInt(said.get("for") ?? "", 10);
  const seed = said.get("seed") ?? "";
  return {
    run: said.get("run"),
    settings: Object.fromEntries(settings.filter(([name, value]) => name && value)),
    faults: said.getAll("fault").flatMap((each) => faultFrom(each) ?? []),
    duration: lasts > 0 ? lasts * 1e6 : null,
    seed: /^\d{1,19}$/.test(seed) ? seed : "1",
  };
}

export function toHash(state: State): string {
  const said = new URLSearchParams({ view: state.view });
  if (state.flow) said.set("flow", state.flow);
  if (state.flow && state.step >= 0) said.set("step", String(state.step + 1));
  if (state.down) said.set("down", state.down);
  if (state.selected) said.set("show", state.selected);
  for (const group of state.folded) said.append("fold", group);
  if (state.overlay) said.set("overlay", state.overlay);
  if (state.run !== null) {
    said.set("run", state.run);
    for (const [name, value] of Object.entries(state.settings)) said.append("set", `${name}=${value}`);
    for (const fault of state.faults) said.append("fault", faultText(fault));
    if (state.duration !== null) said.set("for", `${Math.round(state.duration / 1e6)}ms`);
    if (state.seed !== "1") said.set("seed", state.seed);
  }
  return `#${said.toString()}`;
}

/** With a group folded that was not, or the other way round. */
export function foldedBy(state: State, group: string): Change {
  const others = state.folded.filter((each) => each !== group);
  return { folded: others.length < state.folded.length ? others : [...others, group] };
}

/** A change with what follows from it: another flow or failure begins before its first step. */
export function changed(state: State, change: Change): State {
  const next = { ...state, ...change };
  const other = next.flow !== state.flow || next.down !== state.down;
  return other && change.step === undefined ? { ...next, step: -1 } : next;
}
