/** One flow as a system of its own, as it is walked: cut out of the system of all. */

import { exactly, text } from "./exact";
import type { Operation, System } from "./program";
import { systemOf, type Walks } from "./walks";

/** The fields of operations and routes that name operations. */
const NAMING = ["next", "fallback", "branches", "steps", "miss", "subscriptions"];

export class Alone {
  private readonly whole: System;
  private readonly flows: string[];

  constructor(private readonly walks: Walks) {
    this.whole = exactly(systemOf(walks, walks.whole)) as System;
    this.flows = Object.keys(walks.flows);
  }

  /** The text of the system of a flow: its operations stand together, from the first on. */
  system(id: string): string {
    const number = this.flows.indexOf(id);
    const { via: _, ...flow } = this.whole.flows[number] ?? { id, from: 0, inside: false };
    const first = flow.first ?? 0;
    const operations = this.whole.operations.slice(first, this.whole.flows[number + 1]?.first);
    const used = [...new Set(operations.flatMap(connectionsOf))].sort((one, other) => one - other);
    const connections = used.map((each) => this.whole.connections[each]);
    const places = new Map(used.map((connection, place) => [connection, place]));
    const renumbered = (name: string, told: unknown): unknown => {
      if (name === "connection") return places.get(told as number);
      if (!NAMING.includes(name)) return told;
      return Array.isArray(told) ? told.map((each: number) => each - first) : (told as number) - first;
    };
    const components = this.walks.systems[this.walks.flows[id]?.components ?? 0];
    const rest = `"connections":${text(connections)},"flows":${text([{ ...flow, first: 0 }])}`;
    return `{"components":${components},${rest},"operations":${text(operations, renumbered)}}`;
  }
}

function connectionsOf({ routes }: Operation): number[] {
  return routes.flatMap(({ connection, copies }) => [connection, ...copies.map((copy) => copy.connection)]);
}
