/** The figures of a run that is over: those that `archspec simulate` prints. */

import type { RunOfEngine } from "../engine/engine";
import { CAUSES } from "../engine/trace";
import { OUTCOME, OUTCOMES, PERCENTILES, QUESTION } from "./columns";
import type { Asked } from "./plays";
import { numbers, rows } from "./snapshots";

export interface FlowFigures {
  id: string;
  offered: number;
  ok: number;
  degraded: number;
  failed: [cause: string, count: number][];
  inFlight: number;
  /** Of those that ended; null where none did. */
  success: number | null;
  /** Good answers each second. */
  throughput: number;
  /** Nanoseconds; null where no request succeeded. */
  mean: number | null;
  percentiles: Record<string, number>;
}

export function figuresOf(run: RunOfEngine, asked: Asked, warmUp: number): FlowFigures[] {
  const outcomes = rows(numbers(run, "flows"), OUTCOMES + CAUSES.length);
  return asked.play.flows.map(({ id, percentiles }, flow) => {
    const row = outcomes[flow] ?? [];
    const ok = row[OUTCOME.ok] ?? 0;
    const failed = CAUSES.map((cause, index): [string, number] => [cause ?? "", row[OUTCOMES + index] ?? 0]).filter(
      ([cause, count]) => cause && count,
    );
    const ended = failed.reduce((sum, [, count]) => sum + count, ok);
    const [count = 0, mean = 0] = run.ask(QUESTION.summary, flow, true);
    const names = { ...PERCENTILES, ...Object.fromEntries(Object.keys(percentiles).map((name) => [name, shareOf(name)])) };
    const found = Object.entries(names).map(([name, share]) => [name, run.ask(QUESTION.percentile, flow, true, share)[0] ?? 0]);
    return {
      ...{ id, ok, failed, degraded: row[OUTCOME.degraded] ?? 0, offered: row[OUTCOME.offered] ?? 0 },
      inFlight: row[OUTCOME.in_flight] ?? 0,
      success: ended ? ok / ended : null,
      throughput: (ok * 1e9) / Math.max(asked.duration - warmUp, 1),
      mean: count ? mean : null,
      percentiles: count ? (Object.fromEntries(found) as Record<string, number>) : {},
    };
  });
}

/** `p99.9` is 0.999. */
const shareOf = (name: string): number => Number(name.slice(1)) / 100;
