/** From what is asked to a Program, and to the command that shows the same. */

import { programOf } from "../engine/engine";
import { exactly, text } from "../engine/exact";
import type { Fault as ProgramFault, Run, Target } from "../engine/program";
import { systemOf, type Walks } from "../engine/walks";
import { type Asked, type Fault, type Knob, SLOWER } from "./plays";
import { parsed, written } from "./values";

export function programText(walks: Walks, asked: Asked): string {
  const system = exactly(systemOf(walks, asked.play.system)) as Tree;
  const run = JSON.parse(JSON.stringify(asked.play.run)) as Run;
  for (const knob of asked.play.knobs) turn(knob, asked.settings[knob.name], system, run as unknown as Tree);
  const isQuiet = asked.play.stationary && !asked.faults.length;
  run.until = asked.duration;
  run.warm_up = Math.min(asked.play.warm_up ?? (isQuiet ? Math.floor(asked.duration / 10) : 0), asked.duration);
  run.seed = asked.seed;
  run.charts = true;
  run.faults = [...run.faults, ...asked.faults.map((fault) => faultOf(walks, fault))];
  return programOf(text(system), run);
}

type Tree = { [name: string]: unknown };

function turn(knob: Knob, text: string | undefined, system: Tree, run: Tree): void {
  const value = text === undefined ? null : parsed(knob, text);
  if (value === null) return;
  if (knob.what === "attempts") turnAttempts(knob, value, system);
  for (const where of knob.system) put(system, where, written(knob, value));
  for (const where of knob.run) put(run, where, times(at(run, where), knob, value));
}

/** A rate of a load: as many times what it was as the flow's. */
function times(was: unknown, knob: Knob, value: number): unknown {
  const [above, below] = was as [number, number];
  if (above / below === knob.value) return written(knob, value);
  return written(knob, (above / below / knob.value) * value);
}

function turnAttempts(knob: Knob, attempts: number, system: Tree): void {
  for (const where of knob.system) put(system, [...where.slice(0, -1), "waits"], (knob.waits ?? []).slice(0, attempts - 1));
  for (const where of knob.spread ?? []) put(system, where, ((at(system, where) as number) / knob.value) * attempts);
}

function at(tree: unknown, where: (string | number)[]): unknown {
  return where.reduce((found, step) => (found as Tree)[step], tree);
}

function put(tree: Tree, where: (string | number)[], value: unknown): void {
  (at(tree, where.slice(0, -1)) as Tree)[where.at(-1) ?? ""] = value;
}

function faultOf(walks: Walks, { what, target, at, until }: Fault): ProgramFault {
  const lasts = until === null ? {} : { for: until - at };
  const told = { at, ...lasts, target: targetOf(walks, target) };
  switch (what) {
    case "fail":
      return { kind: "fail", ...told };
    case "slow":
      return { kind: "slow", ...told, factor: [SLOWER, 1], plus: 0 };
    case "partition":
      return { kind: "partition", ...told };
  }
}

/** A component, a replica (`api-2`), a connection (`a -> b`), else a group. */
function targetOf({ numbers }: Walks, name: string): Target {
  const component = numbers[name];
  if (component !== undefined) return { component };
  const [arrow = "", via] = name.split(" via ");
  const [from, to] = arrow.split(" -> ").map((end) => numbers[end]);
  if (from !== undefined && to !== undefined) return { connection: [from, to], ...(via ? { name: via } : {}) };
  const replica = /^(.*)-(\d+)$/.exec(name);
  const owner = numbers[replica?.[1] ?? ""];
  return owner === undefined ? { group: name } : { replica: [owner, Number(replica?.[2])] };
}

/** As `--fault` takes it. */
export function faultText({ what, target, at, until }: Fault): string {
  const by = what === "slow" ? `, by: ${SLOWER}x` : "";
  const lasts = until === null ? "" : `, for: ${time(until - at)}`;
  return `{${what}: ${target}${by}, at: ${time(at)}${lasts}}`;
}

/** The fault that a text of that form tells; null where it has another. */
export function faultFrom(text: string): Fault | null {
  const found = /^\{(fail|slow|partition): ([^,{}]+?)(?:, by: \d+x)?, at: (\d+)ms(?:, for: (\d+)ms)?\}$/.exec(text);
  if (!found) return null;
  const at = Number(found[3]) * 1e6;
  return {
    what: found[1] as Fault["what"],
    target: found[2] ?? "",
    ...{ at, until: found[4] === undefined ? null : at + Number(found[4]) * 1e6 },
  };
}

const time = (nanoseconds: number): string => `${Math.round(nanoseconds / 1e6)}ms`;

/** The command whose run is the same. */
export function command(spec: string, asked: Asked): string {
  const words = ["archspec", "simulate", quoted(spec)];
  if (asked.play.scenario !== null) words.push("--scenario", asked.play.scenario);
  words.push("--duration", time(asked.duration));
  if (asked.seed !== "1") words.push("--seed", asked.seed);
  for (const [name, value] of Object.entries(asked.settings)) words.push("--set", quoted(`${name}=${value}`));
  for (const fault of asked.faults) words.push("--fault", quoted(faultText(fault)));
  return words.join(" ");
}

function quoted(word: string): string {
  return /^[\w./=%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
