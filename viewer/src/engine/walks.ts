/** What the page is told to walk requests by itself, as `archspec/webpage/gathering/walks.py` writes it. */

import type { Felt } from "../data";
import type { Play } from "../simulation/plays";
import type { Told } from "../ways";
import type { Supposed } from "./program";

export interface Walks {
  flows: Record<string, WalkedFlow>;
  /** The system of all flows, in their order. */
  whole: SystemNumber;
  /** Parts of systems, as texts: most flows share one. */
  systems: string[];
  plays: Play[];
  /** The numbers of the components in the engine, by their ids. */
  numbers: Record<string, number>;
  /** What each part that can be broken means to the engine. */
  supposed: Record<string, Supposed[]>;
  /** Where the components that run send what they have to tell. */
  observers: Record<string, Observers>;
  /** The metrics services that a log service derives figures for. */
  derived: Record<string, string[]>;
  /** What the statuses of HTTP are called. */
  phrases: Record<string, string>;
}

export interface WalkedFlow extends Felt {
  /** The number of the components as they are where it runs alone. */
  components: number;
  request: string;
  /** By operation. */
  places: Place[];
  /** Every way that it can go. */
  ways: Told[];
  rules: Rule[];
}

/** Where the parts of a system stand: the components, and the rest. */
export type SystemNumber = [components: number, rest: number];

/** The text of a system. */
export function systemOf(walks: Walks, [components, rest]: SystemNumber): string {
  return `{"components":${walks.systems[components]},${walks.systems[rest]}}`;
}

/** Where an operation comes from. */
export interface Place {
  parent: number | null;
  role: "steps" | "on_miss" | "fallback" | "parallel" | "flow" | "shards" | "message";
  caller: string;
  does: string;
  /** Whether the step says how long it takes. */
  stated: boolean;
  optional: boolean;
  waits: boolean;
}

export interface Observers {
  logs: string[];
  metrics: string[];
  errors: string[];
}

/** An alert that a flow feeds: it fires where what is counted, `times` so much, is beyond the bound. */
export interface Rule {
  counts: "successes" | "failed_requests" | "requests" | "response" | "calls" | "failures" | "up" | "busy";
  component: string;
  /** Its replicas, and how many of them each part takes down. */
  replicas: number;
  down: Record<string, number>;
  above: boolean;
  /** Numerator and denominator, as decimal numbers. */
  bound: [string, string];
  times: [string, string];
  sentence: string;
  brief: string;
}
