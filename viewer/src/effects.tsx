/** What becomes of every flow while a part is down, and the ways into a flow while none is. */

import type { Data } from "./data";
import { ICONS } from "./icons";
import { Pill } from "./pill";
import { breakOf, partOf, runOf, supposing } from "./runs";
import type { Change, State } from "./state";

interface Props {
  data: Data;
  state: State;
  onChange: (change: Change) => void;
}

export function Effects({ data, state, onChange }: Props) {
  const part = partOf(data, state.down);
  return (
    <section class="effects" aria-label={part ? supposing(part) : "Flows"}>
      <header>
        <h3>{part ? supposing(part) : "Flows"}</h3>
        {part ? (
          <button type="button" class="close" aria-label="Bring it back" onClick={() => onChange({ down: null })}>
            {ICONS.close}
          </button>
        ) : null}
        <p>{part ? "What the user of each flow gets now." : "Play one, or click a part of the picture and take it down."}</p>
      </header>
      <FlowResults {...{ data, state, onChange }} />
    </section>
  );
}

/** A line per flow: what its user gets, and who is told. */
export function FlowResults({ data, state, onChange }: Props) {
  const part = partOf(data, state.down);
  return (
    <>
      <ul class="results">
        {data.flows.map((flow) => {
          const run = runOf(data, flow, state.down);
          const broken = part ? breakOf(data, flow, part) : null;
          const missed = broken?.missed;
          const failing = broken?.failing === "none" ? "" : broken?.failing;
          const same = broken !== null && !broken.changed;
          return (
            <li key={flow.id}>
              <button type="button" onClick={() => onChange({ flow: flow.id, selected: null })}>
                <span class="title">{flow.title}</span>
                <Pill tone={run.tone}>{run.answer}</Pill>
                <span class="result">
                  {[
                    same && !missed ? "no difference" : run.duration ? `in ${run.duration}` : "",
                    missed ? `on a miss ${missed.answer}` : "",
                    failing ? (failing === "all" ? "all requests fail" : `${failing} of requests fail`) : "",
                  ]
                    .filter(Boolean)
                    .join("; ")}
                </span>
                {part && !same ? run.alarms.map((alarm) => <span key={alarm.brief} class="alarm">{`tells ${alarm.brief}`}</span>) : null}
                {part && !same && !run.alarms.length ? <span class="alarm">nobody is told</span> : null}
              </button>
            </li>
          );
        })}
      </ul>
      {data.flows.length ? null : <p class="none">The spec describes no flow.</p>}
    </>
  );
}
