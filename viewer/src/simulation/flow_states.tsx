/** How each flow fares at the moment: what succeeds and how fast, against what is promised; what its user is told. */

import type { Data } from "../data";
import { duration } from "../engine/spelling";
import { Pill } from "../pill";
import type { Live } from "./live";
import type { Interval } from "./playing";
import type { PlayedFlow } from "./plays";

/** Without a promise: from which share of failures on it is bad. */
const BAD = 0.01;

export function FlowStates({ data, live }: { data: Data; live: Live }) {
  return (
    <ul class="results flow-states">
      {live.playing.asked.play.flows.map((flow, number) => {
        const now = live.playing.interval(number, live.moment);
        const title = data.flows.find((each) => each.id === flow.id)?.title ?? flow.id;
        return (
          <li key={flow.id}>
            <span class="title">{title}</span>
            <State flow={flow} now={now} />
            <Told {...{ data, live, number, now }} />
            <Line flow={flow} intervals={live.playing.intervals[number] ?? []} live={live} />
          </li>
        );
      })}
    </ul>
  );
}

function State({ flow, now }: { flow: PlayedFlow; now: Interval | null }) {
  if (!now || !(now.ok + now.failed)) return <Pill tone="plain">–</Pill>;
  const success = now.ok / (now.ok + now.failed);
  const isKept = success >= (flow.success ?? 1 - BAD);
  const [slow] = brokenPromises(flow, now);
  const tone = !isKept ? "bad" : slow ? "warning" : "good";
  return <Pill tone={tone}>{`${share(success)} ok`}</Pill>;
}

function Told({ data, live, number, now }: { data: Data; live: Live; number: number; now: Interval | null }) {
  const flow = live.playing.asked.play.flows[number];
  if (!now || !flow) return <span class="result">nothing yet</span>;
  const width = Math.max(1, live.playing.duration / 60 / 1e9);
  const failure = live.requests.failures.get(number);
  const isRecent = now.failed > 0 && failure !== undefined && failure.at <= live.moment && failure.at > live.moment - 5e9;
  const phrase = failure?.status ? `${failure.status} ${data.walker?.walks.phrases[failure.status] ?? ""}`.trim() : "no answer";
  const limit = flow.percentiles.p99;
  const words = [
    `${Math.round(now.offered / width).toLocaleString("en")}/s`,
    now.p99 >= 0 ? `p99 ${duration(now.p99)}${limit === undefined ? "" : ` of ${duration(limit)}`}` : "",
  ];
  return (
    <>
      <span class="result">{words.filter(Boolean).join(" · ")}</span>
      {isRecent ? <span class="alarm">user sees: {phrase}</span> : null}
    </>
  );
}

function brokenPromises(flow: PlayedFlow, now: Interval): string[] {
  const known: Record<string, number> = { p50: now.p50, p99: now.p99 };
  return Object.entries(flow.percentiles)
    .filter(([name, limit]) => (known[name] ?? -1) > limit)
    .map(([name]) => name);
}

/** Failed requests and p99 over the whole run, with the promise as a line. */
function Line({ flow, intervals, live }: { flow: PlayedFlow; intervals: Interval[]; live: Live }) {
  const [whole, limit] = [live.playing.duration, flow.percentiles.p99];
  const most = Math.max(1, limit ?? 0, ...intervals.map(({ p99 }) => p99)) * 1.1;
  const x = (at: number) => (300 * at) / whole;
  const y = (value: number) => 32 - (30 * value) / most;
  const points = intervals.filter(({ p99 }) => p99 >= 0).map(({ at, p99 }) => `${x(at).toFixed(1)},${y(p99).toFixed(1)}`);
  return (
    <svg class="line" viewBox="0 0 300 34" preserveAspectRatio="none" aria-hidden="true">
      {intervals.map(({ at, ok, failed }) =>
        failed ? (
          <rect key={at} class="failed" x={x(at) - 300 / 60} width={300 / 60} y={32 - (30 * failed) / (ok + failed)} height={(30 * failed) / (ok + failed)} />
        ) : null,
      )}
      {limit === undefined ? null : <line class="promise" x1="0" x2="300" y1={y(limit)} y2={y(limit)} />}
      {points.length ? <polyline class="p99" points={points.join(" ")} /> : null}
      <line class="now" x1={x(live.moment)} x2={x(live.moment)} y1="0" y2="34" />
    </svg>
  );
}

/** Not rounded up to what it has not reached: 99.99%, 100% of all alone. */
export function share(value: number): string {
  if (value === 1 || value === 0) return `${value * 100}%`;
  const percent = value * 100;
  return percent > 99 ? `${Math.floor(percent * 100) / 100}%` : `${Math.floor(percent * 10) / 10}%`;
}
