/** A request's calls on one time line, as a table that reads well aloud and on a narrow screen. */

import type { Call, Run } from "./data";
import { duration } from "./engine/spelling";
import { Pill } from "./pill";

const [WIDTH, HEIGHT, DEEPEST] = [1000, 12, 8];
const TICKS = [0, 1, 2, 3, 4];

export function Waterfall({ run, title }: { run: Run; title: string }) {
  const end = Math.max(1, run.lasted, ...run.calls.map((call) => call.end));
  return (
    <table class="waterfall">
      <caption class="hidden">{`${title}: calls in order of time`}</caption>
      <thead>
        <tr>
          <th scope="col">Call</th>
          <th scope="col" aria-label="When">
            <span class="ticks">
              {run.duration ? TICKS.map((tick) => <span key={tick}>{duration(Math.floor((end * tick) / 4))}</span>) : null}
            </span>
          </th>
          <th scope="col" class="number">
            Took
          </th>
          <th scope="col">Answer</th>
        </tr>
      </thead>
      <tbody>
        {run.calls.map((call, index) => (
          <Row key={index} call={call} end={end} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ call, end }: { call: Call; end: number }) {
  const isOwn = call.caller === call.callee;
  return (
    <tr class={call.notes.includes("worked on for nobody") ? "abandoned" : undefined}>
      <th scope="row" class={`depth-${Math.min(call.depth, DEEPEST)}`}>
        <span class="who">{call.replica || call.callee}</span>
        {call.title ? <span class="what">{call.title}</span> : null}
        {call.notes.map((note) => (
          <span key={note} class="tag">
            {note}
          </span>
        ))}
      </th>
      <td class="track">{call.took ? <Bar call={call} end={end} /> : null}</td>
      <td class="number">{call.took}</td>
      <td class="answer">{isOwn ? "own work" : <Pill tone={call.tone}>{call.answer}</Pill>}</td>
    </tr>
  );
}

/** The stretch of time as a bar; a moment too short to be seen is drawn as a thin line. */
function Bar({ call, end }: { call: Call; end: number }) {
  const width = Math.max((WIDTH * (call.end - call.start)) / end, 3);
  const left = Math.min((WIDTH * call.start) / end, WIDTH - width);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`from ${duration(call.start)} to ${duration(call.end)}`}
    >
      <rect class={`bar ${call.tone}`} x={left} width={width} height={HEIGHT} rx="2" />
    </svg>
  );
}
