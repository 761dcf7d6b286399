/** What the page knows, as Python wrote it, and what the engine makes of it here. */

import type { Walker } from "./engine/walker";

export type Tone = "plain" | "good" | "note" | "warning" | "bad";

export interface View {
  id: string;
  title: string;
  /** The group that it shows from within, where other views draw it as one box. */
  inside: string | null;
}

/** What flows lose with an element: the same for all of these flows, by their numbers. */
export interface Standing {
  flows: number[];
  /** In words; empty where there is nothing to say. */
  alone: string;
  cost: string;
  /** Parts whose failure together fails requests; more of them are only counted. */
  cuts: string[];
  more: number;
}

export interface Group {
  id: string;
  title: string;
  kind: string;
  description: string;
  members: string[];
  findings: number[];
  standing: Standing[];
}

export interface Fact {
  label: string;
  value: string;
  note: string;
}

export interface Component {
  id: string;
  title: string;
  kind: string;
  technology: string;
  description: string;
  owner: string;
  facts: Fact[];
  /** The numbers of the flows that meet it. */
  flows: number[];
  /** The groups round it, innermost first. */
  groups: string[];
  /** Where each replica stands, in their order; empty where nothing is said. */
  zones: string[];
  findings: number[];
  standing: Standing[];
  links: { title: string; url: string }[];
}

/** Something that can be down or slow: the share of each component's replicas that it takes with it. */
export interface Part {
  id: string;
  title: string;
  kind: "component" | "replica" | "group" | "slow" | "pair";
  what: string;
  down: { component: string; replicas: number; of: number }[];
  /** The two parts of a pair. */
  both: string[];
}

export interface Call {
  depth: number;
  caller: string;
  callee: string;
  replica: string;
  title: string;
  start: number;
  end: number;
  /** In words; empty where nothing says how long it takes. */
  took: string;
  answer: string;
  tone: Tone;
  notes: string[];
}

export type Emission = [kind: "log" | "metric" | "error", at: number, source: string, target: string, text: string];

/** One moment of a run: a call goes out, an answer comes back, or own work is done. */
export type Step = [call: number, kind: "ask" | "answer" | "work", at: number];

export interface Run {
  answer: string;
  tone: Tone;
  /** Nanoseconds until the answer, or until all is over. */
  lasted: number;
  /** In words; empty where nothing says how long any of it takes. */
  duration: string;
  calls: Call[];
  steps: Step[];
  emissions: Emission[];
  alarms: { sentence: string; brief: string }[];
}

/** The run of a flow while a part is down. */
export interface Break {
  run: Run;
  /** Whether the user notices, or somebody is told. */
  changed: boolean;
  /** The run where caches miss too, where that comes out worse. */
  missed: Run | null;
  /** How many of all requests fail ("all", "10%"); empty where that is not known. */
  failing: string;
}

/** What makes a difference to a flow. */
export interface Felt {
  /** The components whose failure may be felt. */
  met: string[];
  /** The caches on the way, by their numbers in the engine, that have something to ask on a miss. */
  caches: number[];
  /** How many of all requests fail while a part is down, where some do; empty: not known. Null: of no part. */
  failing: Record<string, string> | null;
}

/** What the flow feels is known as soon as the engine is there. */
export interface Flow extends Felt {
  id: string;
  title: string;
  request: string;
}

export interface Connection {
  /** `a -> b`, or `a -> b via amqp`. */
  name: string;
  source: string;
  target: string;
  facts: Fact[];
  /** The numbers of the flows whose calls go this way. */
  flows: number[];
  findings: number[];
  standing: Standing[];
}

/** What an overlay says of a component. Of those drawn as one box, the one of the highest rank is shown. */
export interface Reading {
  text: string;
  tint: string;
  rank: number;
  note: string;
}

export interface Layer {
  name: string;
  summary: string;
  /** By component. */
  readings: Record<string, Reading>;
  keys: { tint: string; meaning: string }[];
  notes: string[];
}

export interface Finding {
  code: string;
  severity: "error" | "warning" | "info";
  message: string;
  /** The id of what it is about, `a -> b` of a connection; empty of the whole. */
  element: string;
}

export interface Data {
  views: View[];
  components: Component[];
  groups: Group[];
  parts: Part[];
  connections: Connection[];
  /** The file of the spec. */
  spec: string;
  layers: Layer[];
  flows: Flow[];
  findings: Finding[];
  /** Null until the engine is there. */
  walker: Walker | null;
}
