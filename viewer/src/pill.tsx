import type { Tone } from "./data";

const SIGNS: Record<Tone, string> = { plain: "", good: "✓", note: "i", warning: "!", bad: "✕" };

/** A short statement in its tone, with a sign for those who do not see the colour. */
export function Pill({ tone, children }: { tone: Tone; children: preact.ComponentChildren }) {
  return (
    <span class={`pill ${tone}`}>
      {SIGNS[tone] ? (
        <span class="sign" aria-hidden="true">
          {SIGNS[tone]}
        </span>
      ) : null}
      {children}
    </span>
  );
}
