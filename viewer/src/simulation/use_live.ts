/** The run that the state asks for, moving on with the frames of the page. */

import { useEffect, useReducer, useRef } from "preact/hooks";
import type { Walker } from "../engine/walker";
import { Live } from "./live";
import type { Asked } from "./plays";

/** Milliseconds between two looks of what stands beside the picture: often enough for the eye. */
const OFTEN = 90;

export function useLive(walker: Walker | null, asked: Asked | null): Live | null {
  const live = useRef<Live | null>(null);
  const of = useRef<unknown>(null);
  const [, show] = useReducer((count: number) => count + 1, 0);
  if (of.current !== asked) {
    const before = live.current;
    live.current = walker && asked ? new Live(walker, asked, before) : null;
    if (!live.current) before?.stop();
    of.current = asked;
  }
  useEffect(() => {
    if (!asked) return undefined;
    let [frame, last, shown, isStale] = [0, performance.now(), 0, false];
    const pass = (now: number): void => {
      isStale = live.current?.pass(Math.min(now - last, 100)) || isStale;
      last = now;
      if (isStale && now - shown > OFTEN) {
        [shown, isStale] = [now, false];
        show(0);
      }
      frame = requestAnimationFrame(pass);
    };
    frame = requestAnimationFrame(pass);
    return () => cancelAnimationFrame(frame);
  }, [asked]);
  return live.current;
}
