/** The viewer: one state, a picture, and beside it what the state asks for. */

import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Camera } from "./camera";
import type { Data } from "./data";
import { Details } from "./details";
import { Wire } from "./connection";
import { tellEditor } from "./editor";
import { Effects } from "./effects";
import { isTyping, shortcut } from "./keys";
import type { Lit } from "./lights";
import { Player } from "./player";
import { current, flowOf, partOf, runOf, supposing } from "./runs";
import { askedOf } from "./simulation/live";
import { Panel } from "./simulation/panel";
import { useLive } from "./simulation/use_live";
import { Stage } from "./stage";
import { type State, changed, foldedBy, fromHash, initial, toHash } from "./state";
import { Toolbar } from "./toolbar";

const PACE = 900;

interface Props {
  data: Data;
  pictures: Map<string, SVGSVGElement>;
}

export function App({ data, pictures }: Props) {
  const [state, change] = useReducer(changed, null, () => initial(data, location.hash));
  const [playing, setPlaying] = useState(false);
  const [maximised, setMaximised] = useState(false);
  const [lit, light] = useState<Lit | null>(null);
  const camera = useRef<Camera | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const flow = flowOf(data, state);
  const asked = useMemo(
    () => askedOf(data.walker, state),
    [data.walker, state.run, state.settings, state.faults, state.duration, state.seed],
  );
  const live = useLive(data.walker, asked);
  const run = flow && !live ? runOf(data, flow, state.down) : null;
  const last = run ? run.steps.length - 1 : -1;
  const shown = useMemo(
    () => ({
      run,
      step: run ? current(run, state.step) : null,
      index: state.step,
      position: [state.flow, state.step, state.down].join(),
      down: live ? null : state.down,
      selected: state.selected,
      broken: live?.broken ?? [],
      told: live?.told ?? [],
    }),
    [run, state.step, state.down, state.selected, live?.broken.map((each) => `${each.what} ${each.target}`).join(), live?.told.join()],
  );
  useAddress(data, state, change);
  useEffect(() => {
    if (!playing) return undefined;
    if (state.step >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => change({ step: state.step + 1 }), PACE);
    return () => clearTimeout(timer);
  }, [playing, state.step, last]);
  useEffect(() => setPlaying(false), [state.flow, state.down]);
  const wasMaximised = useRef(maximised);
  useEffect(() => {
    document.documentElement.classList.toggle("viewer-maximised", maximised);
    if (wasMaximised.current !== maximised) camera.current?.fit();
    wasMaximised.current = maximised;
  }, [maximised]);

  const play = (): void => {
    if (live) {
      if (live.isOver) live.seek(0);
      live.isRunning = !live.isRunning;
      return;
    }
    if (!playing && state.step >= last) change({ step: -1 });
    setPlaying(!playing);
  };
  const show = (id: string): void => {
    const view = viewWith(pictures, state.view, id);
    change({ selected: id, view });
    requestAnimationFrame(() => {
      const card = pictures.get(view)?.querySelector<SVGGElement>(drawn(id));
      if (card) camera.current?.centre(card);
    });
  };
  const keys = shortcut({
    search: () => field.current?.focus(),
    fit: () => camera.current?.fit(),
    zoom: (factor) => camera.current?.zoomBy(factor),
    pan: (right, down) => camera.current?.panBy(right, down),
    maximise: () => setMaximised(!maximised),
    play: flow || live ? play : null,
    step: flow && !live ? (by) => change({ step: Math.max(-1, Math.min(last, state.step + by)) }) : null,
    leave: () => leave(state, change, maximised, () => setMaximised(false)),
  });
  // Before the first paint: a key that comes at once is heard.
  useLayoutEffect(() => {
    const slash = (event: KeyboardEvent): void => {
      const isAsked = event.key === "k" && (event.ctrlKey || event.metaKey);
      if (!isAsked && (event.key !== "/" || isTyping(event.target))) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", slash);
    return () => document.removeEventListener("keydown", slash);
  }, []);
  const part = partOf(data, state.down);
  const view = pictures.has(state.view) ? state.view : ([...pictures.keys()][0] ?? "");
  const svg = pictures.get(view);
  if (!svg) return null;
  const wire = state.selected?.includes(" -> ") ?? false;
  const isBox = svg.querySelector(`g[data-id="${state.selected}"]`) !== null;
  return (
    <div class={maximised ? "viewer maximised" : "viewer"} tabIndex={-1} onKeyDown={keys}>
      <Toolbar
        {...{ data, state, svg, camera, field, maximised }}
        onChange={change}
        onFound={show}
        onMaximise={() => setMaximised(!maximised)}
      />
      <div class="viewer-body">
        <Stage
          key={view}
          {...{ data, view, svg, shown, maximised, live }}
          look={live?.look ?? null}
          lit={lit}
          layer={live ? null : (data.layers.find(({ name }) => name === state.overlay) ?? null)}
          onSelect={(id) => {
            change({ selected: id });
            tellEditor(id);
          }}
          folded={state.folded}
          onFold={(group) => change(foldedBy(state, group))}
          onEnter={(id) => change({ view: id, selected: null })}
          onLight={light}
          onCamera={(made) => {
            camera.current = made;
          }}
        />
        <aside class="side" aria-label="Details">
          {state.selected && !wire ? <Details {...{ data, state, isBox, live }} onChange={change} /> : null}
          {wire ? <Wire {...{ data, state, live }} onChange={change} /> : null}
          {!state.selected && live ? <Panel {...{ data, state, live }} onChange={change} /> : null}
          {!state.selected && !live && flow ? <Player {...{ data, flow, state, playing }} onPlay={play} onChange={change} /> : null}
          {!state.selected && !live && !flow ? <Effects {...{ data, state, lit }} onLight={light} onShow={show} onChange={change} /> : null}
        </aside>
      </div>
      <p class="hidden" role="status">
        {part ? supposing(part) : ""}
      </p>
    </div>
  );
}

/** The address follows the state, and the state follows an address that somebody opens. */
function useAddress(data: Data, state: State, change: (change: Partial<State>) => void): void {
  const before = useRef<State | null>(null);
  const isFollowing = useRef(false);
  useLayoutEffect(() => {
    const [was, hash] = [before.current, toHash(state)];
    before.current = state;
    if (isFollowing.current) {
      isFollowing.current = false;
      return;
    }
    if (!was || hash === location.hash) return;
    if (isElsewhere(was, state)) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  }, [state]);
  useLayoutEffect(() => {
    const follow = (): void => {
      if (location.hash.length > 1 && !location.hash.includes("=")) return;
      isFollowing.current = true;
      if (location.hash.includes("=")) change(fromHash(data, location.hash));
      else change(initial(data, ""));
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
}

/** Whether a person has gone somewhere, from where the browser's Back leads back. */
function isElsewhere(was: State, now: State): boolean {
  return was.view !== now.view || was.flow !== now.flow || was.down !== now.down || was.selected !== now.selected || was.run !== now.run;
}

/** Escape closes the innermost thing that is open. */
function leave(state: State, change: (change: Partial<State>) => void, maximised: boolean, restore: () => void): void {
  if (state.selected) change({ selected: null });
  else if (maximised) restore();
  else if (state.run !== null) change({ run: null, settings: {}, faults: [], duration: null, seed: "1" });
  else if (state.flow) change({ flow: null });
  else if (state.down) change({ down: null });
}

/** A selector of what is drawn for a component, a group or a connection (`a -> b`). */
function drawn(id: string): string {
  const [source, target] = id.split(" -> ");
  if (target !== undefined) return `g[data-source="${source}"][data-target="${target}"]`;
  return `g[data-id="${id}"], g[data-id^="${id}."], g[data-group="${id}"]`;
}

/** The present view where it shows the component, else the first that does. */
function viewWith(pictures: Map<string, SVGSVGElement>, view: string, id: string): string {
  const shows = (svg: SVGSVGElement | undefined) => Boolean(svg?.querySelector(drawn(id)));
  if (shows(pictures.get(view))) return view;
  return [...pictures].find(([, svg]) => shows(svg))?.[0] ?? view;
}
