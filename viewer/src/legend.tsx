/** What the tints of an overlay mean, below the picture. */

import type { Layer } from "./data";

export function Legend({ layer }: { layer: Layer }) {
  return (
    <div class="legend" role="note" aria-label={`Overlay: ${layer.name}`}>
      <strong>{layer.summary}</strong>
      {layer.keys.map(({ tint, meaning }) => (
        <span key={tint} class={`key tint-${tint}`}>
          {meaning}
        </span>
      ))}
      {layer.notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </div>
  );
}
