/** Reads what `archspec/webpage/run_pool.py` wrote: runs share calls, emissions and words by number. */

import type { Call, Data, Emission, Run, Step, Tone } from "./data";

const STEPS = ["ask", "answer", "work"] as const;
const EMISSIONS = ["log", "metric", "error"] as const;

type SentRun = [
  answer: number,
  tone: Tone,
  duration: number,
  calls: number[],
  steps: [call: number, kind: number, at: number][],
  emissions: number[],
  alarms: number[],
];
type SentCall = [
  depth: number,
  caller: number,
  callee: number,
  replica: number,
  title: number,
  answer: number,
  tone: Tone,
  start: number,
  end: number,
  notes: number[],
  took: number,
];
type SentEmission = [kind: number, at: number, source: number, target: number, text: number];

interface Sent extends Omit<Data, "runs"> {
  runs: SentRun[];
  calls: SentCall[];
  emissions: SentEmission[];
  alarms: [sentence: string, brief: string][];
  words: string[];
}

export function readData(page: Document): Data | null {
  const element = page.getElementById("archspec-data");
  if (!element?.textContent) return null;
  const { calls, emissions, alarms, words, ...sent } = JSON.parse(element.textContent) as Sent;
  const word = (number: number): string => words[number] ?? "";
  const allCalls = calls.map((each) => readCall(each, word, sent.times));
  const allEmissions = emissions.map(
    ([kind, at, ...rest]) => [EMISSIONS[kind] ?? "log", at, ...rest.map(word)] as Emission,
  );
  const runs = sent.runs.map(([answer, tone, duration, called, steps, emitted, raised]): Run => ({
    answer: word(answer),
    tone,
    duration: sent.times[duration] ?? "",
    calls: chosen(allCalls, called),
    steps: steps.map(([call, kind, at]): Step => [call, STEPS[kind] ?? "ask", at]),
    emissions: chosen(allEmissions, emitted),
    alarms: chosen(alarms, raised).map(([sentence, brief]) => ({ sentence, brief })),
  }));
  return { ...sent, runs };
}

function readCall(sent: SentCall, word: (number: number) => string, times: Data["times"]): Call {
  const [depth, caller, callee, replica, title, answer, tone, start, end, notes, took] = sent;
  return {
    depth,
    caller: word(caller),
    callee: word(callee),
    replica: word(replica),
    title: word(title),
    answer: word(answer),
    tone,
    start,
    end,
    notes: notes.map(word),
    took: times[took] ?? "",
  };
}

function chosen<T>(from: T[], numbers: number[]): T[] {
  return numbers.map((number) => from[number]).filter((each): each is T & {} => each !== undefined);
}
