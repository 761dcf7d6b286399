/** Beside the picture while a load runs: its clock, how each flow fares against what it promises, what can be turned. */

import { useState } from "preact/hooks";
import type { Data } from "../data";
import { duration } from "../engine/spelling";
import { ICONS } from "../icons";
import type { Change, State } from "../state";
import { RATES } from "../state";
import { AlertList } from "./alert_list";
import { command } from "./asked";
import { Clock } from "./clock";
import { Figures } from "./figures";
import { FlowStates } from "./flow_states";
import type { Live } from "./live";
import { Sliders } from "./sliders";

interface Props {
  data: Data;
  state: State;
  live: Live;
  onChange: (change: Change) => void;
}

export function Panel({ data, state, live, onChange }: Props) {
  const { asked } = live.playing;
  const title = (id: string) => data.flows.find((flow) => flow.id === id)?.title ?? id;
  const rates = asked.play.knobs.filter((knob) => knob.what === "rate");
  return (
    <section class="run" aria-label="A load runs">
      <header>
        <h3>Load</h3>
        <button type="button" class="close" aria-label="End the run" onClick={() => onChange(NOTHING)}>
          {ICONS.close}
        </button>
        <Scenarios {...{ data, state, onChange }} />
        {asked.play.description ? <p>{asked.play.description}</p> : null}
      </header>
      <Clock live={live} />
      <FlowStates {...{ data, live }} />
      <AlertList {...{ data, live }} />
      <Broken {...{ data, state, live, onChange }} />
      <h4>Turn</h4>
      <Sliders {...{ asked, state, knobs: rates, onChange }} names={(knob) => title(knob.of)} />
      <Turned {...{ data, state, onChange }} />
      <p class="hint">Click a card or a line: more can be turned there, and broken.</p>
      {live.isOver ? <Figures {...{ data, live }} /> : null}
      <Command text={command(data.spec, asked)} />
    </section>
  );
}

const NOTHING: Change = { run: null, settings: {}, faults: [], duration: null, seed: "1" };

function Scenarios({ data, state, onChange }: Omit<Props, "live">) {
  const plays = data.walker?.walks.plays ?? [];
  return (
    <label class="choice">
      <span class="hidden">Scenario</span>
      <select
        value={state.run ?? ""}
        onChange={(event) => onChange({ ...NOTHING, run: event.currentTarget.value })}
      >
        {plays.map(({ scenario }) => (
          <option key={scenario ?? RATES} value={scenario ?? RATES}>
            {scenario ?? "Every flow at its own rate"}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What is broken at the moment, with the means to mend what was broken by hand. */
function Broken({ data, state, live, onChange }: Props) {
  const now = live.broken;
  if (!now.length && !state.faults.length) return null;
  const words = { fail: "down", slow: "slow", partition: "cut off", lose: "loses messages", errors: "answers errors", deploy: "is deployed" };
  const name = (id: string) =>
    [...data.components, ...data.groups].find((each) => each.id === id)?.title ?? id.replace(" -> ", " → ");
  return (
    <ul class="broken" aria-label="Broken">
      {now.map((each, index) => (
        <li key={index}>
          <span>{`${name(each.target)}: ${words[each.what as keyof typeof words] ?? each.what}`}</span>
        </li>
      ))}
      {state.faults.length ? (
        <li>
          <button type="button" onClick={() => onChange({ faults: [] })}>
            Forget {state.faults.length === 1 ? "what I broke" : `all ${state.faults.length} that I broke`}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

/** What is turned elsewhere than among the loads, so that nobody forgets it. */
function Turned({ data, state, onChange }: Omit<Props, "live">) {
  const others = Object.entries(state.settings).filter(([name]) => !data.flows.some((flow) => `${flow.id}.rate` === name));
  if (!others.length) return null;
  return (
    <div class="chips" role="group" aria-label="Turned">
      {others.map(([name, value]) => (
        <button
          key={name}
          type="button"
          aria-label={`${name} as in the spec`}
          onClick={() => onChange({ settings: Object.fromEntries(Object.entries(state.settings).filter(([each]) => each !== name)) })}
        >
          {name}={value} ✕
        </button>
      ))}
    </div>
  );
}

function Command({ text }: { text: string }) {
  const [isCopied, say] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say(true);
      setTimeout(() => say(false), 1500);
    } catch {
      getSelection()?.selectAllChildren(document.querySelector(".command code") ?? document.body);
    }
  };
  return (
    <div class="command">
      <p>The same in a terminal:</p>
      <code>{text}</code>
      <button type="button" onClick={() => void copy()}>
        {isCopied ? "Copied" : "Copy as command"}
      </button>
    </div>
  );
}

/** "12.3 s": to a tenth, so that it does not flicker. */
export const clock = (nanoseconds: number): string => duration(Math.round(nanoseconds / 1e8) * 1e8);
