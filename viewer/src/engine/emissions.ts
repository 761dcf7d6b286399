/** What a request makes the system write: log records, figures, errors. Sending it takes no time and never fails. */

import type { Emission } from "../data";
import { general } from "./spelling";
import { type Attempt, type Trace, every, isCall, isTimed } from "./trace";
import type { Walks } from "./walks";

/** Causes that arise between caller and callee, so that the caller is the one who can report them. */
const SEEN_BY_THE_CALLER = ["refused", "reset", "timeout", "no_replica", "breaker_open", "bulkhead", "pool", "no_session"];

type Label = [name: string, value: string];

/** In the order of time; of one moment logs come first, then figures, then errors. */
export function emissions(walks: Walks, flow: string, trace: Trace): Emission[] {
  const calls = every(trace.items);
  const found = [...logs(walks, calls), ...metrics(walks, flow, trace, calls), ...errors(walks, calls)];
  return found.sort((one, other) => one[1] - other[1]);
}

function* logs(walks: Walks, calls: Attempt[]): Generator<Emission> {
  for (const call of calls) {
    if (call.answered === null || call.arrived === null) continue;
    const status = call.answerStatus;
    const level = status === null || status >= 500 ? "error" : status >= 400 ? "warning" : "info";
    const text = `${level} ${call.place.does || "request"} from ${call.place.caller}: ${status ?? "no status"}`;
    for (const service of walks.observers[call.component]?.logs ?? []) {
      yield ["log", call.answered, call.replica || call.component, service, text];
    }
  }
}

function* metrics(walks: Walks, flow: string, trace: Trace, calls: Attempt[]): Generator<Emission> {
  const services = new Set<string>();
  for (const call of calls) {
    const callee = walks.observers[call.component];
    if (!callee || call.answered === null) continue;
    const labels: Label[] = [
      ["component", call.component],
      ["replica", call.replica],
      ["status", String(call.answerStatus ?? "none")],
    ];
    for (const service of callee.metrics) {
      services.add(service);
      yield metric(call.answered, call.replica, service, "calls_total", labels, 1);
    }
    for (const source of callee.logs) {
      for (const service of walks.derived[source] ?? []) {
        yield metric(call.answered, source, service, "calls_total", labels, 1);
      }
    }
  }
  for (const call of calls) {
    if (call.attempt < 2 || call.role === "message") continue;
    const edge: Label[] = [["connection", `${call.place.caller} -> ${call.component}`]];
    for (const service of walks.observers[call.place.caller]?.metrics ?? []) {
      yield metric(call.sent, "", service, "retries_total", edge, 1);
    }
  }
  if (trace.response === null) return;
  const outcome = trace.cause ?? (trace.degraded ? "degraded" : "ok");
  for (const service of services) {
    const labels: Label[] = [
      ["flow", flow],
      ["status", String(trace.status ?? "none")],
      ["outcome", outcome],
    ];
    yield metric(trace.response, "", service, "requests_total", labels, 1);
    if (isTimed(trace)) {
      yield metric(trace.response, "", service, "request_seconds", [["flow", flow]], trace.response / 1e9);
    }
  }
}

function metric(at: number, source: string, service: string, name: string, labels: Label[], value: number): Emission {
  const told = labels.map(([label, each]) => `${label}="${each}"`).join(",");
  return ["metric", at, source, service, `${name}{${told}} ${general(value)}`];
}

function* errors(walks: Walks, calls: Attempt[]): Generator<Emission> {
  for (const call of calls) {
    const cause = originating(call);
    if (cause === null) continue;
    const byCaller = SEEN_BY_THE_CALLER.includes(cause);
    const source = byCaller ? call.place.caller : call.component;
    const at = byCaller || call.answered === null ? call.settled : call.answered;
    if (at === null) continue;
    const outcome = call.status ? String(call.status) : `no answer (${call.cause})`;
    const text = `${call.place.does || "call"}: ${call.component} ${byCaller ? "gave" : "answered"} ${outcome}`;
    for (const monitor of walks.observers[source]?.errors ?? []) yield ["error", at, source, monitor, text];
  }
}

/** The cause of a failure that arose at this hop; null where there is none, or it came from further in. */
function originating(call: Attempt): string | null {
  if (call.cause === null) return null;
  if (call.cause === "timeout" && call.status === null) return call.cause;
  const inner = call.children.some((child) => isCall(child) && child.cause === call.cause);
  return call.originates || (!inner && call.status === null) || !call.replica ? call.cause : null;
}
