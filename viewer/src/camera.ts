/** Pan and zoom of one picture. In the page the wheel scrolls the page unless Ctrl is held; maximised it zooms. */

import { select } from "d3-selection";
import { type D3ZoomEvent, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from "d3-zoom";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const MARGIN = 20;
/** How far an element is enlarged to fill the board. */
const MOST_SCALE = 3;
const [PINCH, NOTCH] = [10, 0.2];

/** How each view was left, for when it is looked at again or renewed. */
const LEFT_AT = new Map<string, ZoomTransform>();

/** A part of the picture, in its own units. */
interface Seen {
  x: number;
  y: number;
  width: number;
  height: number;
}

export class Camera {
  private readonly behaviour: ZoomBehavior<SVGSVGElement, unknown>;
  private readonly size: Seen;
  private readonly layer: SVGGElement;
  private readonly followers = new Set<(seen: Seen) => void>();

  /** Wraps what the picture draws into a group that is moved; its ground and its definitions stay. */
  constructor(
    private readonly view: string,
    private readonly svg: SVGSVGElement,
    private readonly isMaximised: () => boolean,
    onHint: () => void,
  ) {
    this.layer = svg.querySelector<SVGGElement>("g.camera") ?? wrap(svg);
    const { layer } = this;
    const box = svg.viewBox.baseVal;
    this.size = { x: box.x, y: box.y, width: box.width, height: box.height };
    this.behaviour = zoom<SVGSVGElement, unknown>()
      .extent([
        [box.x, box.y],
        [box.x + box.width, box.y + box.height],
      ])
      .scaleExtent([0.4, 12])
      .wheelDelta(wheelDelta)
      .filter((event: WheelEvent & TouchEvent & MouseEvent) => {
        if (event.type === "wheel") {
          const zooms = this.isMaximised() || event.ctrlKey || event.metaKey;
          if (!zooms) onHint();
          return zooms;
        }
        if (event.type.startsWith("touch")) return this.isMaximised() || event.touches.length > 1;
        return event.button === 0 && event.type !== "dblclick";
      })
      .on("start", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
        svg.classList.toggle("moving", event.sourceEvent?.type === "mousedown");
      })
      .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
        layer.setAttribute("transform", event.transform.toString());
        LEFT_AT.set(view, event.transform);
        this.tell();
      })
      .on("end", () => svg.classList.remove("moving"));
    select(svg).call(this.behaviour);
  }

  /** Tells what of the picture is in sight, now and whenever that changes; gives what ends it. */
  follow(hear: (seen: Seen) => void): () => void {
    this.followers.add(hear);
    this.tell();
    return () => this.followers.delete(hear);
  }

  private tell(): void {
    if (!this.followers.size) return;
    const seen = this.seen;
    for (const hear of this.followers) hear(seen);
  }

  private get seen(): Seen {
    const [box, matrix] = [this.svg.getBoundingClientRect(), this.layer.getScreenCTM()?.inverse()];
    if (!matrix) return this.size;
    const [start, end] = [new DOMPoint(box.left, box.top), new DOMPoint(box.right, box.bottom)].map((point) => point.matrixTransform(matrix));
    if (!start || !end) return this.size;
    return { x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y };
  }

  /** Whether all of it is in sight. */
  get isWhole(): boolean {
    const { x, y, width, height } = this.seen;
    const { size } = this;
    return x <= size.x + MARGIN && y <= size.y + MARGIN && x + width >= size.x + size.width - MARGIN && y + height >= size.y + size.height - MARGIN;
  }

  /** Brings a place into the middle. */
  lookAt(x: number, y: number): void {
    select(this.svg).call(this.behaviour.translateTo, x, y);
  }

  /** An element as large as fits. */
  enter(element: SVGGraphicsElement): void {
    const { x, y, width, height } = element.getBBox();
    const scale = Math.min(MOST_SCALE, this.size.width / (width + 2 * MARGIN), this.size.height / (height + 2 * MARGIN));
    select(this.svg)
      .call(this.behaviour.scaleTo, scale)
      .call(this.behaviour.translateTo, x + width / 2, y + height / 2);
  }

  /** As the view was left, else the whole picture. */
  start(): void {
    const left = LEFT_AT.get(this.view);
    if (left) select(this.svg).call(this.behaviour.transform, left);
    else this.fit();
  }

  /** The whole picture. */
  fit(): void {
    select(this.svg).call(this.behaviour.transform, zoomIdentity);
  }

  zoomBy(factor: number): void {
    select(this.svg).call(this.behaviour.scaleBy, factor);
  }

  panBy(right: number, down: number): void {
    const { k } = zoomTransform(this.svg);
    select(this.svg).call(this.behaviour.translateBy, (-right * this.size.width) / k, (-down * this.size.height) / k);
  }

  /** Follow the play: bring an element into the middle where it is out of sight. */
  reveal(element: SVGGraphicsElement): void {
    const [inner, outer] = [element.getBoundingClientRect(), this.svg.getBoundingClientRect()];
    const seen =
      inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    if (seen) return;
    const box = element.getBBox();
    select(this.svg).call(this.behaviour.translateTo, box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Bring an element into the middle, large enough to be read. */
  centre(element: SVGGraphicsElement): void {
    const box = element.getBBox();
    const { k } = zoomTransform(this.svg);
    const scale = Math.max(k, 1.4);
    select(this.svg)
      .call(this.behaviour.scaleTo, scale)
      .call(this.behaviour.translateTo, box.x + box.width / 2, box.y + box.height / 2);
  }
}

/**
 * By how many powers of two an event of the wheel zooms: a notch with Ctrl as far as one without. A pinch of two fingers
 * comes as an event with Ctrl too, by a few px at a time, and goes further for each.
 */
function wheelDelta(event: WheelEvent): number {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : event.deltaMode ? 1 : 0.002;
  const way = -event.deltaY * unit;
  if (!event.ctrlKey) return way;
  return Math.sign(way) * Math.min(Math.abs(way) * PINCH, Math.max(Math.abs(way), NOTCH));
}

/** Heading and ground are left out: the page says the title, and its own ground shows through. */
function wrap(svg: SVGSVGElement): SVGGElement {
  const layer = document.createElementNS(SVG_NAMESPACE, "g");
  layer.classList.add("camera");
  const drawn = [...svg.children].filter((child) => !["title", "desc", "style", "defs"].includes(child.tagName));
  const first = drawn.findIndex((child) => child.matches("[data-layer]"));
  for (const heading of drawn.slice(0, Math.max(first, 0))) heading.remove();
  layer.append(...drawn.slice(Math.max(first, 0)));
  svg.append(layer);
  const box = layer.getBBox();
  if (box.width > 0) {
    const [x, y] = [box.x - MARGIN, box.y - MARGIN];
    svg.setAttribute("viewBox", `${x} ${y} ${box.width + 2 * MARGIN} ${box.height + 2 * MARGIN}`);
  }
  return layer;
}
