/** Reads what the page holds: its content, and packed the engine with what it walks. */

import type { Data, Felt, Flow } from "./data";
import { Engine } from "./engine/engine";
import { unpacked } from "./engine/packed";
import { Walker } from "./engine/walker";
import type { Walks } from "./engine/walks";

export function readData(page: Document): Data | null {
  const text = page.getElementById("archspec-data")?.textContent;
  if (!text) return null;
  const told = JSON.parse(text) as Omit<Data, "walker" | "flows"> & { flows: Omit<Flow, keyof Felt>[] };
  return { ...told, flows: told.flows.map((flow) => ({ ...flow, met: [], caches: [], failing: null })), walker: null };
}

let engine: Promise<Engine> | null = null;

/** Null where the page has no flow to walk. The engine is translated once, also for a page that renews itself. */
export async function readWalker(page: Document): Promise<Walker | null> {
  const [code, walks] = ["archspec-engine", "archspec-walks"].map((id) => page.getElementById(id)?.textContent ?? "");
  if (!code || !walks) return null;
  engine ??= Engine.unpacked(code);
  const told = new TextDecoder().decode(await unpacked(walks));
  return new Walker(await engine, JSON.parse(told) as Walks);
}
