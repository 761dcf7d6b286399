"""Jobs by the clock: each part is away in turn when they are due."""

import pytest

from archspec.language import load_text
from archspec.verification.judge import outcome_of
from archspec.verification.telling import headline, told
from archspec.verification.values import FlowVerdict, Kept
from archspec.verification.verify import verify

SPEC = """
archspec: 1
name: Jobs
components:
  cron: {kind: job, mtbf: 60d, mttr: 20m}
  db: {kind: database, mtbf: 30d, mttr: 1h}
  pay: {kind: external, mtbf: 20d, mttr: 4h}
  mail: {kind: external}
connections: [{from: cron, to: [db, pay, mail]}]
flows:
  night: {from: cron, schedule: 30 2 * * *, deadline: 3h, steps: [{call: db, takes: 30m}, {call: pay, takes: 2s}]}
  sums: {from: cron, every: 1d, deadline: 3h, steps: [{call: db, takes: 30m}]}
  told: {from: cron, every: 1d, deadline: 3h, steps: [{call: mail, takes: 1s}]}
  long: {from: cron, every: 1d, deadline: 3h, steps: [{call: db, takes: 4h}]}
  safe: {from: cron, every: 1d, deadline: 3h, objective: {success: 99%}, steps: [{call: pay, takes: 1s}]}
  look: {from: cron, every: 15m, steps: [{call: db, takes: 2s}]}
"""
ALL = load_text(SPEC)


def verdict(flow: str) -> FlowVerdict:
    return next(each for each in VERIFIED.flows if each.flow == flow)


VERIFIED = verify(ALL)


def test_each_part_is_away_from_the_moment_a_job_is_due() -> None:
    """An hour and its pauses leave room beside half an hour of work, four hours do not."""
    assert headline(verdict("night")) == "night promises runs of at most 3 h: 3 faults tried, 1 breaks it"
    assert [told(each) for each in verdict("night").breaking] == [
        "without `pay` for 4 h from the moment it is due a run is not done within 3 h"
    ]


@pytest.mark.parametrize(
    ("flow", "kept", "why"),
    [
        ("sums", Kept.YES, ()),
        ("told", Kept.UNKNOWN, ()),
        ("long", Kept.NO, ("one run is not done within 3 h, though nothing is away",)),
    ],
)
def test_a_deadline_is_kept_broken_or_unknown(flow: str, kept: Kept, why: tuple[str, ...]) -> None:
    """Nobody says how long the mail provider takes to be back."""
    assert (verdict(flow).kept, verdict(flow).why) == (kept, why)


def test_what_is_away_more_seldom_than_runs_may_fail_is_allowed_for() -> None:
    """Four hours of twenty days are 0.83%, and one run of a hundred may be late."""
    assert [(each.fault.name, each.kept) for each in verdict("safe").breaking] == [("pay", Kept.ALLOWED)]


def test_a_job_that_promises_nothing_is_not_tried() -> None:
    assert "look" not in [each.flow for each in VERIFIED.flows]


def test_a_broken_deadline_is_a_finding_like_a_broken_objective() -> None:
    found = outcome_of(ALL, VERIFIED).findings
    assert [(each.code, each.element) for each in found] == [("VER01", "night"), ("VER04", "told"), ("VER02", "long")]
