/** Some of the requests of a load, followed through the engine's log: which ways they took, and how they ended. */

import type { System } from "../engine/program";
import type { Playing } from "./playing";

const ROW = 6;
const Told = { ARRIVAL: 0, ATTEMPT: 2, RESPONSE: 12 } as const;
/** Requests that are followed at once. */
const MOST = 120;
const HOPS = 12;
/** A good answer is slow from so many times the promised percentile on, or the median where nothing is promised. */
const SLOW = 3;

export type Ending = "ok" | "slow" | "failed";

export interface Followed {
  flow: number;
  begun: number;
  /** The components at both ends of each call. */
  hops: [from: string, to: string][];
}

export interface Ended extends Followed {
  ending: Ending;
}

/** What the user of a flow was told last when something went wrong: a status, 0 where no answer came. */
export type Failures = Map<number, { status: number; at: number }>;

/** Nanoseconds over which the calls of a connection are counted. */
const WINDOW = 1e9;

export class Requests {
  private readonly followed = new Map<number, Followed>();
  /** Calls per second by the connection's name (`a -> b`, `a -> b via amqp`), in the last window that was watched as a whole. */
  rates = new Map<string, number>();
  private readonly counted = new Map<number, number>();
  private since: number | null = null;
  readonly failures: Failures = new Map();

  constructor(private readonly playing: Playing) {}

  /** The requests that have ended since this was last asked, of those that are followed; `room`: at most so many. */
  read(room: number): Ended[] {
    const log = this.playing.told();
    const arrivals = log.length / ROW / 12;
    const every = Math.max(1, Math.ceil(arrivals / Math.max(1, room)));
    const ended: Ended[] = [];
    const flows = new Map<number, number>();
    for (let row = 0; row < log.length; row += ROW) {
      const [what, request] = [Number(log[row + 1]), Number(log[row + 2])];
      if (what === Told.ARRIVAL) {
        const flow = Number(log[row + 3]);
        flows.set(request, flow);
        if (request % every === 0 && this.followed.size < MOST) {
          this.followed.set(request, { flow, begun: Number(log[row]), hops: [] });
        }
      } else if (what === Told.ATTEMPT) {
        const connection = Number(log[row + 5]);
        this.counted.set(connection, (this.counted.get(connection) ?? 0) + 1);
        const followed = this.followed.get(Number(log[row + 4]));
        const hop = followed && followed.hops.length < HOPS ? hopOf(this.playing.system, connection) : null;
        if (hop) followed?.hops.push(hop);
      } else if (what === Told.RESPONSE) {
        const [at, status, cause] = [Number(log[row]), Number(log[row + 3]), Number(log[row + 4])];
        const followed = this.followed.get(request);
        const flow = followed?.flow ?? flows.get(request);
        if (cause && flow !== undefined) this.failures.set(flow, { status, at });
        if (followed) {
          this.followed.delete(request);
          ended.push({ ...followed, ending: cause ? "failed" : this.isSlow(followed.flow, at - followed.begun) ? "slow" : "ok" });
        }
      }
    }
    this.measure();
    return ended.slice(0, room);
  }

  /** What is counted from now on begins anew: what happens meanwhile is not told. */
  lookAway(): void {
    this.since = null;
    this.rates = new Map();
  }

  private measure(): void {
    const now = this.playing.now;
    if (this.since !== null && now - this.since < WINDOW) return;
    if (this.since !== null) {
      const seconds = (now - this.since) / 1e9;
      this.rates = new Map(
        [...this.counted].map(([number, count]) => [nameOf(this.playing.system, number), count / seconds]),
      );
    }
    this.since = now;
    this.counted.clear();
  }

  private isSlow(flow: number, took: number): boolean {
    const promised = Object.values(this.playing.asked.play.flows[flow]?.percentiles ?? {});
    if (promised.length) return took > Math.min(...promised);
    const median = this.playing.intervals[flow]?.at(-1)?.p50 ?? -1;
    return median > 0 && took > median * SLOW;
  }
}

/** `a -> b`, or `a -> b via amqp`. */
function nameOf(system: System, number: number): string {
  const [arrow, via] = [hopOf(system, number)?.join(" -> ") ?? "", system.connections[number]?.name];
  return via ? `${arrow} via ${via}` : arrow;
}

function hopOf(system: System, number: number): [string, string] | null {
  const connection = system.connections[number];
  const ends = [connection?.from, connection?.to].map((end) => system.components[end ?? -1]?.id);
  return ends[0] && ends[1] ? [ends[0], ends[1]] : null;
}
