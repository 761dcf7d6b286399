/** The engine in the browser: the same `engine.wasm` that Python runs. It has no imports and reads nothing from outside. */

import { unpacked } from "./packed";
import type { Program, Run } from "./program";

/** What can be read of a run, by its number at the door. */
export const VIEWS = {
  log: 0,
  samples: 1,
  first: 2,
  last: 3,
  at: 4,
  until: 5,
  number: 6,
  flow: 7,
  status: 8,
  cause: 9,
  degraded: 10,
  counts: 11,
  queues: 12,
  retries: 13,
  replicas: 14,
  flows: 15,
  flow_samples: 16,
  shown: 17,
  answer: 18,
  pools: 19,
  alerts: 20,
  jobs: 21,
  sessions: 22,
  functions: 23,
  failures: 24,
} as const;

export type View = keyof typeof VIEWS;

/** What `engine.wasm` exports; 64-bit numbers are big integers at the door. */
interface Door {
  memory: WebAssembly.Memory;
  allocate(length: number): number;
  release(place: number, length: number): void;
  start(place: number, length: number): number;
  again(run: number, place: number, length: number): number;
  advance(run: number, until: bigint, events: bigint): number;
  now(run: number): bigint;
  watch(run: number, everything: number): void;
  ask(run: number, question: number, flow: number, good: number, value: number): number;
  view_pointer(run: number, view: number): number;
  view_length(run: number, view: number): number;
  stop(run: number): void;
  message_pointer(): number;
  message_length(): number;
}

/** A Program as text. The text of its system is taken as it is: its 64-bit times do not survive JavaScript's numbers. */
export function programOf(system: string, run: Run): string {
  const version: Program["version"] = 2;
  return `{"version":${version},"system":${system},"run":${JSON.stringify(run)}}`;
}

/** The module, translated once; it runs Programs one after the other, or several in turns. */
export class Engine {
  private constructor(private readonly door: Door) {}

  /** Unpacks the module. */
  static async unpacked(packed: string): Promise<Engine> {
    const { instance } = await WebAssembly.instantiate(await unpacked(packed));
    return new Engine(instance.exports as unknown as Door);
  }

  /** Begins a run of a Program, given as text; an error says why it is refused. */
  begin(program: string): RunOfEngine {
    return new RunOfEngine(
      this.door,
      told(this.door, program, (place, length) => this.door.start(place, length)),
    );
  }
}

/** One run, from its beginning until it is let go by `stop`. */
export class RunOfEngine {
  constructor(
    private readonly door: Door,
    private readonly run: number,
  ) {}

  /** Begins another run of the same system, which is not read again; what is known of this one is forgotten. */
  again(run: Run): void {
    told(this.door, JSON.stringify(run), (place, length) => this.door.again(this.run, place, length));
  }

  /**
   * Lets happen what happens up to and at a moment (ns; null: until nothing is left), at most so many events (null:
   * all of them). False: there is more to come.
   */
  advance(until: bigint | null = null, events: bigint | null = null): boolean {
    return saying(this.door, () => this.door.advance(this.run, until ?? -1n, events ?? -1n)) === 1;
  }

  /** Forgets the log so far; from now on everything is told, or events alone. No figure depends on it. */
  watch(everything: boolean): void {
    this.door.watch(this.run, Number(everything));
  }

  /** The answer to a question (`archspec/simulation/engine.py` has their numbers) about the requests of a flow. */
  ask(question: number, flow: number, good: boolean, value = 0): Float64Array {
    saying(this.door, () => this.door.ask(this.run, question, flow, Number(good), value));
    return new Float64Array(this.column("answer"));
  }

  /** Nanoseconds since the beginning. */
  now(): bigint {
    return this.door.now(this.run);
  }

  /** The bytes of a column, as a copy: the engine's memory moves when it grows. */
  column(view: View): ArrayBuffer {
    const length = this.door.view_length(this.run, VIEWS[view]) >>> 0;
    const place = this.door.view_pointer(this.run, VIEWS[view]) >>> 0;
    return this.door.memory.buffer.slice(place, place + length) as ArrayBuffer;
  }

  /** Gives its memory back; nothing can be asked of it any more. */
  stop(): void {
    this.door.stop(this.run);
  }
}

/** What the door answers to a text; an error says why it is refused. */
function told(door: Door, text: string, tell: (place: number, length: number) => number): number {
  const bytes = new TextEncoder().encode(text);
  const place = door.allocate(bytes.length) >>> 0;
  new Uint8Array(door.memory.buffer, place, bytes.length).set(bytes);
  const answer = saying(door, () => tell(place, bytes.length));
  door.release(place, bytes.length);
  if (answer === 0) throw new Error(`the engine refuses a Program: ${message(door)}`);
  return answer;
}

/** What a call at the door answers; when the engine stops, the error says what it has said last. */
function saying(door: Door, call: () => number): number {
  try {
    return call();
  } catch (error) {
    throw new Error(`the engine has stopped: ${message(door) || String(error)}`);
  }
}

function message(door: Door): string {
  const [place, length] = [door.message_pointer() >>> 0, door.message_length() >>> 0];
  return new TextDecoder().decode(new Uint8Array(door.memory.buffer, place, length));
}
