/** A flow, played step by step: the waterfall, what was emitted so far, and who would be told. */

import { useEffect, useRef } from "preact/hooks";
import type { Call, Data, Flow, Run } from "./data";
import { ICONS } from "./icons";
import { Pill } from "./pill";
import { breakOf, current, moment, partOf, runOf, supposing, told } from "./runs";
import type { Change, State } from "./state";

interface Props {
  data: Data;
  flow: Flow;
  state: State;
  playing: boolean;
  onPlay: () => void;
  onChange: (change: Change) => void;
}

export function Player({ data, flow, state, playing, onPlay, onChange }: Props) {
  const run = runOf(data, flow, state.down);
  const step = current(run, state.step);
  const last = run.steps.length - 1;
  const part = partOf(data, state.down);
  const missed = part ? breakOf(data, flow, part).missed : null;
  return (
    <section class="player" aria-label={`Play ${flow.title}`}>
      <header>
        <h3>{flow.title}</h3>
        <button type="button" class="close" aria-label="Leave the flow" onClick={() => onChange({ flow: null })}>
          {ICONS.close}
        </button>
        {flow.request ? (
          <p>
            <code>{flow.request}</code>
          </p>
        ) : null}
        <p class="outcome">
          <Pill tone={run.tone}>{run.answer}</Pill> {run.duration ? <span>in {run.duration}</span> : null}
        </p>
        {missed ? (
          <p class="missed">
            When the cache misses: <Pill tone={missed.tone}>{missed.answer}</Pill>
          </p>
        ) : null}
      </header>
      <div class="controls" role="group" aria-label="Steps">
        <button type="button" aria-label="To the beginning" disabled={state.step < 0} onClick={() => onChange({ step: -1 })}>
          {ICONS.first}
        </button>
        <button type="button" aria-label="Step back" disabled={state.step < 0} onClick={() => onChange({ step: state.step - 1 })}>
          {ICONS.back}
        </button>
        <button type="button" class="play" aria-pressed={playing} onClick={onPlay}>
          {playing ? "Pause" : "Play"}
        </button>
        <button type="button" aria-label="Step on" disabled={state.step >= last} onClick={() => onChange({ step: state.step + 1 })}>
          {ICONS.on}
        </button>
        <span class="at">
          {state.step + 1} of {run.steps.length}
        </span>
      </div>
      <p class="told" role="status">
        {step ? <span class="when">{moment(step[2])}</span> : null} {told(data, run, step)}
      </p>
      <Calls {...{ run, state, onChange }} />
      <Emitted run={run} step={state.step} />
      {state.step < 0 || state.step === last ? <Alarms run={run} /> : null}
      {part ? <p class="supposing">Supposing that {supposing(part)}.</p> : null}
    </section>
  );
}

function Calls({ run, state, onChange }: { run: Run; state: State; onChange: Props["onChange"] }) {
  const list = useRef<HTMLOListElement>(null);
  const step = current(run, state.step);
  const end = Math.max(1, ...run.calls.map((call) => call.end));
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>("[aria-current]");
    const box = list.current;
    if (!row || !box) return;
    if (row.offsetTop < box.scrollTop || row.offsetTop + row.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = row.offsetTop - box.clientHeight / 2;
    }
  }, [state.step]);
  return (
    <ol class="calls" ref={list}>
      {run.calls.map((call, index) => {
        const reached = state.step < 0 || run.steps.slice(0, state.step + 1).some(([number]) => number === index);
        return (
          <li key={index} class={reached ? "" : "later"} aria-current={step?.[0] === index ? "step" : undefined}>
            <button type="button" onClick={() => onChange({ step: run.steps.findIndex(([number]) => number === index) })}>
              <CallRow call={call} end={end} />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function CallRow({ call, end }: { call: Call; end: number }) {
  const width = Math.max(0.8, (100 * (call.end - call.start)) / end);
  return (
    <>
      <span class="label" style={{ paddingLeft: `${Math.min(call.depth, 6) * 10}px` }}>
        <strong>{call.replica || call.callee}</strong> {call.title}
        {call.notes.map((note) => (
          <span key={note} class="tag">
            {note}
          </span>
        ))}
      </span>
      <span class="took">{call.took}</span>
      <span class={`answer ${call.tone}`}>{call.answer}</span>
      <svg viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true">
        {call.took ? (
          <rect class={`bar ${call.tone}`} x={Math.min((100 * call.start) / end, 100 - width)} width={width} height="5" rx="0.6" />
        ) : null}
      </svg>
    </>
  );
}

/** What was sent to logs, metrics and errors up to the present step, the newest first. */
function Emitted({ run, step }: { run: Run; step: number }) {
  const until = step < 0 ? Number.POSITIVE_INFINITY : (run.steps[step]?.[2] ?? 0);
  const sent = run.emissions.filter(([, at]) => at <= until).reverse();
  if (!run.emissions.length) return null;
  return (
    <details class="emitted" open={step >= 0}>
      <summary>
        Logs, metrics, errors <span class="count">{sent.length}</span>
      </summary>
      <ul>
        {sent.map(([kind, at, source, target, text], index) => (
          <li key={sent.length - index} class={kind}>
            <span class="when">{moment(at)}</span> {source} → {target} <code>{text}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Alarms({ run }: { run: Run }) {
  if (!run.alarms.length) return null;
  return (
    <div class={`alarms ${run.tone}`}>
      <p>If every request went like this,</p>
      <ul>
        {run.alarms.map((alarm) => (
          <li key={alarm.sentence}>{alarm.sentence}.</li>
        ))}
      </ul>
    </div>
  );
}
