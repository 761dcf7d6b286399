/** All that is known of a line of the picture: the connections that it stands for, what goes over them, and how. */

import type { Connection, Data } from "./data";
import { Fields, Findings, Flows, Needed } from "./explained";
import { ICONS } from "./icons";
import { Breaking } from "./simulation/breaking";
import { type Live, slower } from "./simulation/live";
import { Sliders } from "./simulation/sliders";
import type { Change, State } from "./state";

interface Props {
  data: Data;
  state: State;
  live: Live | null;
  onChange: (change: Change) => void;
}

export function Wire({ data, state, live, onChange }: Props) {
  const [source = "", target = ""] = (state.selected ?? "").split(" -> ");
  const title = (id: string) => [...data.components, ...data.groups].find((each) => each.id === id)?.title ?? id;
  const [from, to] = [standingIn(data, source), standingIn(data, target)];
  const found = data.connections.filter((each) => from.has(each.source) && to.has(each.target));
  return (
    <section class="details" aria-label={`Details of ${title(source)} to ${title(target)}`}>
      <header>
        <h3>{`${title(source)} → ${title(target)}`}</h3>
        <button type="button" class="close" aria-label="Close the details" onClick={() => onChange({ selected: null })}>
          {ICONS.close}
        </button>
        <p>{found.length > 1 ? `${found.length} connections` : "connection"}</p>
      </header>
      {found.map((each) => (
        <One key={each.name} {...{ data, state, live, onChange, each }} isAlone={found.length === 1} />
      ))}
      {found.length ? null : <p class="about-text">The spec has no connection that this line stands for.</p>}
    </section>
  );
}

function One({ data, state, live, onChange, each, isAlone }: Props & { each: Connection; isAlone: boolean }) {
  const { name } = each;
  const asked = live?.playing.asked;
  return (
    <>
      {isAlone ? null : <h4>{name.replace(" -> ", " → ")}</h4>}
      {live && each.flows.length ? (
        <Breaking {...{ state, live, onChange }} targets={[[name, "Cut it", "partition"], [name, slower, "slow"]]} />
      ) : null}
      {asked ? <Sliders {...{ asked, state, onChange }} knobs={asked.play.knobs.filter((knob) => knob.of === name)} /> : null}
      <Findings data={data} numbers={each.findings} />
      {live ? <p class="about-text">{callsNow(live, name)}</p> : null}
      <Fields facts={each.facts} />
      <Flows {...{ data, onChange }} numbers={each.flows} name="Flows over it" />
      <Needed data={data} standing={each.standing} />
    </>
  );
}

/** How many calls go over it while a load runs, where that is watched. */
function callsNow(live: Live, name: string): string {
  const rates = live.requests.rates;
  if (!rates.size) return "";
  return `${Math.round(rates.get(name) ?? 0).toLocaleString("en")} calls/s now`;
}

/** The component of that name, or those that stand in the group of that name. */
function standingIn(data: Data, id: string): Set<string> {
  const group = data.groups.find((each) => each.id === id);
  return new Set([id, ...(group?.members ?? [])]);
}
