/** A line with two heads as two lines, each the half that ends at its own head: who asks there, and who asks back. */

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
/** How finely a line is followed. */
const STRIDE = 2;

export function halve(svg: SVGSVGElement): void {
  for (const there of svg.querySelectorAll<SVGGElement>("g[data-both]")) {
    const [line, head] = there.querySelectorAll("path");
    const [tip, tipBack] = head?.getAttribute("d")?.split(/(?=M)/) ?? [];
    if (!line || tip === undefined || tipBack === undefined) continue;
    delete there.dataset.both;
    const points = pointsOf(line);
    const back = there.cloneNode(true) as SVGGElement;
    Object.assign(back.dataset, { source: there.dataset.target, target: there.dataset.source });
    there.after(back);
    shorten(there, points, tip);
    shorten(back, points.reverse(), tipBack);
  }
}

function pointsOf(line: SVGPathElement): string[] {
  const pieces = Math.max(2, Math.ceil(line.getTotalLength() / STRIDE));
  return Array.from({ length: pieces + 1 }, (_, piece) => {
    const { x, y } = line.getPointAtLength((line.getTotalLength() * piece) / pieces);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
}

/** Draws the last half of a way; the whole of it stands first in the element, unseen, for what runs along it. */
function shorten(element: SVGGElement, points: string[], tip: string): void {
  const [line, head] = element.querySelectorAll("path");
  line?.setAttribute("d", `M${points.slice(Math.floor((points.length - 1) / 2)).join("L")}`);
  head?.setAttribute("d", tip);
  const [unseen, way] = [document.createElementNS(SVG_NAMESPACE, "defs"), document.createElementNS(SVG_NAMESPACE, "path")];
  way.setAttribute("d", `M${points.join("L")}`);
  way.setAttribute("fill", "none");
  unseen.append(way);
  element.prepend(unseen);
}

/** The path that is drawn of a line. */
export function drawnLine(element: SVGGElement): SVGPathElement | null {
  return element.querySelector<SVGPathElement>(":scope > path");
}
