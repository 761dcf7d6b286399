"""What a deadline leaves room for, and when most runs of jobs meet."""

from bisect import bisect_right
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.analysis.availability import Availability, Met
from archspec.analysis.busiest import busiest
from archspec.analysis.jobs import MOST_TICKS, InTime, least_gap, ticks_of
from archspec.language import load_text
from archspec.model import Architecture, Duration, Start
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate

HEAD = "archspec: 1\nname: Jobs\n"


def job(db: str, flow: str, more: str = "") -> Architecture:
    return load_text(
        f"{HEAD}components:\n  user: {{kind: client}}\n  db: {{kind: database, {db}}}\n{more}"
        f"connections: [user -> db]\nflows:\n  night: {{from: user, {flow}}}\n"
    )


def in_time(architecture: Architecture) -> InTime:
    found = Availability(architecture).of_flow("night").in_time
    assert found is not None
    return found


def test_a_part_must_be_back_in_what_the_deadline_leaves() -> None:
    """U = 1/100, r = 1 h, W = 1 h, D = 4 h: U e^-3 of the runs meet it too late, U W/r e^-2 are cut off too late."""
    found = in_time(job("mtbf: 99h, mttr: 1h", "schedule: 0 2 * * *, deadline: 4h, steps: [{call: db, takes: 1h}]"))
    assert found.share == pytest.approx(1 - 0.01 * exp(-3) - 0.01 * exp(-2), abs=1e-12)
    assert (found.late, found.unrepaired) == ((), ())


def test_without_a_deadline_every_failure_counts() -> None:
    """U is down when it is due, and W out of 100 h fail it on the way."""
    found = in_time(job("mtbf: 99h, mttr: 1h", "schedule: 0 2 * * *, steps: [{call: db, takes: 2h}]"))
    assert found.share == pytest.approx(1 - 0.01 - 0.02, abs=1e-12)
    assert found.late == ("db",)


@pytest.mark.parametrize(
    ("flow", "share"),
    [
        ("every: 1h, steps: [{call: db, status: 503}]", 0.0),
        ("every: 1h, steps: [{call: db, status: {503: 10%}}]", 0.9),
        ("every: 1h, deadline: 1m, steps: [{call: db, status: {503: 10%}, takes: 15s}]", 0.99),
        ("every: 1h, deadline: 100s, steps: [{call: db, status: {503: 10%}, takes: 15s}]", 0.999),
    ],
)
def test_a_mishap_fails_a_run_and_a_deadline_leaves_time_for_more(flow: str, share: float) -> None:
    """Runs of 15 s begin at 0 s, 25 s after a pause of 10, and 60 s after one of 20: two end in time, or three."""
    found = in_time(job("availability: 100%", flow))
    assert found.share == pytest.approx(share)


def test_two_replicas_are_back_when_the_first_is() -> None:
    """Both are down once in 10,000, and the first of two repairs takes half an hour."""
    text = "mtbf: 99h, mttr: 1h, replicas: 2, failover: automatic"
    found = in_time(job(text, "schedule: 0 2 * * *, deadline: 2h, steps: [{call: db, takes: 1h, access: read}]"))
    assert found.share == pytest.approx(1 - 0.01**2 * exp(-2), abs=1e-12)


def test_where_nothing_says_how_long_a_repair_takes_the_share_is_unknown() -> None:
    """An availability alone does not tell whether it is back in time."""
    flow = "schedule: 0 2 * * *, deadline: 6h, objective: {success: 99%}, steps: [{call: db, takes: 1h}]"
    architecture = job("availability: 99.9%", flow)
    assert in_time(architecture) == InTime(None, ("db",), ())
    assert Availability(architecture).of_flow("night").met is Met.UNKNOWN


@pytest.mark.parametrize(("promised", "met"), [("99.7%", Met.YES), ("99.85%", Met.UNKNOWN), ("99.95%", Met.NO)])
def test_a_figure_of_first_order_decides_only_what_is_clear(promised: str, met: Met) -> None:
    """About 99.81% succeed: half as much again of the failures is within 0.3%, and two thirds are above 0.05%."""
    flow = f"schedule: 0 2 * * *, deadline: 4h, objective: {{success: {promised}}}, steps: [{{call: db, takes: 1h}}]"
    architecture = job("mtbf: 99h, mttr: 1h", flow)
    assert Availability(architecture).of_flow("night").met is met
    assert not Availability(architecture).of_flow("night").misses_objective


def test_long_runs_with_random_faults_have_about_that_share() -> None:
    """4,000 hourly jobs: what was worked out is within four standard errors of what happened."""
    architecture = job(
        "mtbf: 40h, mttr: 20m, failover_time: 1s",
        "every: 1h, deadline: 40m, steps: [{call: db, takes: 5m}]",
        "  prometheus: {kind: metrics_service, scrape_interval: 1d}\n",
    )
    architecture = load_text(
        next(iter(architecture.source.texts.values())) + "scenarios:\n  long: {duration: 4000h, random_faults: true}\n"
    )
    share = in_time(architecture).share
    (result,) = simulate(architecture, SimulationOptions(scenario="long")).jobs
    assert share is not None
    assert result.ticks == 4000
    failed = result.overdue / result.ticks
    assert abs(failed - (1 - share)) < 4 * (share * (1 - share) / 4000) ** 0.5 + 0.5 * (1 - share)


def test_the_busiest_moments_are_those_with_most_runs_of_all() -> None:
    """Two meet at three in the night, never all three; ten minutes every five are two at once."""
    architecture = load_text(
        f"""{HEAD}components: {{cron: {{kind: worker}}, db: {{kind: database}}}}
connections: [cron -> db]
flows:
  one: {{from: cron, schedule: 0 2 * * *, steps: [{{call: db, takes: 90m}}]}}
  two: {{from: cron, schedule: 0 3 * * *, steps: [{{call: db, takes: 30m}}]}}
  three: {{from: cron, schedule: 0 12 * * *, steps: [{{call: db, takes: 1h}}]}}
  often: {{from: cron, schedule: "0-10/5 4 * * *", steps: [{{call: db, takes: 10m}}]}}
"""
    )
    assert [dict(busy.runs) for busy in busiest(architecture)] == [{"one": 1, "two": 1}, {"often": 2}, {"three": 1}]


def test_a_job_that_comes_every_second_hides_none_that_comes_once_a_night() -> None:
    architecture = load_text(
        f"""{HEAD}components: {{cron: {{kind: job}}, db: {{kind: database}}}}
connections: [cron -> db]
flows:
  often: {{from: cron, every: 1s, steps: [{{call: db, takes: 1200ms}}]}}
  nightly: {{from: cron, schedule: "0 4 * * *", steps: [{{call: db, takes: 1h}}]}}
"""
    )
    assert [dict(busy.runs) for busy in busiest(architecture)] == [{"often": 2, "nightly": 1}]


def test_of_a_rare_job_the_moments_count_at_which_others_begin_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each only its first moment is compared, and those of the other within: half past four in the long night."""
    monkeypatch.setattr("archspec.analysis.busiest.MOST_MOMENTS", 2)
    architecture = load_text(
        f"""{HEAD}components: {{cron: {{kind: job}}, db: {{kind: database}}}}
connections: [cron -> db]
flows:
  hourly: {{from: cron, schedule: "30 * * * *", steps: [{{call: db, takes: 10m}}]}}
  nightly: {{from: cron, schedule: "0 4 * * *", steps: [{{call: db, takes: 1h}}]}}
"""
    )
    assert [dict(busy.runs) for busy in busiest(architecture)] == [{"hourly": 1, "nightly": 1}]


@given(
    st.lists(
        st.sampled_from(["0 4 * * *", "*/7 * * * *", "59 23 31 12 *", "15 6 * * mon,fri", "0 0 29 2 *", "every"]),
        min_size=1,
        max_size=3,
        unique=True,
    ),
    st.lists(st.sampled_from(["30s", "20m", "5h", "26h"]), min_size=3, max_size=3),
)
def test_no_moment_of_the_first_days_has_more_runs_in_work_than_a_busiest_one(
    when: list[str], takes: list[str]
) -> None:
    flows = "".join(
        f"  f{n}: {{from: cron, {'every: 11m' if each == 'every' else f'schedule: {each!r}'}, "
        f"steps: [{{call: db, takes: {takes[n]}}}]}}\n"
        for n, each in enumerate(when)
    )
    system = load_text(
        f"{HEAD}components: {{cron: {{kind: job}}, db: {{kind: database}}}}\nconnections: [cron -> db]\nflows:\n{flows}"
    )
    found = [busy.runs for busy in busiest(system)]
    days = 14 * 86400 * 10**9
    begun = {flow.id: list(flow.ticks(Start.first(), days)) for flow in system.flows.values()}
    lasts = {f"f{n}": Duration.parse(takes[n]).nanoseconds for n in range(len(when))}
    for moment in {tick for ticks in begun.values() for tick in ticks[:300]}:
        mix = {
            id_: runs
            for id_, ticks in begun.items()
            if (runs := bisect_right(ticks, moment) - bisect_right(ticks, moment - lasts[id_]))
        }
        assert any(all(each.get(id_, 0) >= runs for id_, runs in mix.items()) for each in found)


@pytest.mark.parametrize(
    ("when", "first", "count", "gap"),
    [
        ("every: 1h", [0, 3600, 7200], 366 * 24, 3600),
        ("every: 1m", [0, 60, 120], MOST_TICKS, 60),
        ("every: 90d", [0, 90 * 86400, 180 * 86400], 5, 90 * 86400),
        ("schedule: 0 2 * * *", [7200, 93600, 180000], 366, 86400),
        ("schedule: 0 */12 * * mon", [0, 43200, 604800], 106, 43200),
        ("schedule: 0 0 1 1 *", [0], 1, None),
    ],
)
def test_a_job_is_due_at_these_seconds_of_2024(when: str, first: list[float], count: int, gap: float | None) -> None:
    """Of which the first day is a Monday; so many moments at most."""
    ticks = ticks_of(job("mtbf: 99h, mttr: 1h", f"{when}, steps: [{{call: db}}]"), "night")
    assert (ticks[: len(first)], len(ticks), least_gap(ticks)) == (first, count, gap)


@pytest.mark.parametrize(
    ("flow", "owner", "waits"),
    [
        ("nightly", "store", True),  # 1 h of 12 h, and half an hour to repair
        ("nightly", "slow", False),  # which takes as long as is left
        ("nightly", "unsaid", True),
        ("strict", "store", False),  # without a deadline a run that fails has failed
        ("asked", "store", False),
    ],
)
def test_only_a_job_with_room_for_the_repair_may_wait_for_it(flow: str, owner: str, waits: bool) -> None:
    system = load_text("""
archspec: 1
name: Jobs that wait
components:
  cron: {kind: job}
  user: {kind: client}
  store: {kind: database, mtbf: 100d, mttr: 30m}
  slow: {kind: database, mtbf: 100d, mttr: 11h}
  unsaid: {kind: database}
connections: ["cron -> [store, slow, unsaid]", user -> store]
flows:
  nightly:
    from: cron
    every: 1d
    deadline: 12h
    steps: [{call: store, takes: 1h}, {call: slow}, {call: unsaid}]
  strict: {from: cron, every: 1d, steps: [{call: store, takes: 1h}]}
  asked: {from: user, rate: 1/s, steps: [{call: store}]}
""")
    assert Availability(system).of_flow(flow).may_wait_for(owner) is waits
