/** A load that runs in the page, in slices, so that the page stays alive; its past can be looked at again. */

import type { Engine, RunOfEngine } from "../engine/engine";
import type { Program, System } from "../engine/program";
import type { Walks } from "../engine/walks";
import { programText } from "./asked";
import { type AlertChange, changesOf } from "./alerts";
import { SHOWN_WIDTH } from "./columns";
import { type FlowFigures, figuresOf } from "./results";
import type { Asked } from "./plays";
import { Camera, type Snapshot, numbers, rows } from "./snapshots";

/** A run is looked at so many times. */
const LOOKS = 300;
/** Events between two looks at the clock: a millisecond or two. */
const SLICE = 4000n;

/** What came of a flow in an interval. */
export interface Interval {
  /** Nanoseconds: when it ends. */
  at: number;
  /** Counts; then nanoseconds, -1 of none. */
  offered: number;
  ok: number;
  failed: number;
  p50: number;
  p99: number;
}

export class Playing {
  readonly duration: number;
  readonly system: System;
  readonly snapshots: Snapshot[] = [];
  /** By flow. */
  intervals: Interval[][] = [];
  /** In order of time. */
  alerts: AlertChange[] = [];
  private readonly run: RunOfEngine;
  private readonly camera: Camera;
  private readonly warmUp: number;
  private isWatched = false;

  constructor(
    engine: Engine,
    walks: Walks,
    readonly asked: Asked,
  ) {
    const text = programText(walks, asked);
    const program = JSON.parse(text) as Program;
    this.duration = asked.duration;
    this.warmUp = program.run.warm_up;
    this.system = program.system;
    this.run = engine.begin(text);
    this.camera = new Camera(this.run, this.system);
  }

  /** Up to where it has run, in nanoseconds. */
  get front(): number {
    return this.snapshots.at(-1)?.at ?? 0;
  }

  /** The engine's own clock: a little ahead of the last look. */
  get now(): number {
    return Number(this.run.now());
  }

  get isOver(): boolean {
    return this.snapshots.length >= LOOKS;
  }

  /** Runs on towards a moment, for at most so many milliseconds. */
  go(until: number, patience: number): void {
    const end = performance.now() + patience;
    while (!this.isOver && this.front < until) {
      const next = Math.floor((this.duration * (this.snapshots.length + 1)) / LOOKS);
      while (!this.run.advance(BigInt(next), SLICE)) {
        if (performance.now() > end) return;
      }
      this.snapshots.push(this.camera.take(next));
      if (performance.now() > end) break;
    }
    this.intervals = this.shown();
    this.alerts = changesOf(this.run, this.asked.play);
  }

  /** The last look at or before a moment. */
  at(moment: number): Snapshot | null {
    const place = Math.floor((moment / this.duration) * LOOKS + 1e-6) - 1;
    return this.snapshots[Math.min(Math.max(place, 0), this.snapshots.length - 1)] ?? null;
  }

  /** What came of a flow in the last whole interval before a moment. */
  interval(flow: number, moment: number): Interval | null {
    return this.intervals[flow]?.filter((each) => each.at <= moment).at(-1) ?? this.intervals[flow]?.[0] ?? null;
  }

  /** What was told since this was last asked, row after row; what came before the first time is not. */
  told(): BigInt64Array {
    const log = this.isWatched ? new BigInt64Array(this.run.column("log")) : new BigInt64Array();
    this.run.watch(true);
    this.isWatched = true;
    return log;
  }

  /** Lets the run go on unwatched, which is faster. */
  unwatch(): void {
    if (this.isWatched) this.run.watch(false);
    this.isWatched = false;
  }

  /** As far as it has run. */
  figures(): FlowFigures[] {
    return figuresOf(this.run, this.asked, this.warmUp);
  }

  stop(): void {
    this.run.stop();
  }

  private shown(): Interval[][] {
    const flows = this.asked.play.flows.length;
    const found = rows(numbers(this.run, "shown"), 1 + SHOWN_WIDTH * flows);
    return Array.from({ length: flows }, (_, flow) =>
      found.map((row) => {
        const [offered = 0, ok = 0, failed = 0, p50 = -1, p99 = -1] = row.slice(1 + SHOWN_WIDTH * flow);
        return { at: row[0] ?? 0, offered, ok, failed, p50, p99 };
      }),
    );
  }
}
