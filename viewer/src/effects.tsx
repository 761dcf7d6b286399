/** What becomes of every flow while a part is down, and the ways into a flow while none is. */

import type { Data } from "./data";
import { ICONS } from "./icons";
import { toneOf } from "./explained";
import type { Lit } from "./lights";
import { Pill } from "./pill";
import { breakOf, partOf, runOf, supposing } from "./runs";
import type { Change, State } from "./state";

interface Props {
  data: Data;
  state: State;
  onChange: (change: Change) => void;
}

interface Lighting {
  lit: Lit | null;
  onLight: (lit: Lit | null) => void;
}

export function Effects({ data, state, lit, onLight, onShow, onChange }: Props & Lighting & { onShow: (id: string) => void }) {
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
      <FlowResults {...{ data, state, onChange }} lighting={{ lit, onLight }} />
      {part ? null : <Found {...{ data, onShow }} />}
    </section>
  );
}

/** A line per flow: what its user gets, and who is told. */
export function FlowResults({ data, state, onChange, lighting }: Props & { lighting?: Lighting }) {
  const part = partOf(data, state.down);
  return (
    <>
      <ul class="results">
        {data.flows.map((flow, number) => {
          const run = runOf(data, flow, state.down);
          const broken = part ? breakOf(data, flow, part) : null;
          const missed = broken?.missed;
          const failing = broken?.failing === "none" ? "" : broken?.failing;
          const same = broken !== null && !broken.changed;
          return (
            <li
              key={flow.id}
              class={lighting?.lit && !lighting.lit.flows.has(number) ? "far" : undefined}
              onPointerEnter={() => lighting?.onLight({ flow: number, flows: new Set([number]) })}
              onPointerLeave={() => lighting?.onLight(null)}
            >
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

/** What lint found; what it is about is shown in the picture, where anything is. */
function Found({ data, onShow }: { data: Data; onShow: (id: string) => void }) {
  if (!data.findings.length) return null;
  const isDrawn = (element: string) => {
    const ids = element.split(" -> ");
    return ids.every((id) => [...data.components, ...data.groups].some((each) => each.id === id));
  };
  return (
    <details class="found-list">
      <summary>
        Findings <span class="count">{data.findings.length}</span>
      </summary>
      <ul>
        {data.findings.map(({ code, severity, message, element }, index) => (
          <li key={index}>
            <Pill tone={toneOf(severity)}>{severity}</Pill> <a href={`#finding-${index + 1}`}>{code}</a>{" "}
            {isDrawn(element) ? (
              <button type="button" onClick={() => onShow(element)}>
                {element.replace(" -> ", " → ")}
              </button>
            ) : null}
            <p>{message}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}
