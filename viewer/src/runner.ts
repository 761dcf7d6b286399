/** A dot that runs along the line of the present step. Nothing moves for those who asked for calm. */

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const LASTS = 520;

export function runAlong(edge: SVGGElement, backwards: boolean, failed: boolean): () => void {
  const path = edge.querySelector("path");
  if (!path || matchMedia("(prefers-reduced-motion: reduce)").matches) return () => undefined;
  const dot = document.createElementNS(SVG_NAMESPACE, "circle");
  dot.setAttribute("r", "5");
  dot.setAttribute("class", failed ? "runner failed" : "runner");
  edge.append(dot);
  const length = path.getTotalLength();
  let frame = 0;
  let begun: number | null = null;
  const move = (now: number): void => {
    begun ??= now;
    const part = Math.min(1, (now - begun) / LASTS);
    const eased = part * part * (3 - 2 * part);
    const point = path.getPointAtLength(length * (backwards ? 1 - eased : eased));
    dot.setAttribute("cx", String(point.x));
    dot.setAttribute("cy", String(point.y));
    if (part < 1) frame = requestAnimationFrame(move);
    else dot.remove();
  };
  frame = requestAnimationFrame(move);
  return () => {
    cancelAnimationFrame(frame);
    dot.remove();
  };
}
