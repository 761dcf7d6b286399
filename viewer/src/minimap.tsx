/** The whole picture, small, with what of it is in sight; there when a part of it is not. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Camera } from "./camera";
import { type Picture, boxOf } from "./picture";

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function Minimap({ picture, camera }: { picture: Picture; camera: Camera }) {
  const map = useRef<SVGSVGElement>(null);
  const [boxes, draw] = useState<Boxes>({ frames: [], cards: [] });
  useEffect(
    () =>
      camera.follow((seen) => {
        const isWhole = camera.isWhole;
        if (!isWhole && map.current?.hasAttribute("hidden")) draw(boxesOf(picture));
        map.current?.toggleAttribute("hidden", isWhole);
        const frame = map.current?.querySelector(".seen");
        for (const [name, value] of Object.entries(seen)) frame?.setAttribute(name, String(value));
      }),
    [camera, picture],
  );
  const { x, y, width, height } = picture.svg.viewBox.baseVal;
  const look = (event: PointerEvent): void => {
    const matrix = map.current?.getScreenCTM();
    if (!matrix || !(event.buttons & 1)) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    camera.lookAt(at.x, at.y);
  };
  return (
    <svg
      ref={map}
      class="minimap"
      hidden
      aria-hidden="true"
      viewBox={`${x} ${y} ${width} ${height}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        look(event);
      }}
      onPointerMove={look}
    >
      {boxes.frames.map((box, index) => (
        <rect key={index} class="frame" {...box} rx="10" />
      ))}
      {boxes.cards.map((box, index) => (
        <rect key={index} class="card" {...box} rx="6" />
      ))}
      <rect class="seen" />
    </svg>
  );
}

interface Boxes {
  frames: Box[];
  cards: Box[];
}

function boxesOf(picture: Picture): Boxes {
  return { frames: [...picture.groups.values()].map(boxOf), cards: [...picture.nodes.values()].flat().map(boxOf) };
}
