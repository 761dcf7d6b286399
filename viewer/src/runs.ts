/** Which run is shown, and what it says about the parts of the picture. */

import type { Break, Data, Flow, Part, Run, Step } from "./data";
import { duration } from "./engine/spelling";
import type { State } from "./state";

export function flowOf(data: Data, state: State): Flow | null {
  return data.flows.find((flow) => flow.id === state.flow) ?? null;
}

export function partOf(data: Data, id: string | null): Part | null {
  return data.parts.find((part) => part.id === id) ?? null;
}

/** "API is down", "API is 10 times slower". */
export function supposing(part: Part): string {
  if (part.kind === "slow") return `${part.title} is ${part.what}`;
  return `${part.title} ${part.kind === "pair" ? "are" : "is"} down`;
}

/** The pair of what is down and another part, where it was worked out. */
export function pairOf(data: Data, down: string | null, other: string): Part | null {
  if (!down || down === other) return null;
  return data.parts.find((each) => each.both.includes(down) && each.both.includes(other)) ?? null;
}

/** What stands in the place of every run until the engine is there. */
const AWAITED: Run = {
  ...{ answer: "…", tone: "plain", lasted: 0, duration: "" },
  ...{ calls: [], steps: [], emissions: [], alarms: [] },
};

export function runOf(data: Data, flow: Flow, down: string | null): Run {
  return walked(data, flow, isMet(flow, partOf(data, down)) ? down : null, []);
}

/** The request while a part is down; where only a miss of the caches on the way feels it, that too. */
export function breakOf(data: Data, flow: Flow, part: Part): Break {
  const [run, whole] = [runOf(data, flow, part.id), runOf(data, flow, null)];
  const changed = differs(run, whole);
  const said = part.kind === "slow" || !flow.failing ? "" : (flow.failing[part.id] ?? "none");
  const failing = whole.tone === "bad" ? "" : said;
  if (changed || !flow.caches.length || part.kind === "slow" || !isMet(flow, part)) {
    return { run, changed, missed: null, failing };
  }
  const missing = walked(data, flow, null, flow.caches);
  const worse = walked(data, flow, part.id, flow.caches);
  return { run, changed, missed: differs(worse, missing) && worse.tone !== missing.tone ? worse : null, failing };
}

function walked(data: Data, flow: Flow, part: string | null, misses: number[]): Run {
  return data.walker?.walk(flow.id, part, misses) ?? AWAITED;
}

/** A part that a flow never meets makes no difference to it. */
function isMet(flow: Flow, part: Part | null): boolean {
  return part?.down.some((each) => flow.met.includes(each.component)) ?? false;
}

/** Whether a user, or whoever is told, would notice: the answer, its time or the alerts are others. */
function differs(run: Run, other: Run): boolean {
  const alarms = (each: Run) => each.alarms.map((alarm) => alarm.sentence).join();
  return run.answer !== other.answer || run.lasted !== other.lasted || alarms(run) !== alarms(other);
}

/** A moment in words; empty where nobody knows it. */
export const moment = (at: number): string => (at < 0 ? "" : duration(at));

/** Both ends of a call, each with the zone that its replica stands in. */
export interface Ends {
  source: string;
  target: string;
  sourceZone: string;
  targetZone: string;
}

export function endsOf(data: Data, run: Run, number: number): Ends | null {
  const call = run.calls[number];
  if (!call) return null;
  const around = run.calls.slice(0, number).reverse();
  const parent = around.find((each) => each.depth < call.depth && each.callee === call.caller);
  return {
    source: call.caller,
    target: call.callee,
    sourceZone: zoneOfReplica(data, call.caller, parent?.replica ?? ""),
    targetZone: zoneOfReplica(data, call.callee, call.replica),
  };
}

function zoneOfReplica(data: Data, component: string, replica: string): string {
  const zones = data.components.find((each) => each.id === component)?.zones ?? [];
  const number = Number.parseInt(replica.slice(component.length + 1), 10);
  return zones[(Number.isInteger(number) ? number : 1) - 1] ?? "";
}

export function current(run: Run, step: number): Step | null {
  return run.steps[step] ?? null;
}

/** Components that a run meets: up to a step, or all of them. */
export function met(run: Run, upTo: number | null): Set<string> {
  const steps = upTo === null ? run.steps : run.steps.slice(0, upTo + 1);
  const found = new Set<string>();
  for (const step of steps) {
    const call = run.calls[step[0]];
    if (call) found.add(call.caller).add(call.callee);
  }
  return found;
}

/** The sentence that a screen reader hears, and that stands above the waterfall. */
export function told(data: Data, run: Run, step: Step | null): string {
  if (!step) {
    const after = run.alarms.length || !run.duration ? "" : ` after ${run.duration}`;
    return `Ends with ${run.answer}${after}.`;
  }
  const [number, kind] = step;
  const call = run.calls[number];
  if (!call) return "";
  const name = (id: string) => data.components.find((each) => each.id === id)?.title ?? id;
  const what = call.title ? `: ${call.title}` : "";
  switch (kind) {
    case "ask":
      return `${name(call.caller)} asks ${call.replica || name(call.callee)}${what}`;
    case "answer":
      return `${call.replica || name(call.callee)} answers ${name(call.caller)}: ${call.answer}`;
    case "work":
      return `${name(call.callee)}${what}`;
  }
}
