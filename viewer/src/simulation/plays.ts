/** Runs of whole loads as the page asks for them: what they are made of, as `gathering/plays.py` writes it. */

import type { Run } from "../engine/program";
import type { SystemNumber } from "../engine/walks";

type Where = (string | number)[];

/** A value of the spec that a person may turn, under the name that `--set` has for it. */
export interface Knob {
  name: string;
  /** The flow, component or connection (`a -> b`) that it belongs to. */
  of: string;
  what: "rate" | "replicas" | "cores" | "slots" | "hit" | "timeout" | "attempts";
  /** As the spec has it: per second, pieces, a share, nanoseconds. */
  value: number;
  least: number;
  /** Where it stands in the system, and in what is done with it. */
  system: Where[];
  run: Where[];
  /** attempts: what is waited before each attempt after the first, and where the number of draws stands. */
  waits?: number[];
  spread?: Where[];
}

/** Something that goes wrong in a scenario; until: null is to the end. */
export interface Planned {
  what: string;
  target: string;
  at: number;
  until: number | null;
}

export interface PlayedFlow {
  id: string;
  success: number | null;
  /** Nanoseconds by the name of a percentile (`p99`). */
  percentiles: Record<string, number>;
}

/** An alert that the engine evaluates, in the order of its numbers. */
export interface WatchedAlert {
  id: string;
  told: string[];
  description: string;
}

export interface Play {
  /** Null: every flow at its own rate. */
  scenario: string | null;
  description: string;
  system: SystemNumber;
  run: Run;
  stationary: boolean;
  warm_up: number | null;
  faults: Planned[];
  flows: PlayedFlow[];
  alerts: WatchedAlert[];
  knobs: Knob[];
}

/** What a person breaks while a load runs; times in nanoseconds. */
export interface Fault {
  what: "fail" | "slow" | "partition";
  target: string;
  at: number;
  until: number | null;
}

/** How often slower is what a person makes slow. */
export const SLOWER = 5;
/** What is turned, by the names of knobs, as `--set` takes it. */
export type Settings = Record<string, string>;

/** All that makes a run the run that it is. */
export interface Asked {
  play: Play;
  settings: Settings;
  faults: Fault[];
  /** Nanoseconds. */
  duration: number;
  seed: string;
}
