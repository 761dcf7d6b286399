/** A flow in its section: one request drawn in several ways, worked out when somebody looks at it. */

import { render } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Breaks } from "./breaks";
import type { Data, Flow, Run } from "./data";
import { Alarms, Emitted } from "./emitted";
import { messagesOf } from "./messages";
import { runOf } from "./runs";
import { Sequence } from "./sequence";
import { Waterfall } from "./waterfall";
import { itemsOf } from "./ways";

/** So many requests are walked before a page is printed; with more, only what was looked at is drawn. */
const PRINTED = 5000;
/** How far below the window a flow is drawn already. */
const AHEAD = "600px";
/** The panel that was chosen of each flow, for when the page renews itself. */
const CHOSEN = new Map<string, string>();
const TREES = new WeakMap<Element, string>();

let watching: IntersectionObserver | null = null;

/** Draws the flows of the page as they come into sight, and before print. */
export function fillPanels(data: Data): void {
  const places = [...document.querySelectorAll<HTMLElement>(".walk[data-flow]")];
  const fill = (place: HTMLElement, isWhole: boolean): void => {
    const flow = data.flows.find((each) => each.id === place.dataset.flow);
    const name = place.closest("article")?.id;
    if (!flow || !name) return;
    const tree = TREES.get(place) ?? place.querySelector("pre")?.textContent ?? "";
    if (!TREES.has(place)) place.replaceChildren();
    TREES.set(place, tree);
    render(<Panels {...{ data, flow, name, tree, isWhole }} />, place);
  };
  watching?.disconnect();
  watching = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) fill(target as HTMLElement, false);
    },
    { rootMargin: AHEAD },
  );
  for (const place of places) watching.observe(place);
  window.onbeforeprint = () => {
    if (places.length * data.parts.length <= PRINTED) for (const place of places) fill(place, true);
  };
}

interface Props {
  data: Data;
  flow: Flow;
  name: string;
  /** The request as text. */
  tree: string;
  /** Whether every panel is drawn, chosen or not. */
  isWhole: boolean;
}

function Panels({ data, flow, name, tree, isWhole }: Props) {
  const [chosen, choose] = useState(CHOSEN.get(flow.id) ?? "Waterfall");
  const run = runOf(data, flow, null);
  const panels: [title: string, body: () => preact.ComponentChild][] = [
    ["Waterfall", () => <Waterfall run={run} title={flow.title} />],
    ["Sequence", () => <Walked {...{ data, run }} title={flow.title} />],
    ["Every way", () => <EveryWay {...{ data, flow }} />],
    ["Tree", () => <Tree {...{ tree }} title={flow.title} />],
    ["Logs, metrics, errors", () => <Emitted run={run} />],
  ];
  if (flow.met.length) panels.push(["When a part is down", () => <Breaks {...{ data, flow }} />]);
  const take = (title: string): void => {
    CHOSEN.set(flow.id, title);
    choose(title);
  };
  return (
    <>
      <div class="tabs" role="radiogroup" aria-label={`${flow.title}: details`}>
        {panels.map(([title, body], index) => {
          const id = `${name}-tab-${index + 1}`;
          return [
            <input
              key={`${id}-input`}
              {...{ id, name: `${name}-tab`, type: "radio" }}
              class="tab-input"
              checked={title === chosen}
              onChange={() => take(title)}
            />,
            <label key={`${id}-label`} for={id} class="tab-label">
              {title}
            </label>,
            <div key={`${id}-panel`} class="panel" role="group" aria-label={title}>
              <h4 class="print-title">{title}</h4>
              {isWhole || title === chosen ? body() : null}
            </div>,
          ];
        })}
      </div>
      <Alarms run={run} />
    </>
  );
}

function Walked({ data, run, title }: { data: Data; run: Run; title: string }) {
  const items = useMemo(() => messagesOf(data, run), [run]);
  return <Sequence {...{ data, items, title }} />;
}

/** The flow as it is written: what is done perhaps, instead, at once or again, in frames. */
function EveryWay({ data, flow }: { data: Data; flow: Flow }) {
  const told = data.walker?.walks.flows[flow.id]?.ways;
  const items = useMemo(() => (told ? itemsOf(told) : []), [told]);
  return items.length ? <Sequence {...{ data, items }} title={`${flow.title}, every way`} /> : null;
}

function Tree({ tree, title }: { tree: string; title: string }) {
  return (
    <pre class="code" tabIndex={0} role="region" aria-label={`${title}: trace as a tree`}>
      <code>{tree}</code>
    </pre>
  );
}
