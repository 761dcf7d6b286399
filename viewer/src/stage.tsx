/** The picture itself: moved, clicked, marked. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { badge } from "./badges";
import { name } from "./buttons";
import { Camera } from "./camera";
import type { Data, Layer } from "./data";
import { fold } from "./folding";
import { type Lit, flowsOf, lightFlow, lightNear } from "./lights";
import { type Shown, mark } from "./marks";
import { type Picture, componentOf, edgeOf, pictureOf } from "./picture";
import { Legend } from "./legend";
import { layOver } from "./layers";
import { Minimap } from "./minimap";
import { runAlong } from "./runner";
import { paint } from "./simulation/cards";
import { Dots } from "./simulation/dots";
import type { Live } from "./simulation/live";
import type { Snapshot } from "./simulation/snapshots";
import { endsOf } from "./runs";

interface Props {
  data: Data;
  view: string;
  svg: SVGSVGElement;
  shown: Shown;
  maximised: boolean;
  live: Live | null;
  /** The moment of it that is looked at. */
  look: Snapshot | null;
  lit: Lit | null;
  layer: Layer | null;
  /** The groups that are folded in place. */
  folded: string[];
  onSelect: (id: string | null) => void;
  /** A view is entered. */
  onEnter: (view: string) => void;
  /** A group is folded, or unfolded. */
  onFold: (group: string) => void;
  onLight: (lit: Lit | null) => void;
  onCamera: (camera: Camera) => void;
}

export function Stage({ data, view, svg, shown, maximised, live, look, lit, layer, folded, onSelect, onEnter, onFold, onLight, onCamera }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const camera = useRef<Camera | null>(null);
  const revealed = useRef("");
  const isMaximised = useRef(maximised);
  isMaximised.current = maximised;
  const [hint, setHint] = useState(false);
  const [eye, watch] = useState<Camera | null>(null);
  const whole = useMemo(() => pictureOf(data, svg), [svg]);
  const [picture, show] = useState(whole);

  useLayoutEffect(() => {
    box.current?.replaceChildren(svg);
    const made = new Camera(view, svg, () => isMaximised.current, () => setHint(true));
    made.start();
    camera.current = made;
    watch(made);
    onCamera(made);
  }, [svg]);

  useLayoutEffect(() => show(fold(data, whole, folded)), [whole, folded.join(" ")]);
  useLayoutEffect(() => {
    name(data, picture);
    badge(data, picture);
  }, [picture, data.components, data.findings]);
  useLayoutEffect(() => mark(data, picture, shown), [picture, shown]);
  useLayoutEffect(() => layOver(data, picture, layer), [picture, layer]);
  useLayoutEffect(() => paint(data, picture, data.walker?.walks.numbers ?? {}, look?.components ?? null), [picture, look]);
  useDots(picture, live);
  useLayoutEffect(() => {
    if (lit?.flow !== undefined) lightFlow(data, picture, lit.flow);
    else lightNear(picture, lit?.element ?? null);
  }, [picture, lit]);
  useEffect(() => {
    const at = svg.querySelector<SVGGElement>("g[data-id].now");
    if (at && shown.position !== revealed.current) camera.current?.reveal(at);
    revealed.current = shown.position;
    return runStep(data, picture, shown);
  }, [picture, shown.step]);
  useEffect(() => {
    if (!hint) return undefined;
    const timer = setTimeout(() => setHint(false), 1600);
    return () => clearTimeout(timer);
  }, [hint]);

  const select = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("a")) event.preventDefault();
    const sign = target.closest<SVGGElement>("[data-fold]")?.dataset.fold;
    if (sign) return onFold(sign);
    onSelect(cardOrLine(picture, target) ?? target.closest<SVGGElement>("g[data-group]")?.dataset.group ?? null);
  };
  const enter = (event: MouseEvent): void => {
    const target = event.target as Element;
    const [node, group] = [target.closest<SVGGElement>("g[data-id]"), target.closest<SVGGElement>("g[data-group]")];
    const inside = node ? data.views.find((each) => each.inside === componentOf(node)) : undefined;
    if (inside) onEnter(inside.id);
    else if (node) camera.current?.centre(node);
    else if (group) camera.current?.enter(group);
  };
  const light = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const element = cardOrLine(picture, event.target as Element);
    if (element !== (lit?.element ?? null)) onLight(element === null ? null : { element, flows: flowsOf(data, picture, element) });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!(event.target as Element).matches(".touch")) return;
    event.preventDefault();
    event.stopPropagation();
    select(event);
  };
  return (
    <div class="board">
      <div ref={box} class="board-picture" onClick={select} onDblClick={enter} onKeyDown={press} onPointerOver={light} onPointerLeave={() => onLight(null)} />
      {layer ? <Legend layer={layer} /> : null}
      {eye ? <Minimap picture={picture} camera={eye} /> : null}
      {live ? <canvas class="dots" aria-hidden="true" /> : null}
      <p class={hint ? "board-hint shown" : "board-hint"} aria-hidden="true">
        Hold Ctrl and scroll to zoom, or maximise
      </p>
    </div>
  );
}

/** Some of the requests of the load that runs, as dots; none for those who asked for calm. */
function useDots(picture: Picture, live: Live | null): void {
  useEffect(() => {
    const canvas = picture.svg.closest(".board")?.querySelector<HTMLCanvasElement>("canvas.dots");
    if (!live || !canvas || matchMedia("(prefers-reduced-motion: reduce)").matches) return undefined;
    const dots = new Dots(picture, canvas);
    let frame = 0;
    const draw = (now: number): void => {
      if (live.isFollowed) dots.add(live.take(dots.room), now);
      dots.draw(now);
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [picture, live]);
}

/** What of the picture an element belongs to: a component or box by its id, a line as `a -> b`. */
function cardOrLine(picture: Picture, target: Element): string | null {
  const node = target.closest<SVGGElement>("g[data-id]");
  if (node) return componentOf(node);
  const edge = picture.edges.find(({ element }) => element === target.closest("g[data-source]"));
  return edge ? `${edge.source} -> ${edge.target}` : null;
}

function runStep(data: Data, picture: Picture, { run, step }: Shown): (() => void) | undefined {
  if (!run || !step) return undefined;
  const [number, kind] = step;
  const ends = endsOf(data, run, number);
  const edge = ends ? edgeOf(picture, ends) : null;
  if (!ends || !edge || kind === "work") return undefined;
  const backwards = (kind === "answer") !== (edge.source !== picture.cardFor.get(ends.source));
  return runAlong(edge.element, backwards, kind === "answer" && run.calls[number]?.tone === "bad");
}
