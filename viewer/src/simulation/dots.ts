/** Requests as dots that move along the lines of the picture, drawn above it. */

import { type Picture, edgeOf } from "../picture";
import type { Ended, Ending } from "./requests";

export const MOST = 200;
/** Milliseconds for one call, and from one request's begin to the next of the same frame. */
const [HOP, APART] = [340, 18];
/** Places along a line between which a dot moves straight. */
const PLACES = 24;
const COLOURS: Record<Ending, string> = { ok: "--dot-ok", slow: "--dot-slow", failed: "--dot-failed" };
const RADIUS = 3.6;

interface Dot {
  lines: Float32Array[];
  begun: number;
  ending: Ending;
}

export class Dots {
  private dots: Dot[] = [];
  private readonly lines = new Map<string, Float32Array | null>();

  constructor(
    private readonly picture: Picture,
    private readonly canvas: HTMLCanvasElement,
  ) {}

  get room(): number {
    return MOST - this.dots.length;
  }

  add(requests: Ended[], now: number): void {
    requests.forEach((request, index) => {
      const lines = request.hops.flatMap(([from, to]) => this.line(from, to) ?? []);
      if (lines.length) this.dots.push({ lines, begun: now + index * APART, ending: request.ending });
    });
  }

  draw(now: number): void {
    const pen = this.canvas.getContext("2d");
    const layer = this.picture.svg.querySelector<SVGGElement>("g.camera");
    const [box, matrix] = [this.canvas.getBoundingClientRect(), layer?.getScreenCTM()];
    if (!pen || !matrix) return;
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(box.width * scale), Math.round(box.height * scale)];
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (!this.dots.length) return;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    const style = getComputedStyle(this.canvas);
    this.dots = this.dots.filter((dot) => now - dot.begun < dot.lines.length * HOP);
    for (const ending of ["ok", "slow", "failed"] as const) {
      pen.fillStyle = style.getPropertyValue(COLOURS[ending]);
      pen.beginPath();
      for (const dot of this.dots) {
        if (dot.ending !== ending || now < dot.begun) continue;
        const [x, y] = placeOf(dot, now);
        const [left, top] = [matrix.a * x + matrix.c * y + matrix.e - box.left, matrix.b * x + matrix.d * y + matrix.f - box.top];
        pen.moveTo(left + RADIUS, top);
        pen.arc(left, top, RADIUS, 0, 2 * Math.PI);
      }
      pen.fill();
    }
  }

  /** Points along the line of a call, in its direction; null where the picture draws none. */
  private line(source: string, target: string): Float32Array | null {
    const name = `${source} ${target}`;
    const known = this.lines.get(name);
    if (known !== undefined) return known;
    const edge = edgeOf(this.picture, { source, target, sourceZone: "", targetZone: "" });
    const path = edge?.element.querySelector("path");
    const isBackwards = edge !== null && edge.source !== this.picture.cardFor.get(source);
    const points = path ? pointsOf(path, isBackwards) : null;
    this.lines.set(name, points);
    return points;
  }
}

function pointsOf(path: SVGPathElement, isBackwards: boolean): Float32Array {
  const length = path.getTotalLength();
  const points = new Float32Array(2 * (PLACES + 1));
  for (let place = 0; place <= PLACES; place += 1) {
    const { x, y } = path.getPointAtLength((length * (isBackwards ? PLACES - place : place)) / PLACES);
    points.set([x, y], 2 * place);
  }
  return points;
}

function placeOf({ lines, begun }: Dot, now: number): [number, number] {
  const passed = (now - begun) / HOP;
  const line = lines[Math.min(Math.floor(passed), lines.length - 1)] ?? new Float32Array(4);
  const along = Math.min(1, passed % 1) * PLACES;
  const place = Math.min(Math.floor(along), PLACES - 1);
  const [x = 0, y = 0, nextX = 0, nextY = 0] = line.subarray(2 * place, 2 * place + 4);
  return [x + (nextX - x) * (along - place), y + (nextY - y) * (along - place)];
}
