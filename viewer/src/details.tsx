/** All that is known of a component or of a group, and the means to take it down. */

import type { Component, Data, Part } from "./data";
import { FlowResults } from "./effects";
import { ICONS } from "./icons";
import { Pill } from "./pill";
import { partOf } from "./runs";
import type { Change, State } from "./state";

interface Props {
  data: Data;
  state: State;
  onChange: (change: Change) => void;
}

export function Details({ data, state, onChange }: Props) {
  const component = data.components.find((each) => each.id === state.selected);
  const part = data.parts.find((each) => each.id === state.selected);
  const title = component?.title ?? part?.title ?? state.selected ?? "";
  const what = component ? [component.kind, component.technology].filter(Boolean).join(" · ") : (part?.what ?? "");
  return (
    <section class="details" aria-label={`Details of ${title}`}>
      <header>
        <h3>{title}</h3>
        <button type="button" class="close" aria-label="Close the details" onClick={() => onChange({ selected: null })}>
          {ICONS.close}
        </button>
        <p>{what}</p>
      </header>
      {part ? <Down data={data} part={part} state={state} onChange={onChange} /> : null}
      {state.down ? (
        <>
          <h4>While {partOf(data, state.down)?.title} is down</h4>
          <FlowResults {...{ data, state, onChange }} />
        </>
      ) : null}
      {component ? <About data={data} component={component} onChange={onChange} /> : null}
    </section>
  );
}

/** Buttons for the part itself and for each of its replicas. */
function Down({ data, part, state, onChange }: Props & { part: Part }) {
  const single = part.down.length === 1 ? part.down[0]?.component : undefined;
  const replicas = part.kind === "component" ? data.parts.filter((each) => each.kind === "replica" && each.down[0]?.component === single) : [];
  const toggle = (id: string) => onChange({ down: state.down === id ? null : id });
  return (
    <div class="down" role="group" aria-label="Take down">
      <button type="button" class="danger" aria-pressed={state.down === part.id} onClick={() => toggle(part.id)}>
        {state.down === part.id ? "Bring it back" : "Take it down"}
      </button>
      {replicas.map((each) => (
        <button key={each.id} type="button" aria-pressed={state.down === each.id} onClick={() => toggle(each.id)}>
          {each.title}
        </button>
      ))}
    </div>
  );
}

function About({ data, component, onChange }: { data: Data; component: Component; onChange: Props["onChange"] }) {
  const flows = data.flows.filter((flow) => component.flows.includes(flow.id));
  return (
    <>
      {component.description ? <p class="about-text">{component.description}</p> : null}
      {component.findings.map((index) => {
        const found = data.findings[index];
        if (!found) return null;
        const tone = found.severity === "error" ? "bad" : found.severity === "warning" ? "warning" : "note";
        return (
          <p key={index} class="found">
            <Pill tone={tone}>{found.severity}</Pill> <a href={`#finding-${index + 1}`}>{found.code}</a> {found.message}
          </p>
        );
      })}
      {flows.length ? (
        <div class="chips" role="group" aria-label="Flows through it">
          {flows.map((flow) => (
            <button key={flow.id} type="button" onClick={() => onChange({ flow: flow.id, selected: null })}>
              {flow.title}
            </button>
          ))}
        </div>
      ) : null}
      <dl class="fields">
        {component.owner ? <Field label="Owner" value={component.owner} /> : null}
        {component.facts.map((fact) => (
          <Field key={fact.label} label={fact.label} value={fact.value} />
        ))}
      </dl>
      {component.links.length ? (
        <p class="links">
          {component.links.map((each) => (
            <a key={each.title} href={each.url} rel="noreferrer">
              {each.title}
            </a>
          ))}
        </p>
      ) : null}
    </>
  );
}

function Field({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
