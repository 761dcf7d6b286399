/** Messages, in frames, as a sequence diagram; the names of those who take part stay in sight while it scrolls. */

import { useMemo } from "preact/hooks";
import type { Data } from "./data";
import type { Message } from "./messages";
import { type Frame, type Item, allMessages } from "./ways";

const [NARROWEST, WIDEST, HEAD] = [150, 264, 132];
const [ROW, LINE, TIP, LOOP] = [36, 15, 7, 34];
const FONT = "11.5px Inter, sans-serif";
const TIMES = 64;
/** How far a frame reaches beyond the columns in it, and beyond a frame in it; the height of what it says. */
const [SIDE, NEST, GUARD] = [46, 12, 20];

interface Plan {
  names: string[];
  /** The middle of each participant. */
  columns: Map<string, number>;
  rows: { message: Message; y: number; lines: string[] }[];
  frames: Placed[];
  width: number;
  height: number;
}

/** A frame with a place: where each of its sections begins, and what it says of itself. */
interface Placed {
  kind: Frame["kind"];
  x: number;
  y: number;
  width: number;
  height: number;
  sections: { y: number; guard: string }[];
}

export function Sequence({ data, items, title }: { data: Data; items: Item[]; title: string }) {
  const plan = useMemo(() => planOf(items), [items]);
  const name = (id: string) => data.components.find((each) => each.id === id)?.title ?? id;
  return (
    <div class="scroll sequence" tabIndex={0} role="region" aria-label={`${title}: sequence diagram`}>
      <div class="heads" style={{ width: `${plan.width}px` }}>
        {plan.names.map((id) => (
          <span key={id} style={{ left: `${(plan.columns.get(id) ?? 0) - HEAD / 2}px`, width: `${HEAD}px` }}>
            {name(id)}
          </span>
        ))}
      </div>
      <svg width={plan.width} height={plan.height} viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={told(plan, name)}>
        {plan.names.map((id) => (
          <line key={id} class="life" x1={plan.columns.get(id)} x2={plan.columns.get(id)} y1="0" y2={plan.height - 8} />
        ))}
        <Frames plan={plan} />
        <Bars plan={plan} />
        {plan.rows.map((row, index) => (
          <Arrow key={index} {...{ plan, row }} />
        ))}
      </svg>
    </div>
  );
}

function planOf(items: Item[]): Plan {
  const messages = allMessages(items);
  const names = [...new Set(messages.flatMap(({ from, to }) => [from, to]))];
  const order = new Map(names.map((id, index) => [id, index]));
  const apart = ({ from, to }: Message) => Math.max(1, Math.abs((order.get(from) ?? 0) - (order.get(to) ?? 0)));
  const wanted = messages.map((message) => (measure(message.label) * 0.6 + 40) / apart(message));
  const gap = Math.round(Math.min(WIDEST, Math.max(NARROWEST, ...wanted)));
  const deepest = depthOf(items);
  const left = (messages.some((message) => message.at) ? TIMES : 0) + deepest * NEST;
  const columns = new Map(names.map((id, index) => [id, left + HEAD / 2 + 8 + index * gap]));
  let y = 6;
  const [rows, frames]: [Plan["rows"], Placed[]] = [[], []];
  const put = (item: Item, depth: number): void => {
    if ("sections" in item) {
      frames.push(frame(item, depth));
      return;
    }
    const lines = wrapped(item.label, apart(item) * gap - (item.from === item.to ? LOOP + 12 : 30));
    y += ROW + LINE * Math.max(0, lines.length - 1);
    rows.push({ message: item, y, lines });
  };
  const frame = (item: Frame, depth: number): Placed => {
    const places = allMessages([item]).flatMap(({ from, to }) => [columns.get(from) ?? 0, columns.get(to) ?? 0]);
    const side = SIDE + (deepest - depth) * NEST;
    const top = y + 14;
    y = top;
    const sections = item.sections.map(({ guard, items: inner }, index) => {
      y += index ? 14 : 0;
      const begun = y;
      y += GUARD;
      for (const each of inner) put(each, depth + 1);
      return { y: begun, guard };
    });
    y += 14;
    const [x, end] = [Math.min(...places) - side, Math.max(...places) + side];
    const wide = Math.max(end - x, ...sections.map(({ guard }) => measure(`[${guard}]`) + 78));
    return { kind: item.kind, x, y: top, width: wide, height: y - top, sections };
  };
  for (const item of items) put(item, 1);
  frames.reverse(); // an outer one stands below those in it
  const last = columns.get(names.at(-1) ?? "") ?? 0;
  const loops = messages.some(({ from, to }) => from === to && from === names.at(-1));
  const width = Math.max(last + (loops ? gap : HEAD / 2 + 8), ...frames.map((each) => each.x + each.width + 4));
  return { names, columns, rows, frames, width, height: y + 26 };
}

let pen: CanvasRenderingContext2D | null = null;

function measure(text: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 6;
  pen.font = FONT;
  return pen.measureText(text).width;
}

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** How many frames stand in each other. */
function depthOf(items: Item[]): number {
  return Math.max(0, ...items.map((item) => ("sections" in item ? 1 + Math.max(...item.sections.map((each) => depthOf(each.items))) : 0)));
}

function Frames({ plan }: { plan: Plan }) {
  return (
    <>
      {plan.frames.map(({ kind, x, y, width, height, sections }, index) => (
        <g key={index} class="frame-of">
          <rect class="box" {...{ x, y, width, height }} rx="6" />
          <path class="corner" d={`M${x} ${y + 18}h34l6 -6v-12`} />
          <text class="kind" x={x + 8} y={y + 13}>
            {kind}
          </text>
          {sections.map(({ y: top, guard }, number) => (
            <g key={number}>
              {number ? <path class="between" d={`M${x} ${top}h${width}`} /> : null}
              {guard ? (
                <text class="guard" x={x + (number ? 10 : 66)} y={top + 13}>{`[${guard}]`}</text>
              ) : null}
            </g>
          ))}
        </g>
      ))}
    </>
  );
}

/** While a call lasts, who is asked is at it. */
function Bars({ plan }: { plan: Plan }) {
  const ends = new Map(plan.rows.filter(({ message }) => message.style === "answer").map((row) => [row.message.call, row.y]));
  return (
    <>
      {plan.rows.map(({ message, y }, index) => {
        const until = message.style === "call" ? ends.get(message.call) : undefined;
        if (until === undefined || until <= y) return null;
        return <rect key={index} class="active" x={(plan.columns.get(message.to) ?? 0) - 4} y={y} width="8" height={until - y} rx="2" />;
      })}
    </>
  );
}

function Arrow({ plan, row: { message, y, lines } }: { plan: Plan; row: Plan["rows"][number] }) {
  const [start, end] = [plan.columns.get(message.from) ?? 0, plan.columns.get(message.to) ?? 0];
  const isLoop = start === end;
  const way = end > start ? 1 : -1;
  const path = isLoop
    ? `M${start} ${y - 10}C${start + LOOP} ${y - 10} ${start + LOOP} ${y + 8} ${start + TIP} ${y + 8}`
    : `M${start} ${y}H${end - way * TIP}`;
  const tip = isLoop
    ? `M${start + 1} ${y + 8}l7 -3.6v7.2z`
    : `M${end - way} ${y}l${-way * TIP} -3.6v7.2z`;
  const [middle, width] = [(start + end) / 2, Math.max(0, ...lines.map(measure))];
  const first = y - 6 - LINE * (lines.length - 1) + (isLoop ? 9 : 0);
  const left = isLoop ? start + LOOP : middle - width / 2;
  return (
    <g class={message.failed ? `${message.style} bad` : message.style}>
      <path class="way" d={path} />
      <path class="tip" d={tip} />
      <rect class="ground" x={left - 3} y={first - 11} width={width + 6} height={LINE * lines.length} rx="3" />
      {lines.map((line, index) => (
        <text key={index} x={isLoop ? left : middle} y={first + index * LINE} text-anchor={isLoop ? "start" : "middle"}>
          {line}
        </text>
      ))}
      {message.at ? (
        <text class="at" x="0" y={y + 4}>
          {message.at}
        </text>
      ) : null}
    </g>
  );
}

function told(plan: Plan, name: (id: string) => string): string {
  return plan.rows.map(({ message }) => `${name(message.from)} to ${name(message.to)}: ${message.label}`).join("; ");
}
