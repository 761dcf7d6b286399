"""Jobs by the clock: each part is away in turn when they are due."""

from types import SimpleNamespace
from typing import Any

import pytest

from archspec.language import load_text
from archspec.validators import Severity
from archspec.verification.jobs import _Trial
from archspec.verification.judge import _severity, outcome_of
from archspec.verification.telling import headline, told
from archspec.verification.values import Fault, FlowVerdict, Kept, State, Tried
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


def tried(*faults: tuple[float | None, Kept]) -> tuple[Tried, ...]:
    state = State(1, 1, (), (), None, length=0)
    made = (Fault((f"p{number}",), (f"p{number}",), chance, None) for number, (chance, _) in enumerate(faults))
    return tuple(
        Tried(fault, state, (), 0.0, None, (), (), kept, (), "") for fault, (_, kept) in zip(made, faults, strict=True)
    )


@pytest.mark.parametrize(
    ("promised", "faults", "settled"),
    [
        (0.99, [(0.004, Kept.NO), (0.005, Kept.NO)], [Kept.ALLOWED, Kept.ALLOWED]),
        (0.99, [(0.006, Kept.NO), (0.005, Kept.NO)], [Kept.NO, Kept.NO]),
        (0.99, [(0.004, Kept.NO), (None, Kept.NO)], [Kept.NO, Kept.NO]),
        (0.99, [(0.004, Kept.NO), (0.9, Kept.YES), (None, Kept.UNKNOWN)], [Kept.ALLOWED, Kept.YES, Kept.UNKNOWN]),
        (None, [(0.001, Kept.NO)], [Kept.NO]),
    ],
)
def test_what_breaks_a_job_is_allowed_for_if_all_of_it_is_rare_enough(
    promised: float | None, faults: list[tuple[float | None, Kept]], settled: list[Kept]
) -> None:
    jobs: Any = SimpleNamespace(promised=promised)
    assert [each.kept for each in _Trial._settled(jobs, tried(*faults))] == settled


@pytest.mark.parametrize(
    ("kinds", "chance", "severity"),
    [
        (["external"], None, Severity.WARNING),
        (["external", "external"], None, Severity.WARNING),
        (["external"], 0.01, Severity.ERROR),
        *(([kind], None, Severity.ERROR) for kind in ("cache", "database", "server", "worker", "client")),
        (["external", "database"], None, Severity.ERROR),
        (["group"], None, Severity.ERROR),
    ],
)
def test_what_somebody_else_breaks_and_nobody_knows_how_often_is_a_warning(
    kinds: list[str], chance: float | None, severity: Severity
) -> None:
    components = {f"p{number}": SimpleNamespace(kind=kind) for number, kind in enumerate(kinds) if kind != "group"}
    context: Any = SimpleNamespace(architecture=SimpleNamespace(components=components))
    assert _severity(context, list(tried(*((chance, Kept.NO) for _ in kinds)))) is severity
