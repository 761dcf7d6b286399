/** What can be done to a part or a connection while a load runs: take it down, make it slow, cut it. */

import type { Change, State } from "../state";
import type { Live } from "./live";
import type { Fault } from "./plays";

interface Props {
  state: State;
  live: Live;
  /** What each button strikes, and what it says. */
  targets: [target: string, words: string, what: Fault["what"]][];
  onChange: (change: Change) => void;
}

/** Moments are whole hundredths of a second, which the command line spells. */
const GRAIN = 1e7;

export function Breaking({ state, live, targets, onChange }: Props) {
  const now = Math.ceil(live.moment / GRAIN) * GRAIN;
  const toggle = (what: Fault["what"], target: string): void => {
    const found = active(state, what, target, live.moment);
    if (!found) onChange({ faults: [...state.faults, { what, target, at: now, until: null }] });
    else if (found.at >= now) onChange({ faults: state.faults.filter((each) => each !== found) });
    else onChange({ faults: state.faults.map((each) => (each === found ? { ...each, until: now } : each)) });
  };
  return (
    <div class="down" role="group" aria-label="Break it">
      {targets.map(([target, words, what], index) => {
        const isBroken = active(state, what, target, live.moment) !== null;
        return (
          <button
            key={`${what} ${target}`}
            type="button"
            class={index === 0 ? "danger" : undefined}
            aria-pressed={isBroken}
            onClick={() => toggle(what, target)}
          >
            {isBroken && index === 0 ? "Bring it back" : words}
          </button>
        );
      })}
    </div>
  );
}

function active(state: State, what: Fault["what"], target: string, moment: number): Fault | null {
  const fits = (each: Fault) => each.what === what && each.target === target;
  return state.faults.find((each) => fits(each) && each.at <= moment + GRAIN && (each.until === null || moment < each.until)) ?? null;
}
