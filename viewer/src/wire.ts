/** Reads what the page holds, packed: its content, and the engine with what it walks. */

import type { Data, Felt, Flow } from "./data";
import { Engine } from "./engine/engine";
import { unpacked } from "./engine/packed";
import { Walker } from "./engine/walker";
import type { Walks } from "./engine/walks";

export async function readData(page: Document): Promise<Data | null> {
  const told = await read<Omit<Data, "walker" | "flows"> & { flows: Omit<Flow, keyof Felt>[] }>(page, "archspec-data");
  if (!told) return null;
  return { ...told, flows: told.flows.map((flow) => ({ ...flow, met: [], caches: [], failing: null })), walker: null };
}

let engine: Promise<Engine> | null = null;

/** Null where the page has no flow to walk. The engine is translated once, also for a page that renews itself. */
export async function readWalker(page: Document): Promise<Walker | null> {
  const code = page.getElementById("archspec-engine")?.textContent;
  if (!code) return null;
  engine ??= Engine.unpacked(code);
  const walks = await read<Walks>(page, "archspec-walks");
  return walks && new Walker(await engine, walks);
}

async function read<T>(page: Document, id: string): Promise<T | null> {
  const text = page.getElementById(id)?.textContent;
  return text ? (JSON.parse(new TextDecoder().decode(await unpacked(text))) as T) : null;
}
