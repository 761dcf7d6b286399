/** JSON whose whole numbers may have more digits than JavaScript's numbers keep: those are kept as texts meanwhile. */

const LONG = /([:,[])(\d{16,})(?=[,\]}])/g;
const KEPT = /"#(\d+)"/g;

export function exactly(json: string): unknown {
  return JSON.parse(json.replace(LONG, '$1"#$2"'));
}

export function text(value: unknown, replaced?: (name: string, value: unknown) => unknown): string {
  return JSON.stringify(value, replaced).replace(KEPT, "$1");
}
