/** What the columns of the engine hold, as `archspec/simulation/run.py` and `responses.py` name it. */

/** Of a replica; times in nanoseconds. */
export const COUNTS = {
  calls: 0,
  answered: 1,
  shed: 2,
  rate_limited: 3,
  refused: 4,
  reset: 5,
  lost: 6,
  waited: 7,
  retries: 8,
  errors: 9,
  time_waited: 10,
  time_cores: 11,
  time_slots: 12,
  time_in_work: 13,
  time_queued: 14,
  time_registered: 15,
} as const;
export const COUNTS_WIDTH = 19;
export const REPLICA_WIDTH = 3;
/** Of a message queue. */
export const QUEUE = { component: 0, waiting: 4 } as const;
export const QUEUE_WIDTH = 12;
/** Of a flow, in the window: then how many failed by each cause. */
export const OUTCOME = { offered: 0, ok: 1, degraded: 2, in_flight: 3 } as const;
export const OUTCOMES = 7;
/** Of an interval and flow, behind the moment at which it ends. */
export const SHOWN = { offered: 0, ok: 1, failed: 2, p50: 3, p99: 4 } as const;
export const SHOWN_WIDTH = 5;
/** Of a change of an alert: when, which alert, what it became. */
export const ALERT_WIDTH = 3;
export const ALERT_STATES = ["inactive", "pending", "firing", "resolved"] as const;
export const QUESTION = { summary: 0, percentile: 1 } as const;
export const PERCENTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, "p99.9": 0.999 } as const;
