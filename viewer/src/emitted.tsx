/** What a request left behind for those who watch, by kind, and whom it would wake. */

import type { Emission, Run } from "./data";
import { Pill } from "./pill";
import { moment } from "./runs";

const TITLES = { log: "Log records", metric: "Metrics", error: "Errors" } as const;
const KINDS = ["log", "metric", "error"] as const;

export function Emitted({ run }: { run: Run }) {
  if (!run.emissions.length) {
    return <p class="empty">This request leaves no trace: no component says where its logs, metrics or errors go.</p>;
  }
  const byKind = KINDS.map((kind) => ({ kind, found: run.emissions.filter((each) => each[0] === kind) }));
  return (
    <>
      {byKind.map(({ kind, found }) =>
        found.length ? <Table key={kind} title={`${TITLES[kind]} (${found.length})`} found={found} /> : null,
      )}
    </>
  );
}

function Table({ title, found }: { title: string; found: Emission[] }) {
  return (
    <div class="table-block">
      <h5>{title}</h5>
      <div class="scroll" tabIndex={0} role="region" aria-label={title}>
        <table class="compact stack">
          <thead>
            <tr>
              <th scope="col" class="number">
                At
              </th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {found.map(([, at, source, target, text], index) => (
              <tr key={index}>
                <td class="number">{moment(at)}</td>
                <td>{source}</td>
                <td>{target}</td>
                <td>
                  <code>{text}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Which alerts this request feeds, in sentences. */
export function Alarms({ run }: { run: Run }) {
  if (!run.alarms.length) return null;
  const tone = run.tone === "bad" ? "bad" : "note";
  return (
    <div class={`callout ${tone}`}>
      <Pill tone={tone}>Alerts</Pill>
      <div>
        {run.alarms.map((alarm) => (
          <p key={alarm.sentence}>{`If every request went like this, ${alarm.sentence}.`}</p>
        ))}
      </div>
    </div>
  );
}
