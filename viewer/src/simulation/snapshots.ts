/** The state of a run at its moments: how busy each component was since the moment before, and what waits there. */

import type { System } from "../engine/program";
import type { RunOfEngine } from "../engine/engine";
import { COUNTS, COUNTS_WIDTH, QUEUE, QUEUE_WIDTH, REPLICA_WIDTH } from "./columns";

export interface State {
  /** Of its cores or slots, whichever is fuller; null where neither has a size. */
  busy: number | null;
  /** Calls that wait, on average; of a message queue, messages now. */
  waiting: number;
  /** Each second. */
  calls: number;
  /** Of the calls, those that found nobody, no room or an error. */
  failing: number;
  /** Replicas in service, on average. */
  serving: number;
}

export interface Snapshot {
  /** Nanoseconds. */
  at: number;
  /** By the number of the component. */
  components: State[];
}

const BAD = [COUNTS.shed, COUNTS.rate_limited, COUNTS.refused, COUNTS.reset, COUNTS.errors];

/** Takes one snapshot after the other. */
export class Camera {
  private before: Float64Array;
  private moment = 0;
  private readonly owners: number[];

  constructor(
    private readonly run: RunOfEngine,
    private readonly system: System,
  ) {
    this.owners = numbers(run, "replicas").filter((_, index) => index % REPLICA_WIDTH === 0);
    this.before = new Float64Array(system.components.length * COUNTS_WIDTH);
  }

  take(at: number): Snapshot {
    const now = this.summed();
    const lasted = Math.max(1, at - this.moment);
    const waiting = new Map<number, number>();
    for (const row of rows(numbers(this.run, "queues"), QUEUE_WIDTH)) {
      const component = row[QUEUE.component] ?? -1;
      waiting.set(component, (waiting.get(component) ?? 0) + (row[QUEUE.waiting] ?? 0));
    }
    const components = this.system.components.map((component, number) => {
      const grown = (figure: number): number => {
        const place = number * COUNTS_WIDTH + figure;
        return (now[place] ?? 0) - (this.before[place] ?? 0);
      };
      const registered = grown(COUNTS.time_registered);
      const [above, below] = component.cores ?? [0, 1];
      const shares = [
        component.cores && registered ? grown(COUNTS.time_cores) / (Math.max(1, above / below) * registered) : null,
        component.slots && registered ? grown(COUNTS.time_slots) / (component.slots * registered) : null,
      ].filter((share) => share !== null);
      const calls = grown(COUNTS.calls);
      return {
        busy: shares.length ? Math.max(...shares) : null,
        waiting: waiting.get(number) ?? grown(COUNTS.time_queued) / lasted,
        calls: calls / (lasted / 1e9),
        failing: calls ? Math.min(1, BAD.reduce((sum, figure) => sum + grown(figure), 0) / calls) : 0,
        serving: registered / lasted,
      };
    });
    [this.before, this.moment] = [now, at];
    return { at, components };
  }

  /** The counts of replicas, summed by component. */
  private summed(): Float64Array {
    const found = new Float64Array(this.system.components.length * COUNTS_WIDTH);
    numbers(this.run, "counts").forEach((value, index) => {
      const place = (this.owners[Math.floor(index / COUNTS_WIDTH)] ?? 0) * COUNTS_WIDTH + (index % COUNTS_WIDTH);
      found[place] = (found[place] ?? 0) + value;
    });
    return found;
  }
}

export function numbers(run: RunOfEngine, view: Parameters<RunOfEngine["column"]>[0]): number[] {
  return Array.from(new BigInt64Array(run.column(view)), Number);
}

export function rows(values: number[], width: number): number[][] {
  return Array.from({ length: Math.floor(values.length / width) }, (_, row) => values.slice(row * width, (row + 1) * width));
}
