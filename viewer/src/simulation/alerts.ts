/** What the alerts of a run did: the engine evaluates them as the run goes on. */

import type { RunOfEngine } from "../engine/engine";
import { ALERT_STATES, ALERT_WIDTH } from "./columns";
import type { Play, WatchedAlert } from "./plays";
import { numbers, rows } from "./snapshots";

export interface AlertChange {
  alert: WatchedAlert;
  /** Nanoseconds. */
  at: number;
  state: (typeof ALERT_STATES)[number];
}

/** In order of time. */
export function changesOf(run: RunOfEngine, play: Play): AlertChange[] {
  return rows(numbers(run, "alerts"), ALERT_WIDTH).flatMap(([at = 0, number = 0, state = 0]) => {
    const [alert, became] = [play.alerts[number], ALERT_STATES[state]];
    return alert && became ? [{ alert, at, state: became }] : [];
  });
}

/** From when to when an alert fires; null is to the end. */
export interface Firing {
  alert: WatchedAlert;
  from: number;
  until: number | null;
}

/** In the order in which they began. */
export function firingsOf(changes: AlertChange[]): Firing[] {
  const found: Firing[] = [];
  for (const { alert, at, state } of changes) {
    const open = found.find((each) => each.alert === alert && each.until === null);
    if (state === "firing") found.push({ alert, from: at, until: null });
    if (state === "resolved" && open) open.until = at;
  }
  return found;
}
