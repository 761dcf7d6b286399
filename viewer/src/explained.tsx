/** What is known of an element beyond its fields: what lint found, the flows it takes part in, what hangs on it. */

import type { Data, Fact, Standing } from "./data";
import { Pill } from "./pill";
import type { Change } from "./state";

interface Props {
  data: Data;
  onChange: (change: Change) => void;
}

export function Findings({ data, numbers }: { data: Data; numbers: number[] }) {
  return (
    <>
      {numbers.map((number) => {
        const found = data.findings[number];
        return found ? (
          <p key={number} class="found">
            <Pill tone={toneOf(found.severity)}>{found.severity}</Pill> <a href={`#finding-${number + 1}`}>{found.code}</a>{" "}
            {found.message}
          </p>
        ) : null;
      })}
    </>
  );
}

export const toneOf = (severity: string) => (severity === "error" ? "bad" : severity === "warning" ? "warning" : "note");

export function Flows({ data, numbers, name, onChange }: Props & { numbers: number[]; name: string }) {
  if (!numbers.length) return null;
  return (
    <div class="chips" role="group" aria-label={name}>
      {numbers.map((number) => {
        const flow = data.flows[number];
        return flow ? (
          <button key={flow.id} type="button" onClick={() => onChange({ flow: flow.id, run: null, selected: null })}>
            {flow.title}
          </button>
        ) : null;
      })}
    </div>
  );
}

export function Fields({ facts }: { facts: Fact[] }) {
  return (
    <dl class="fields">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {fact.value}
            {fact.note ? <small>{fact.note}</small> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Flows of which more than so many share what is said are counted. */
const NAMED = 3;

export function Needed({ data, standing }: { data: Data; standing: Standing[] }) {
  const told = standing.filter(({ alone, cost, cuts }) => alone || cost || cuts.length);
  if (!told.length) return null;
  return (
    <>
      <h4>What fails with it</h4>
      {told.map(({ flows, alone, cost, cuts, more }) => (
        <div key={flows.join()} class="needed">
          <p class="of">{named(data, flows)}</p>
          {alone ? <p class="alone">{alone}</p> : null}
          {cost ? <p>{cost}</p> : null}
          {cuts.length ? (
            <p>
              fails with{" "}
              {cuts.map((cut, index) => (
                <span key={cut}>
                  {index ? " or " : ""}
                  <b>{cut}</b>
                </span>
              ))}
              {more ? ` or ${more} other ${more === 1 ? "set" : "sets"} of parts` : ""}
            </p>
          ) : null}
        </div>
      ))}
    </>
  );
}

function named(data: Data, flows: number[]): string {
  const titles = flows.map((number) => data.flows[number]?.title ?? "");
  if (titles.length === data.flows.length && titles.length > NAMED) return `All ${titles.length} flows`;
  return titles.length > NAMED + 1 ? `${titles.slice(0, NAMED).join(", ")} and ${titles.length - NAMED} more flows` : titles.join(", ");
}
