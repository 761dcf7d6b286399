/** Walks requests of the page's flows, whole or with a part down, by the engine; tells them as the page shows them. */

import type { Call, Felt, Run, Step, Tone } from "../data";
import { alarms } from "./alarms";
import { Alone } from "./alone";
import { emissions } from "./emissions";
import { type Engine, programOf, type RunOfEngine } from "./engine";
import type { Run as Request, System } from "./program";
import { duration } from "./spelling";
import { type Attempt, type Item, type Trace, end, ended, isAbandoned, isCall, isTimed, readTrace, succeeded } from "./trace";
import type { WalkedFlow, Walks } from "./walks";

/** In place of a length or moment in nanoseconds that nobody knows. */
const UNKNOWN = -1;
const SPECIAL: string[] = ["parallel", "fallback", "message"];

export class Walker {
  private alone: Alone | null = null;
  private readonly systems = new Map<string, { text: string; read: System }>();
  private readonly runs = new Map<string, Run>();
  /** By flow: its system, read once. */
  private readonly begun = new Map<string, RunOfEngine>();

  constructor(
    readonly engine: Engine,
    readonly walks: Walks,
  ) {}

  /** What makes a difference to a flow. */
  felt(id: string): Felt {
    const { met, caches, failing } = this.flow(id);
    return { met, caches, failing };
  }

  /** A request of a flow while a part is down (null: none is) and some caches, by number, have nothing. */
  walk(id: string, part: string | null, misses: number[]): Run {
    const name = JSON.stringify([id, part, misses]);
    const run = this.runs.get(name) ?? this.walked(id, part, misses);
    this.runs.set(name, run);
    return run;
  }

  private walked(id: string, part: string | null, misses: number[]): Run {
    const flow = this.flow(id);
    const system = this.system(id);
    const trace = readTrace(flow, system.read, this.log(id, system.text, part, misses));
    const isKnown = isTimed(trace);
    const time = (nanoseconds: number): number => (isKnown ? nanoseconds : UNKNOWN);
    const told = trace.items.flatMap((item) => calls(item, 0, flow.request));
    const over = trace.response ?? Math.max(0, ...trace.items.map(end));
    return {
      answer: answer(trace, this.walks.phrases),
      tone: !succeeded(trace) ? "bad" : trace.degraded ? "warning" : "good",
      lasted: over,
      duration: isKnown ? duration(over) : "",
      calls: told.map(([call]) => call),
      steps: steps(told).map(([call, kind, at]) => [call, kind, time(at)]),
      emissions: emissions(this.walks, id, trace).map(([kind, at, ...rest]) => [kind, time(at), ...rest]),
      alarms: alarms(flow.rules, trace, part),
    };
  }

  private flow(id: string): WalkedFlow {
    const flow = this.walks.flows[id];
    if (!flow) throw new Error(`there is no flow ${id}`);
    return flow;
  }

  private log(id: string, system: string, part: string | null, misses: number[]): BigInt64Array {
    const asked: Request = {
      ...{ seed: "1", sampled: false, warm_up: 0, watch: "everything", misses },
      ...{ loads: [], faults: [], random_faults: [], request: { flow: 0, number: 0 } },
      supposed: part === null ? [] : (this.walks.supposed[part] ?? []),
    };
    const begun = this.begun.get(id);
    const run = begun ?? this.engine.begin(programOf(system, asked));
    if (begun) run.again(asked);
    this.begun.set(id, run);
    run.advance();
    return new BigInt64Array(run.column("log"));
  }

  private system(id: string): { text: string; read: System } {
    const known = this.systems.get(id);
    if (known) return known;
    const text = (this.alone ??= new Alone(this.walks)).system(id);
    const found = { text, read: JSON.parse(text) as System };
    this.systems.set(id, found);
    return found;
  }
}

/** What the user gets. */
function answer(trace: Trace, phrases: Walks["phrases"]): string {
  if (trace.status === null) return `no answer: ${words(trace.cause ?? "silence")}`;
  const told = `${trace.status} ${phrases[trace.status] ?? ""}`.trim();
  return trace.degraded && succeeded(trace) ? `${told}, degraded` : told;
}

const words = (cause: string): string => cause.replaceAll("_", " ");

/** A call and all below it, each with whether its caller learnt of its end. */
function calls(item: Item, depth: number, request = ""): [call: Call, heard: boolean][] {
  if (!isCall(item)) {
    const { component, start, end } = item;
    const title = item.does || "own work";
    const told = { depth, caller: component, callee: component, replica: "", title, start, end };
    return [[{ ...told, took: duration(end - start), answer: "", tone: "plain", notes: [] }, true]];
  }
  const until = item.settled ?? ended(item) ?? item.sent;
  const call: Call = {
    depth,
    caller: item.place.caller,
    callee: item.component,
    replica: item.replica,
    title: item.place.does || request,
    start: item.sent,
    end: until,
    took: item.timed ? duration(until - item.sent) : "",
    answer: outcome(item),
    tone: tone(item),
    notes: [...notes(item)],
  };
  const heard = item.settled !== null && item.place.waits && item.role !== "message";
  return [[call, heard], ...item.children.flatMap((child) => calls(child, depth + 1))];
}

/** The status that the caller heard; of a message, that with which its consumer ended. */
function statusOf(call: Attempt): number | null {
  return call.role === "message" || !call.place.waits ? call.answerStatus : call.status;
}

/** Its status, the cause of a failure where it arose, or why there is no status. */
function outcome(call: Attempt): string {
  const [status, cause] = [statusOf(call), words(call.cause ?? "")];
  if (status === null) return cause || "no answer";
  return cause && status >= 500 && (call.originates || !call.replica) ? `${status} ${cause}` : String(status);
}

function tone(call: Attempt): Tone {
  const status = statusOf(call);
  if (status !== null && status < 500 && status !== 429) return "good";
  if (status === null && call.cause === null) return "plain";
  return call.place.optional ? "warning" : "bad";
}

function* notes(call: Attempt): Generator<string> {
  const hasSucceeded = call.status !== null && call.status < 400;
  if (call.attempts > 1 && (call.attempt > 1 || !hasSucceeded)) yield `attempt ${call.attempt} of ${call.attempts}`;
  if (call.backoff) yield `after ${duration(call.backoff)} back-off`;
  if (call.cache) yield call.cache;
  if (SPECIAL.includes(call.role)) yield call.role;
  if (call.place.optional) yield "optional";
  if (!call.place.waits) yield "not waited for";
  if (call.lost) yield "lost on the way";
  if (isAbandoned(call)) yield "worked on for nobody";
}

/** One for each question, each answer and each piece of own work. Of one moment, what is below a call stands inside it. */
function steps(told: [call: Call, heard: boolean][]): Step[] {
  const found: Step[] = [];
  const waiting: number[] = [];
  const settle = (above: number): void => {
    for (let last = waiting.at(-1); last !== undefined && (told[last]?.[0].depth ?? 0) >= above; last = waiting.at(-1)) {
      found.push([last, "answer", told[last]?.[0].end ?? 0]);
      waiting.pop();
    }
  };
  told.forEach(([call, heard], index) => {
    settle(call.depth);
    const isWork = call.caller === call.callee;
    found.push([index, isWork ? "work" : "ask", call.start]);
    if (heard && !isWork) waiting.push(index);
  });
  settle(0);
  return found.sort((one, other) => one[2] - other[2]);
}
