"""What a request takes at the very least: what is surely waited for, and of choices the quickest."""

import pytest

from archspec.analysis.least_work import LeastWork, nearly_always, typically
from archspec.language import load_text
from archspec.model import Time

SPEC = """archspec: 1
name: Work
components:
  user: {kind: client}
  a: {kind: server}
  b: {kind: server}
  store: {kind: database, replication: synchronous}
  copy: {kind: database, replica_of: store}
  kept: {kind: cache}
  cold: {kind: cache, hit: 0%}
  jobs: {kind: queue}
  hand: {kind: worker}
  logs: {kind: log_service}
connections:
  - {from: user, to: a, latency: 2ms}
  - {from: a, to: b, timeout: 10ms}
  - {from: store, to: copy, latency: 7ms}
flows:
  inner: {from: a, steps: [{call: b, takes: 4ms}]}
  f: {from: user, steps: [STEPS]}
"""


def least(steps: str, measure: object = typically) -> float:
    """In milliseconds."""
    architecture = load_text(SPEC.replace("[STEPS]", f"[{steps}]"))
    return LeastWork(architecture, measure).of_flow(architecture.flows["f"]) / 1e6  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("steps", "milliseconds"),
    [
        ("{call: b, takes: 3ms}", 3),
        ("{call: b, cpu: 1ms, takes: 3ms}", 4),
        ("{call: a, takes: 3ms}", 5),
        ("{call: b}", 0),
        ("{takes: 3ms, cpu: 1ms}", 4),
        ("{call: b, takes: 3ms}, {call: b, takes: 1ms}", 4),
        ("{call: b, takes: 3ms, times: 4}", 12),
        ("{call: b, takes: 3ms, wait: false}", 0),
        ("{call: b, takes: 3ms, chance: 99%}", 0),
        ("{call: b, takes: 3ms, chance: 100%}", 3),
        ("{call: a, takes: 1ms, steps: [{call: b, takes: 3ms}]}", 6),
        ("{call: a, takes: 1ms, steps: [{call: b, takes: 30ms}]}", 13),
        ("{call: a, takes: 1ms, status: 200, steps: [{call: b, takes: 3ms}]}", 6),
        ("{call: a, takes: 1ms, status: 404, steps: [{call: b, takes: 3ms}]}", 3),
        ("{call: a, takes: 1ms, status: {200: 50%, 500: 50%}, steps: [{call: b, takes: 3ms}]}", 3),
        ("{call: [a, b], takes: 3ms}", 3),
        ("{parallel: [{call: b, takes: 1ms}, {call: b, takes: 5ms}]}", 5),
        ("{needs: 1, parallel: [{call: b, takes: 1ms}, {call: b, takes: 5ms}]}", 1),
        ("{needs: 2, parallel: [{call: b, takes: 1ms, times: 2}, {call: b, takes: 5ms}]}", 1),
        ("{needs: 3, parallel: [{call: b, takes: 1ms, times: 2}, {call: b, takes: 5ms}]}", 5),
        ("{call: a, steps: [{flow: inner}]}", 6),
        ("{call: kept, takes: 1ms, on_miss: [{call: b, takes: 3ms}]}", 1),
        ("{call: cold, takes: 1ms, on_miss: [{call: b, takes: 3ms}]}", 4),
        ("{call: kept, takes: 1ms, hit: 0%, on_miss: [{call: b, takes: 3ms}]}", 4),
        ("{call: jobs, takes: 1ms, steps: [{call: hand, takes: 3ms}]}", 1),
        ("{call: logs, takes: 9ms}", 0),
        ("{call: store, takes: 1ms, access: read}", 1),
        ("{call: store, takes: 1ms, access: write}", 8),
    ],
)
def test_what_is_surely_waited_for_adds_up(steps: str, milliseconds: float) -> None:
    assert least(steps) == pytest.approx(milliseconds)


@pytest.mark.parametrize(
    ("time", "always", "half"),
    [("5ms", 5, 5), ("uniform(1ms 11ms)", 1.01, 6), ("exponential(10ms)", 0.0100050, 6.931472)],
)
def test_a_time_counts_with_what_nearly_all_or_half_of_its_values_exceed(time: str, always: float, half: float) -> None:
    assert nearly_always(Time.parse(time)) / 1e6 == pytest.approx(always, rel=1e-4)
    assert typically(Time.parse(time)) / 1e6 == pytest.approx(half, rel=1e-6)
    assert least(f"{{call: b, takes: {time}}}", nearly_always) == pytest.approx(always, rel=1e-4)
