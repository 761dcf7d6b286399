"""RES18 in a system that is too large to try everything."""

import pytest

from archspec.language import load_text
from archspec.validators import judge
from archspec.validators.config import Config
from archspec.validators.rules.resilience import hang_fills_the_callers

SPEC = """
archspec: 1
name: Three that may hang
components:
  app: {kind: client}
  api: {kind: gateway, slots: 50}
  short: {kind: external}
  long: {kind: external}
  middle: {kind: external}
connections:
  - app -> api
  - {api -> short: {timeout: 1s}}
  - {api -> long: {timeout: 5s}}
  - {api -> middle: {timeout: 3s}}
flows:
  ask:
    from: app
    rate: 100/s
    steps:
      - call: api
        takes: 1ms
        steps:
          - {call: short, takes: 1ms, optional: true}
          - {call: long, takes: 1ms, optional: true}
          - {call: middle, takes: 1ms, optional: true}
"""


@pytest.mark.parametrize(
    ("calls", "found"), [(10_000, {"short", "long", "middle"}), (5, {"long", "middle"}), (1, {"long"})]
)
def test_what_may_hold_most_is_judged_first(calls: int, found: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hang_fills_the_callers, "MOST_CALLS", calls)
    findings = judge(load_text(SPEC), Config(select=("RES18",))).findings
    assert {finding.element for finding in findings} == found
