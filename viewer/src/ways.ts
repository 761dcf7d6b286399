/** Every way that a flow can go, as Python tells it: messages in frames. */

import type { Message } from "./messages";

export type ToldMessage = [from: string, to: string, label: string, status: string, style: ToldStyle, failed: boolean];
type ToldStyle = "call" | "answer" | "asynchronous" | "telemetry";

export interface ToldFrame {
  kind: "opt" | "alt" | "par" | "loop" | "break";
  sections: [guard: string, items: Told[]][];
}

export type Told = ToldMessage | ToldFrame;

export interface Frame {
  kind: ToldFrame["kind"];
  sections: { guard: string; items: Item[] }[];
}

export type Item = Message | Frame;

const STYLES: Record<ToldStyle, Message["style"]> = { call: "call", answer: "answer", asynchronous: "aside", telemetry: "telemetry" };

/** With calls and their answers, which stand in the same section, numbered alike. */
export function itemsOf(told: Told[]): Item[] {
  let number = 0;
  const section = (items: Told[]): Item[] => {
    const waiting: Message[] = [];
    return items.map((item) => {
      if (!Array.isArray(item)) {
        return { kind: item.kind, sections: item.sections.map(([guard, inner]) => ({ guard, items: section(inner) })) };
      }
      const [from, to, label, status, style, failed] = item;
      number += 1;
      const said: Message = { from, to, label: [label, status].filter(Boolean).join(" · "), at: "", style: STYLES[style], failed, call: number };
      if (style === "call" && from !== to) waiting.push(said);
      const asked = style === "answer" ? [...waiting].reverse().find((call) => call.from === to && call.to === from) : undefined;
      if (asked) waiting.splice(waiting.indexOf(asked), 1);
      return asked ? { ...said, call: asked.call } : said;
    });
  };
  return section(told);
}

export function allMessages(items: Item[]): Message[] {
  return items.flatMap((item) => ("sections" in item ? item.sections.flatMap((each) => allMessages(each.items)) : [item]));
}
