/** From the log of a run to the tree of one request's calls. */

import type { Operation, System } from "./program";
import type { Place, WalkedFlow } from "./walks";

const ROW = 6;
/** What a row of the log tells: as `archspec/simulation/log.py` names it. */
const Told = {
  SENT: 1,
  ATTEMPT: 2,
  ARRIVED: 3,
  WORKED: 5,
  OWN: 6,
  CACHE: 7,
  ANSWERED: 8,
  HEARD: 9,
  BACKOFF: 10,
  LOST: 11,
  RESPONSE: 12,
} as const;
/** Of what is worked with, by number: 0 is a slot. */
const CORE = 1;
/** Why a call failed, by number. */
export const CAUSES = [
  null,
  "refused",
  "reset",
  "timeout",
  "shed",
  "rate_limited",
  "no_replica",
  "breaker_open",
  "bulkhead",
  "error",
  "pool",
  "deadline",
  "no_session",
  "throttled",
] as const;
/** The context of who begins the flow. */
const CALLER = 0;

/** A stretch of own work, in nanoseconds. */
export interface OwnWork {
  component: string;
  does: string;
  start: number;
  end: number;
}

/** One attempt of a call, from both sides; what never came to be is null. */
export interface Attempt {
  number: number;
  context: number;
  place: Place;
  operation: Operation;
  component: string;
  replica: string;
  sent: number;
  attempt: number;
  attempts: number;
  settled: number | null;
  status: number | null;
  cause: string | null;
  arrived: number | null;
  answered: number | null;
  answerStatus: number | null;
  originates: boolean;
  /** When the last work for it was over. */
  worked: number;
  /** Nanoseconds on a core. */
  busy: number;
  cache: "" | "hit" | "miss";
  lost: boolean;
  backoff: number;
  role: Place["role"];
  timed: boolean;
  children: Item[];
}

export type Item = Attempt | OwnWork;

export interface Trace {
  items: Item[];
  /** Null where nothing came back, which has a cause, or nobody waited. */
  status: number | null;
  cause: string | null;
  degraded: boolean;
  response: number | null;
}

export const isCall = (item: Item): item is Attempt => "attempt" in item;

export function readTrace(flow: WalkedFlow, system: System, log: BigInt64Array): Trace {
  const reading = new Reading(flow, system);
  for (let row = 0; row < log.length; row += ROW) {
    reading.read(...(Array.from(log.subarray(row, row + ROW), Number) as Row));
  }
  return reading.trace();
}

type Row = [time: number, what: number, a: number, b: number, c: number, d: number];

class Reading {
  private readonly attempts = new Map<number, Attempt>();
  private readonly requests = new Map<number, number>();
  private readonly connections = new Map<number, number>();
  private readonly works: [context: number, work: OwnWork][] = [];
  private readonly backoffs = new Map<string, number>();
  private readonly replicas: string[];
  private response: Row | null = null;

  constructor(
    private readonly flow: WalkedFlow,
    private readonly system: System,
  ) {
    this.replicas = system.components.flatMap(({ id, most, shards, beside }) => {
      const names = Array.from({ length: most * shards }, (_, index) => `${id}-${index + 1}`);
      return beside ? [...names, ...names] : names;
    });
  }

  read(...[time, what, a, b, c, d]: Row): void {
    switch (what) {
      case Told.SENT:
        this.attempts.set(a, this.sent(time, a, b, c, d));
        return;
      case Told.OWN: {
        const place = this.flow.places[b];
        if (place) this.works.push([a, { component: place.caller, does: place.does, start: d, end: time }]);
        return;
      }
      case Told.BACKOFF:
        this.backoffs.set(`${a} ${b}`, c);
        return;
      case Told.RESPONSE:
        this.response ??= [time, what, a, b, c, d];
        return;
    }
    const attempt = this.attempts.get(a);
    if (!attempt) return;
    switch (what) {
      case Told.ATTEMPT:
        attempt.attempt = b;
        this.requests.set(a, c);
        this.connections.set(a, d);
        break;
      case Told.ARRIVED:
        attempt.arrived = time;
        break;
      case Told.WORKED:
        attempt.worked = Math.max(attempt.worked, time);
        if (c === CORE) attempt.busy += time - d;
        break;
      case Told.CACHE:
        attempt.cache = b ? "hit" : "miss";
        break;
      case Told.ANSWERED:
        attempt.answered = time;
        attempt.answerStatus = b || null;
        attempt.originates = d !== 0;
        break;
      case Told.HEARD:
        attempt.settled = time;
        attempt.status = b || null;
        attempt.cause = CAUSES[c] ?? null;
        break;
      case Told.LOST:
        attempt.lost = true;
        break;
    }
  }

  trace(): Trace {
    const items = this.tree(CALLER);
    if (!this.response) return { items, status: null, cause: null, degraded: false, response: null };
    const [response, , , status, cause, degraded] = this.response;
    return { items, status: status || null, cause: CAUSES[cause] ?? null, degraded: degraded !== 0, response };
  }

  private sent(time: number, number: number, context: number, index: number, replica: number): Attempt {
    const [operation, place] = [this.system.operations[index], this.flow.places[index]];
    if (!operation || !place) throw new Error(`the log names operation ${index}, which is not there`);
    const backoff = this.backoffs.get(`${index} ${context}`) ?? 0;
    this.backoffs.delete(`${index} ${context}`);
    return {
      ...{ number, context, place, operation, backoff, sent: time, attempt: 1 },
      ...{ settled: null, status: null, cause: null, arrived: null, answered: null, answerStatus: null },
      ...{ component: "", originates: false, worked: 0, busy: 0, cache: "", lost: false, timed: false, children: [] },
      replica: this.replicas[replica] ?? "",
      attempts: Math.max(...operation.routes.map((route) => route.attempts)),
      role: this.role(place),
    };
  }

  /** The calls and own work of a context, in the order in which they began; own work comes first. */
  private tree(context: number): Item[] {
    const works = this.works.filter(([at]) => at === context).map(([, work]): [number, number, Item] => [work.start, -1, work]);
    const calls = [...this.attempts.values()]
      .filter((each) => each.context === context && this.requests.get(each.number) === 0)
      .map((each): [number, number, Item] => [each.sent, each.number, this.whole(each)]);
    return [...calls, ...works].sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, , item]) => item);
  }

  /** An attempt with all that is known only when the log is read. */
  private whole(attempt: Attempt): Attempt {
    const number = this.connections.get(attempt.number) ?? -1;
    const connection = this.system.connections[number];
    attempt.component = connection ? (this.system.components[connection.to]?.id ?? "") : "";
    attempt.children = this.tree(attempt.number);
    const hasLatency = attempt.operation.routes.some((route) => route.connection === number && route.latency !== undefined);
    const lasted = attempt.settled !== null && attempt.settled > attempt.sent;
    const inside = attempt.children.some((child) => !isCall(child) || child.timed);
    attempt.timed = attempt.place.stated || hasLatency || lasted || inside;
    return attempt;
  }

  /** The role of a step, seen through `flow:` to what it is for. */
  private role(place: Place): Place["role"] {
    let seen = place;
    while (seen.role === "flow" && seen.parent !== null) seen = this.flow.places[seen.parent] ?? { ...seen, parent: null };
    return seen.role;
  }
}

export function every(items: Item[]): Attempt[] {
  const calls = items.filter(isCall);
  return [...calls, ...calls.flatMap((call) => every(call.children))].sort((one, other) => one.number - other.number);
}

export const succeeded = (trace: Trace): boolean => trace.status !== null && trace.status < 500 && trace.status !== 429;

export const isTimed = (trace: Trace): boolean =>
  trace.items.some((item) => !isCall(item) || item.timed) || Boolean(trace.response);

/** When both sides were through with a call; null where neither ever was. */
export function ended(call: Attempt): number | null {
  const times = [call.settled, call.answered].filter((time) => time !== null);
  const found = [...times, ...call.children.map(end)];
  return found.length ? Math.max(...found) : null;
}

/** When an item was over. */
export const end = (item: Item): number => (isCall(item) ? ended(item) || item.sent : item.end);

/** Whether the callee worked on after its caller had gone. */
export function isAbandoned(call: Attempt): boolean {
  return call.settled !== null && call.cause === "timeout" && (call.answered || call.worked) > call.settled;
}
