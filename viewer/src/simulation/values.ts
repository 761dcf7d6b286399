/** Values of knobs: as a slider has them, as `--set` takes them, as a Program has them, as a person reads them. */

import { duration } from "../engine/spelling";
import type { Knob } from "./plays";

/** From a slider's place, 0 to 1000, to a value; the middle of a rate or time is what the spec says. */
export function valueAt(knob: Knob, place: number): number {
  switch (knob.what) {
    case "hit":
      return Math.round(place / 10) / 100;
    case "rate":
    case "timeout":
      return rounded(knob.value * 10 ** (place / 500 - 1), knob.what === "timeout" ? 1e5 : 0);
    default: {
      const most = mostOf(knob);
      return Math.max(knob.least, Math.round(knob.least + ((most - knob.least) * place) / 1000));
    }
  }
}

export function placeOf(knob: Knob, value: number): number {
  switch (knob.what) {
    case "hit":
      return Math.round(value * 1000);
    case "rate":
    case "timeout":
      return Math.round(500 * (Math.log10(value / knob.value) + 1));
    default:
      return Math.round((1000 * (value - knob.least)) / (mostOf(knob) - knob.least));
  }
}

function mostOf(knob: Knob): number {
  return knob.what === "attempts" ? 6 : Math.max(10, knob.value * 4);
}

/** Two digits are enough for a hand. */
function rounded(value: number, least: number): number {
  const unit = Math.max(least, 10 ** (Math.floor(Math.log10(value)) - 1));
  const times = Math.max(1, Math.round(value / unit));
  return unit < 1 ? times / Math.round(1 / unit) : times * unit;
}

/** As `--set` takes it. */
export function spelled(knob: Knob, value: number): string {
  switch (knob.what) {
    case "hit":
      return `${Math.round(value * 100)}%`;
    case "rate":
      return `${plain(value)}/s`;
    case "timeout":
      return `${Math.round(value / 1e3)}us`;
    default:
      return plain(value);
  }
}

/** From what `--set` takes; null where that is no value of this kind. */
export function parsed(knob: Knob, text: string): number | null {
  const unit = { rate: "/s", timeout: "us", hit: "%" }[knob.what as string] ?? "";
  const number = Number(text.slice(0, text.length - unit.length));
  if (!text.endsWith(unit) || !/^\d+(\.\d+)?$/.test(text.slice(0, text.length - unit.length)) || !(number > 0)) return null;
  if (knob.what === "hit") return number <= 100 ? number / 100 : null;
  return knob.what === "timeout" ? number * 1e3 : number;
}

/** As a person reads it. */
export function inWords(knob: Knob, value: number): string {
  switch (knob.what) {
    case "timeout":
      return duration(value);
    case "hit":
    case "rate":
      return spelled(knob, value);
    default:
      return plain(value);
  }
}

/** As a Program has it. */
export function written(knob: Knob, value: number): unknown {
  switch (knob.what) {
    case "rate":
    case "cores":
      return fraction(plain(value));
    default:
      return value;
  }
}

const plain = (value: number): string => String(Number(value.toFixed(6)));

/** A decimal number as numerator and denominator, in lowest terms. */
function fraction(text: string): [number, number] {
  const digits = (text.split(".")[1] ?? "").length;
  const [above, below] = [Math.round(Number(text) * 10 ** digits), 10 ** digits];
  const common = divisor(above, below);
  return [above / common, below / common];
}

function divisor(one: number, other: number): number {
  return other ? divisor(other, one % other) : one;
}
