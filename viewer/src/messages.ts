/** A run as a sequence: who says what to whom, in the order of time. */

import type { Data, Run } from "./data";
import { moment } from "./runs";

export interface Message {
  from: string;
  to: string;
  label: string;
  /** In words; empty where nobody knows it. */
  at: string;
  style: "call" | "answer" | "aside" | "work" | "telemetry";
  failed: boolean;
  /** The call that it belongs to; -1 of none. */
  call: number;
}

export function messagesOf(data: Data, run: Run): Message[] {
  const heard = new Set(run.steps.filter(([, kind]) => kind === "answer").map(([call]) => call));
  const said = run.steps.flatMap(([number, kind, at]): [number, Message][] => {
    const call = run.calls[number];
    if (!call) return [];
    const told = { at: moment(at), call: number };
    const isAsked = call.replica !== "";
    const attempt = call.notes.find((note) => note.startsWith("attempt ") && !note.startsWith("attempt 1 "));
    switch (kind) {
      case "work":
        return [[at, { ...told, from: call.caller, to: call.caller, label: call.title, style: "work", failed: false }]];
      case "ask":
        if (!isAsked) {
          return [[at, { ...told, from: call.caller, to: call.caller, label: call.answer, style: "work", failed: true }]];
        }
        return [
          [
            at,
            {
              ...{ ...told, from: call.caller, to: call.callee },
              label: [call.title, attempt ? `(${attempt})` : ""].filter(Boolean).join(" "),
              style: heard.has(number) ? "call" : "aside",
              failed: call.notes.includes("lost on the way"),
            },
          ],
        ];
      case "answer": {
        if (!isAsked) return [];
        const cache = call.notes.filter((note) => note === "hit" || note === "miss");
        const label = [call.answer, ...cache].join(" · ");
        return [[at, { ...told, from: call.callee, to: call.caller, label, style: "answer", failed: call.tone === "bad" }]];
      }
    }
  });
  const errors = run.emissions
    .filter(([kind]) => kind === "error")
    .map(([, at, source, target, text]): [number, Message] => [
      at,
      {
        ...{ from: componentOf(data, source), to: target, label: text, at: moment(at) },
        ...{ style: "telemetry", failed: true, call: -1 },
      },
    ]);
  return [...said, ...errors].sort((one, other) => one[0] - other[0]).map(([, message]) => message);
}

/** The component of a replica's name. */
function componentOf(data: Data, source: string): string {
  return data.components.some((each) => each.id === source) ? source : source.replace(/-\d+$/, "");
}
