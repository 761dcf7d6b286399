/** Which alerts would fire if every request went like this one. */

import type { Run } from "../data";
import { type Attempt, type Trace, every, isTimed, succeeded } from "./trace";
import type { Rule } from "./walks";

export function alarms(rules: Rule[], trace: Trace, down: string | null): Run["alarms"] {
  const calls = every(trace.items);
  return rules
    .filter((rule) => fires(rule, trace, calls, rule.replicas - (down === null ? 0 : (rule.down[down] ?? 0))))
    .map(({ sentence, brief }) => ({ sentence, brief }));
}

/** Compared in whole numbers, so that a limit that is just reached is not passed. */
function fires(rule: Rule, trace: Trace, calls: Attempt[], up: number): boolean {
  const counted = count(rule, trace, calls, up);
  if (counted === null) return false;
  const [bound, boundBy] = rule.bound.map(BigInt) as [bigint, bigint];
  const [times, timesBy] = rule.times.map(BigInt) as [bigint, bigint];
  let [value, by] = [BigInt(counted) * times, timesBy];
  if (rule.counts === "busy") {
    by *= BigInt(up);
    if (value > by) value = by;
  }
  const [one, other] = [value * boundBy, bound * by];
  return rule.above ? one > other : one < other;
}

/** What the rule counts; null where this request says nothing about it. */
function count(rule: Rule, trace: Trace, calls: Attempt[], up: number): number | null {
  const own = calls.filter((call) => call.component === rule.component);
  switch (rule.counts) {
    case "successes":
      return trace.response === null ? null : Number(succeeded(trace));
    case "failed_requests":
      return trace.response === null ? null : Number(!succeeded(trace));
    case "requests":
      return trace.response === null ? null : 1;
    case "response":
      return succeeded(trace) && isTimed(trace) ? trace.response : null;
    case "up":
      return up;
    case "calls":
      return own.length || null;
    case "failures":
      return own.length ? own.filter(hasFailed).length : null;
    case "busy":
      return own.length && up ? own.reduce((sum, call) => sum + call.busy, 0) : null;
  }
}

/** What a log record of the callee counts as a failure: no answer, 429, or 500 and above. */
function hasFailed(call: Attempt): boolean {
  return call.answerStatus === null || call.answerStatus === 429 || call.answerStatus >= 500;
}
