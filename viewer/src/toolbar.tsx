/** What stands above the picture: views, flow, search, zoom. */

import type { RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { Camera } from "./camera";
import type { Data } from "./data";
import { save } from "./export";
import { Search } from "./search";
import { type Change, RATES, type State } from "./state";

interface Props {
  data: Data;
  state: State;
  /** The picture that is looked at. */
  svg: SVGSVGElement;
  camera: RefObject<Camera | null>;
  field: RefObject<HTMLInputElement>;
  maximised: boolean;
  onMaximise: () => void;
  onChange: (change: Change) => void;
  onFound: (id: string) => void;
}

/** The picture as it is now, as a file. */
function Save({ state, svg }: Pick<Props, "state" | "svg">) {
  const menu = useRef<HTMLDetailsElement>(null);
  const take = (format: "svg" | "png"): void => {
    menu.current?.removeAttribute("open");
    void save(svg, format, state.view);
  };
  return (
    <details class="menu" ref={menu} onBlur={(event) => event.currentTarget.contains(event.relatedTarget as Node) || menu.current?.removeAttribute("open")}>
      <summary>Save</summary>
      <div>
        <button type="button" onClick={() => take("svg")}>
          As SVG
        </button>
        <button type="button" onClick={() => take("png")}>
          As PNG
        </button>
      </div>
    </details>
  );
}

/** Every flow at its own rate, where that can be run, else the first scenario. */
const firstRun = (data: Data): string => data.walker?.walks.plays[0]?.scenario ?? RATES;

export function Toolbar({ data, state, svg, camera, field, maximised, onMaximise, onChange, onFound }: Props) {
  return (
    <div class="toolbar">
      <div class="views" role="group" aria-label="Views">
        {data.views.filter((view) => !view.inside || view.id === state.view).map((view) => (
          <button
            key={view.id}
            type="button"
            aria-pressed={view.id === state.view}
            onClick={() => onChange({ view: view.id })}
          >
            {view.inside ? `Inside ${view.title}` : view.title}
          </button>
        ))}
      </div>
      <div class="tools">
        {data.walker?.walks.plays.length ? (
          <button
            type="button"
            class="start"
            aria-pressed={state.run !== null}
            onClick={() => onChange(state.run === null ? { run: firstRun(data), selected: null, down: null } : { run: null })}
          >
            {state.run === null ? "Run a load" : "End the run"}
          </button>
        ) : null}
        <Search data={data} field={field} onFound={onFound} />
        <label class="choice">
          <span class="hidden">Flow</span>
          <select
            value={state.flow ?? ""}
            onChange={(event) => onChange({ flow: event.currentTarget.value || null, selected: null })}
          >
            <option value="">All flows</option>
            {data.flows.map((flow) => (
              <option key={flow.id} value={flow.id}>
                {flow.title}
              </option>
            ))}
          </select>
        </label>
        <label class="choice">
          <span class="hidden">Broken</span>
          <select
            value={state.down ?? ""}
            onChange={(event) => onChange({ down: event.currentTarget.value || null, selected: null })}
          >
            <option value="">Nothing broken</option>
            {data.parts.filter((part) => part.kind !== "pair" || part.id === state.down).map((part) => (
              <option key={part.id} value={part.id}>
                {part.kind === "component" || part.kind === "pair" ? part.title : `${part.title} (${part.what})`}
              </option>
            ))}
          </select>
        </label>
        {data.layers.length ? (
          <label class="choice">
            <span class="hidden">Overlay</span>
            <select
              value={state.overlay ?? ""}
              disabled={state.run !== null}
              onChange={(event) => onChange({ overlay: event.currentTarget.value || null })}
            >
              <option value="">No overlay</option>
              {data.layers.map(({ name, summary }) => (
                <option key={name} value={name} title={summary}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <span class="zoom" role="group" aria-label="Zoom">
          <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => camera.current?.zoomBy(1 / 1.35)}>
            −
          </button>
          <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => camera.current?.zoomBy(1.35)}>
            +
          </button>
          <button type="button" title="Show all of it (f)" onClick={() => camera.current?.fit()}>
            Fit
          </button>
          <button type="button" aria-pressed={maximised} title="Use the whole window (m)" onClick={onMaximise}>
            {maximised ? "Close" : "Maximise"}
          </button>
        </span>
        <Save {...{ state, svg }} />
        <a class="whole" href={location.pathname + location.hash} target="_blank">
          Open the page
        </a>
      </div>
    </div>
  );
}
