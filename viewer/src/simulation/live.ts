/** A run and the moment of it that is looked at: starts it anew when something is turned, moves on with the clock. */

import type { Walker } from "../engine/walker";
import { RATES, type State } from "../state";
import { firingsOf } from "./alerts";
import { Playing } from "./playing";
import { type Asked, type Play, SLOWER } from "./plays";
import { type Ended, Requests } from "./requests";
import type { Snapshot } from "./snapshots";

/** Requests that have ended and are not shown yet. */
const MOST = 200;
/** Milliseconds of a frame that the engine may have. */
const PATIENCE = 9;
/** As fast as it goes. */
export const FASTEST = 1e6;

export class Live {
  readonly playing: Playing;
  readonly requests: Requests;
  /** Nanoseconds: where the hand of the clock stands, if the run has come so far. */
  goal: number;
  isRunning: boolean;
  speed: number;
  /** Whether it has yet to come to where it was before something was turned. */
  isCatchingUp = false;
  /** The moment that was last seen. */
  private seen = -1;
  private ended: Ended[] = [];

  constructor(
    walker: Walker,
    asked: Asked,
    before: Live | null,
  ) {
    this.playing = new Playing(walker.engine, walker.walks, asked);
    const isSame = before?.playing.asked.play.scenario === asked.play.scenario;
    this.goal = isSame && before ? Math.min(before.moment, asked.duration) : 0;
    this.isRunning = before?.isRunning ?? true;
    this.speed = before?.speed ?? 1;
    this.isCatchingUp = this.goal > 0;
    this.requests = new Requests(this.playing);
    if (before) before.playing.stop();
  }

  get moment(): number {
    return Math.min(this.goal, this.playing.front);
  }

  get isOver(): boolean {
    return this.playing.isOver && this.goal >= this.playing.duration;
  }

  /** What is seen: while it catches up, how far it has come. */
  get look(): Snapshot | null {
    return this.playing.at(this.moment);
  }

  /** A frame of so many milliseconds; whether anything changed. */
  pass(milliseconds: number): boolean {
    const front = this.playing.front;
    if (this.isRunning && !this.isCatchingUp) {
      const next = this.goal + milliseconds * 1e6 * this.speed;
      const reachable = this.speed === FASTEST ? next : Math.max(front + this.playing.duration / 100, this.goal);
      this.goal = Math.min(next, this.playing.duration, reachable);
    }
    if (!this.playing.isOver && this.goal > front) {
      if (!this.isFollowed) {
        this.playing.unwatch();
        this.requests.lookAway();
      }
      this.playing.go(this.goal, PATIENCE);
    }
    if (this.isFollowed) this.ended.push(...this.requests.read(MOST - this.ended.length));
    if (this.playing.front >= this.goal) this.isCatchingUp = false;
    if (this.isOver) this.isRunning = false;
    const hasMoved = this.moment !== this.seen;
    this.seen = this.moment;
    return this.playing.front !== front || hasMoved;
  }

  seek(moment: number): void {
    this.goal = Math.min(Math.max(0, moment), this.playing.duration);
    this.isCatchingUp = this.goal > this.playing.front;
  }

  /** Requests that have ended since this was last asked, at most so many. */
  take(room: number): Ended[] {
    const taken = this.ended.slice(0, room);
    this.ended = [];
    return taken;
  }

  stop(): void {
    this.playing.stop();
  }

  /** Whether single requests can be followed with the eye. */
  get isFollowed(): boolean {
    return this.isRunning && !this.isCatchingUp && this.speed <= 20;
  }

  /** The components that an alert which fires at the moment tells. */
  get told(): string[] {
    const changes = this.playing.alerts.filter(({ at }) => at <= this.moment);
    return firingsOf(changes).flatMap(({ alert, until }) => (until === null ? alert.told : []));
  }

  /** What is broken at the moment: by the scenario, and by hand. */
  get broken(): { what: string; target: string }[] {
    const { play, faults } = this.playing.asked;
    return [...play.faults, ...faults].filter(({ at, until }) => at <= this.moment && (until === null || this.moment < until));
  }
}

/** What the state asks for; null where nothing runs, or what is named is not there. */
export function askedOf(walker: Walker | null, state: State): Asked | null {
  const play = state.run === null ? null : playOf(walker, state.run);
  if (!play) return null;
  const { settings, faults, seed } = state;
  const known = Object.fromEntries(Object.entries(settings).filter(([name]) => play.knobs.some((knob) => knob.name === name)));
  return { play, settings: known, faults, seed, duration: state.duration ?? play.run.until ?? 0 };
}

export function playOf(walker: Walker | null, run: string): Play | null {
  return walker?.walks.plays.find(({ scenario }) => (scenario ?? RATES) === run) ?? null;
}

export const slower = `${SLOWER} times slower`;
