/** A flow while one part is down, as a table. */

import type { Break, Data, Flow, Part, Run } from "./data";
import { Pill } from "./pill";
import { breakOf } from "./runs";

/** Parts without an effect that are named one by one. */
const NAMED = 60;
interface Row extends Break {
  part: Part;
  shown: Run;
}

export function Breaks({ data, flow }: { data: Data; flow: Flow }) {
  const parts = data.parts.filter((part) => part.kind !== "slow" && part.kind !== "pair");
  const rows = parts.map((part): Row => {
    const found = breakOf(data, flow, part);
    return { ...found, part, shown: found.missed ?? found.run };
  });
  const felt = rows.filter((row) => row.changed || row.missed).sort((one, other) => rank(one) - rank(other));
  const same = rows.filter((row) => !row.changed && !row.missed);
  return (
    <div class="breaks">
      {felt.length ? <Table {...{ flow }} rows={felt} /> : <p class="empty">No single failure changes what the user gets.</p>}
      {same.length ? (
        <p class="note">
          <strong>No difference to this request while one of these is down:</strong>
          <span class="after">{named(same.map((row) => row.part.title))}</span>
        </p>
      ) : null}
    </div>
  );
}

const rank = ({ shown }: Row): number => (shown.tone === "bad" ? 0 : shown.tone === "warning" ? 1 : 2);

function named(titles: string[]): string {
  const more = titles.length > NAMED ? ` and ${titles.length - NAMED} more` : "";
  return `${titles.slice(0, NAMED).join(", ")}${more}`;
}

function Table({ flow, rows }: { flow: Flow; rows: Row[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${flow.title}: one part down`}>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Down</th>
            <th scope="col">What the user gets</th>
            <th scope="col" class="number">
              After
            </th>
            <th scope="col" class="number">
              Requests that fail
            </th>
            <th scope="col">Who is told</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={row.part.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TableRow({ row: { part, missed, shown, failing } }: { row: Row }) {
  return (
    <tr>
      <th scope="row">
        <span>{part.title}</span>
        {part.kind === "component" ? null : <span class="what">{part.what}</span>}
        {missed ? <span class="tag">when the cache misses</span> : null}
      </th>
      <td>
        <Pill tone={shown.tone}>{shown.answer}</Pill>
      </td>
      <td class="number">{shown.duration || "–"}</td>
      <td class="number">{failing || "–"}</td>
      <td class={shown.alarms.length ? undefined : "faint"}>
        {shown.alarms.map((alarm) => (
          <span key={alarm.brief} class="line">
            {alarm.brief}
          </span>
        ))}
        {shown.alarms.length ? null : "nobody"}
      </td>
    </tr>
  );
}
