/** What can be turned of a flow, a component or a connection. */

import type { Change, State } from "../state";
import type { Asked, Knob } from "./plays";
import { inWords, parsed, placeOf, spelled, valueAt } from "./values";

const TITLES: Record<Knob["what"], string> = {
  rate: "Load",
  replicas: "Replicas",
  cores: "Cores of each",
  slots: "Slots of each",
  hit: "Hits",
  timeout: "Time-out",
  attempts: "Tries",
};

interface Props {
  asked: Asked;
  state: State;
  knobs: Knob[];
  /** In place of what is turned: whose it is. */
  names?: (knob: Knob) => string;
  onChange: (change: Change) => void;
}

export function Sliders({ asked, state, knobs, names, onChange }: Props) {
  if (!knobs.length) return null;
  const turn = (knob: Knob, value: number | null): void => {
    const { [knob.name]: _, ...others } = state.settings;
    const text = value === null || value === knob.value ? null : spelled(knob, value);
    onChange({ settings: text === null ? others : { ...others, [knob.name]: text } });
  };
  return (
    <div class="sliders">
      {knobs.map((knob) => {
        const text = asked.settings[knob.name];
        const value = (text === undefined ? null : parsed(knob, text)) ?? knob.value;
        const title = names?.(knob) ?? TITLES[knob.what];
        return (
          <div key={knob.name} class={text === undefined ? "slider" : "slider turned"}>
            <label>
              <span>{title}</span>
              <output>{inWords(knob, value)}</output>
              <input
                type="range"
                min="0"
                max="1000"
                step={step(knob)}
                value={placeOf(knob, value)}
                aria-valuetext={`${title} ${inWords(knob, value)}`}
                onInput={(event) => turn(knob, valueAt(knob, Number(event.currentTarget.value)))}
              />
            </label>
            {text === undefined ? null : (
              <button type="button" class="reset" aria-label={`${title}: as in the spec`} onClick={() => turn(knob, null)}>
                {inWords(knob, knob.value)}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A press on a key changes what is turned. */
function step(knob: Knob): number {
  switch (knob.what) {
    case "rate":
    case "timeout":
      return 10;
    case "hit":
      return 10;
    case "attempts":
      return 1000 / (6 - knob.least);
    default:
      return Math.max(1, 1000 / (Math.max(10, knob.value * 4) - knob.least));
  }
}
