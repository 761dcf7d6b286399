/** All that is known of a component or of a group, and the means to take it down. */

import type { Component, Data, Group, Part } from "./data";
import { FlowResults } from "./effects";
import { Fields, Findings, Flows, Needed } from "./explained";
import { ICONS } from "./icons";
import { Breaking } from "./simulation/breaking";
import { wordsOf } from "./simulation/cards";
import { type Live, slower } from "./simulation/live";
import type { Fault } from "./simulation/plays";
import { Sliders } from "./simulation/sliders";
import { pairOf, partOf, supposing } from "./runs";
import { type Change, type State, foldedBy } from "./state";

interface Props {
  data: Data;
  state: State;
  /** Whether the picture that is looked at draws what is selected as one box. */
  isBox: boolean;
  live: Live | null;
  onChange: (change: Change) => void;
}

export function Details({ data, state, isBox, live, onChange }: Props) {
  const component = data.components.find((each) => each.id === state.selected);
  const group = data.groups.find((each) => each.id === state.selected);
  const part = partOf(data, state.selected);
  const broken = live ? null : partOf(data, state.down);
  const title = component?.title ?? group?.title ?? part?.title ?? state.selected ?? "";
  const what = component ? [component.kind, component.technology].filter(Boolean).join(" · ") : (group?.kind ?? part?.what ?? "");
  return (
    <section class="details" aria-label={`Details of ${title}`}>
      <header>
        <h3>{title}</h3>
        <button type="button" class="close" aria-label="Close the details" onClick={() => onChange({ selected: null })}>
          {ICONS.close}
        </button>
        <p>{what}</p>
      </header>
      {part && !live ? <Down data={data} part={part} state={state} onChange={onChange} /> : null}
      {live ? <Running {...{ data, state, live, onChange }} part={part} /> : null}
      {broken ? (
        <>
          <h4>{broken ? supposing(broken) : ""}</h4>
          <FlowResults {...{ data, state, onChange }} />
        </>
      ) : null}
      {group ? <Members {...{ data, state, group, isBox, onChange }} /> : null}
      {component ? <About data={data} component={component} onChange={onChange} /> : null}
    </section>
  );
}

/** Buttons for the part itself, for each of its replicas, and for a slow one. */
function Down({ data, part, state, onChange }: Omit<Props, "isBox" | "live"> & { part: Part }) {
  const own = data.parts.filter((each) => each.down[0]?.component === part.id);
  const replicas = own.filter((each) => each.kind === "replica");
  const slow = own.find((each) => each.kind === "slow");
  const toggle = (id: string) => onChange({ down: state.down === id ? null : id });
  const now = partOf(data, state.down);
  const isDown = now?.id === part.id || (now?.both.includes(part.id) ?? false);
  const bringBack = () => onChange({ down: now?.both.find((each) => each !== part.id) ?? null });
  const pair = pairOf(data, state.down, part.id);
  return (
    <div class="down" role="group" aria-label="Break it">
      <button type="button" class="danger" aria-pressed={isDown} onClick={isDown ? bringBack : () => toggle(part.id)}>
        {isDown ? "Bring it back" : "Take it down"}
      </button>
      {pair && !isDown ? (
        <button type="button" onClick={() => toggle(pair.id)}>
          and {now?.title} too
        </button>
      ) : null}
      {slow ? (
        <button type="button" aria-pressed={state.down === slow.id} onClick={() => toggle(slow.id)}>
          {slow.what}
        </button>
      ) : null}
      {replicas.map((each) => (
        <button key={each.id} type="button" aria-pressed={state.down === each.id} onClick={() => toggle(each.id)}>
          {each.title}
        </button>
      ))}
    </div>
  );
}

/** While a load runs: how it fares, what can be done to it, what can be turned. */
function Running({ data, state, live, part, onChange }: Omit<Props, "isBox"> & { live: Live; part: Part | null }) {
  const { asked } = live.playing;
  const look = live.look?.components[data.walker?.walks.numbers[state.selected ?? ""] ?? -1];
  const replicas = data.parts.filter((each) => each.kind === "replica" && each.down[0]?.component === state.selected);
  const words = look ? [wordsOf(look), `${Math.round(look.calls).toLocaleString("en")} calls/s`].filter(Boolean).join(" · ") : "";
  const targets: [string, string, Fault["what"]][] = part
    ? [
        [part.id, "Take it down", "fail"],
        ...(part.kind === "component" ? [[part.id, slower, "slow"] as [string, string, Fault["what"]]] : []),
        ...replicas.map((each): [string, string, Fault["what"]] => [each.id, each.title, "fail"]),
      ]
    : [];
  return (
    <>
      {words ? <p class="about-text">{words}</p> : null}
      {targets.length ? <Breaking {...{ state, live, targets, onChange }} /> : null}
      <Sliders {...{ asked, state, onChange }} knobs={asked.play.knobs.filter((knob) => knob.of === state.selected)} />
    </>
  );
}

/** What stands in a group, and the way into its own picture. */
function Members({ data, state, group, isBox, onChange }: Pick<Props, "data" | "state" | "isBox" | "onChange"> & { group: Group }) {
  const view = isBox ? data.views.find((each) => each.inside === group.id) : undefined;
  const members = data.components.filter((each) => group.members.includes(each.id));
  return (
    <>
      {group.description ? <p class="about-text">{group.description}</p> : null}
      {view ? null : (
        <div class="down">
          <button type="button" onClick={() => onChange(foldedBy(state, group.id))}>
            {state.folded.includes(group.id) ? "Unfold it" : "Fold it"}
          </button>
        </div>
      )}
      {view ? (
        <div class="down">
          <button type="button" class="inside" onClick={() => onChange({ view: view.id, selected: null })}>
            Look inside
          </button>
        </div>
      ) : null}
      <Findings data={data} numbers={group.findings} />
      <div class="chips" role="group" aria-label="What stands in it">
        {members.map((each) => (
          <button key={each.id} type="button" onClick={() => onChange({ selected: each.id })}>
            {each.title}
          </button>
        ))}
      </div>
      <Needed data={data} standing={group.standing} />
    </>
  );
}

function About({ data, component, onChange }: { data: Data; component: Component; onChange: Props["onChange"] }) {
  return (
    <>
      {component.description ? <p class="about-text">{component.description}</p> : null}
      <Findings data={data} numbers={component.findings} />
      <Flows {...{ data, onChange }} numbers={component.flows} name="Flows through it" />
      <Fields facts={[...(component.owner ? [{ label: "Owner", value: component.owner, note: "" }] : []), ...component.facts]} />
      <Needed data={data} standing={component.standing} />
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
