/** Figures in words, as `archspec/values.py` spells them. */

const DIGITS = 3;
const SECOND = 1e9;
/** From so many nanoseconds on, the unit and its size; a tenth of a millisecond is still one. */
const UNITS = [
  [1e9, 1e9, "s"],
  [1e5, 1e6, "ms"],
  [1e3, 1e3, "µs"],
  [1, 1, "ns"],
] as const;
/** The seconds of a unit from so many on, and of the one that says the rest. */
const LONG = [
  [72 * 3600, 86400, 3600, "d", "h"],
  [3600, 3600, 60, "h", "min"],
  [60, 60, 1, "min", "s"],
] as const;

/** A length of time: "57.4 ms", "2 min 30 s". */
export function duration(nanoseconds: number): string {
  const amount = significant(nanoseconds);
  for (const [least, large, small, unit, rest] of LONG) {
    if (amount < least * SECOND) continue;
    const all = halfEven(nanoseconds / SECOND / small);
    const more = all % (large / small);
    return `${Math.floor(all / (large / small))} ${unit}${more ? ` ${more} ${rest}` : ""}`;
  }
  if (!amount) return "0 ms";
  const [, size, unit] = UNITS.find(([least]) => amount >= least) ?? UNITS[3];
  return `${plain(amount / size)} ${unit}`;
}

/** A number as Python's format `g` writes it: six digits, and no zeros at the end. */
export function general(value: number): string {
  if (!value) return "0";
  const [digits, exponent] = value.toExponential(5).split("e").map(Number) as [number, number];
  if (exponent >= -4 && exponent < 6) return String(Number(value.toPrecision(6)));
  return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function significant(value: number): number {
  if (Math.abs(value) < 1e-12) return 0;
  const scale = 10 ** (DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))));
  return halfEven(value * scale) / scale;
}

/** Rounded; a half goes to the even neighbour. */
function halfEven(value: number): number {
  const below = Math.floor(value);
  const more = value - below;
  return more > 0.5 || (more === 0.5 && below % 2 !== 0) ? below + 1 : below;
}

const plain = (value: number): string => value.toFixed(12).replace(/\.?0+$/, "");
