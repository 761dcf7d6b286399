"""When requests arrive."""

from dataclasses import replace
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Architecture, Scenario
from archspec.simulation import loads
from archspec.simulation.evaluation import collect
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import run_simulation

SECOND = 10**9
SPEC = """
archspec: 1
name: Asked
components: {user: {kind: client}, api: {kind: server}}
connections: [user -> api]
flows: {ask: {from: user, rate: 3/s, steps: [{call: api}]}}
"""
SYSTEM = load_text(SPEC)


def arrivals(duration: int = SECOND, folder: Path = Path(), system: Architecture = SYSTEM, **load: object) -> list[int]:
    scenario = Scenario.model_validate({"id": "run", "load": {"ask": load}, "duration": f"{duration / SECOND:g}s"})
    asked = replace(system, scenarios={"run": scenario})
    run = run_simulation(asked, SimulationOptions("run", folder=folder, keep_requests=True))
    times: list[int] = run.every_request.at.tolist()
    return times


def test_even_arrivals_are_exact_multiples() -> None:
    """Request k at round(k / rate), never a running sum."""
    assert arrivals(arrivals="even") == [0, 333333333, 666666667]


@pytest.mark.parametrize(("starts", "count"), [("00:00", 21), ("12:00", 3580)])
def test_a_day_is_where_the_run_starts(starts: str, count: int) -> None:
    """Λ(1 h) is (3600 - 3559.4) / 2 = 20.5 after midnight, the trough, and (3600 + 3559.4) / 2 = 3579.7 at noon."""
    load = {"ask": {"arrivals": "even", "shape": "daily", "rate": "1/s", "low": "0/s"}}
    scenario = Scenario.model_validate({"id": "run", "load": load, "duration": "1h", "starts": starts})
    run = run_simulation(replace(SYSTEM, scenarios={"run": scenario}), SimulationOptions("run"))
    assert run.arrived == count


def test_a_factor_for_all_leaves_alone_what_comes_by_the_clock() -> None:
    """Four ticks in a minute, and twice 3/s."""
    spec = SPEC.replace("flows: {", "flows: {job: {from: user, every: 15s, steps: [{call: api}]}, ")
    system = load_text(spec + "scenarios: {run: {load: 2x, duration: 1m}}\n")
    results = collect(run_simulation(system, SimulationOptions("run")))
    assert [(job.flow, job.ticks) for job in results.jobs] == [("job", 4)]
    assert results.flows[1].offered == pytest.approx(360, abs=60)


def test_until_ends_arrivals_early() -> None:
    """The one at 0.667 s is not made."""
    assert arrivals(arrivals="even", until="500ms") == [0, 333333333]


def test_a_ramp_places_even_arrivals_by_its_cumulative_rate() -> None:
    """From 0 to 2/s over 1 s: Λ(t) = t² up to 1, then 1 + 2(t - 1); Λ is 0, 1, 2, 3 at 0, 1, 1.5, 2."""
    assert arrivals(2 * SECOND, arrivals="even", shape="ramp", rate="0/s", to="2/s", over="1s") == [
        0,
        SECOND,
        3 * SECOND // 2,
    ]


def test_a_spike_adds_what_it_adds() -> None:
    """1/s, and 10/s from 1 s for 1 s: 12 arrivals in 3 s."""
    times = arrivals(3 * SECOND, arrivals="even", shape="spike", rate="1/s", to="10/s", at="1s", **{"for": "1s"})
    assert len(times) == 12
    assert sum(SECOND <= time < 2 * SECOND for time in times) == 10


def test_poisson_arrivals_have_the_rate_and_the_variance_of_it() -> None:
    """300 expected in 100 s; the seed gives 3 standard deviations at most."""
    times = arrivals(100 * SECOND)
    assert abs(len(times) - 300) < 52
    assert times == sorted(times) == arrivals(100 * SECOND)


def test_a_file_gives_the_rate_from_each_second_on(tmp_path: Path) -> None:
    """2/s for a second, none for a second, then 4/s."""
    (tmp_path / "load.csv").write_text("seconds,rate\n0,2\n1,0\n2,4\n", encoding="utf-8")
    times = arrivals(3 * SECOND, tmp_path, arrivals="even", shape="file", file="load.csv")
    assert times == [0, SECOND // 2, SECOND, 9 * SECOND // 4, 10 * SECOND // 4, 11 * SECOND // 4]


@pytest.mark.parametrize("text", ["", "a,b\nc,d\n", "0,1\n0,2\n", "0,-1\n"])
def test_a_file_that_is_no_load_is_refused_with_advice(tmp_path: Path, text: str) -> None:
    """The message names the file."""
    (tmp_path / "load.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"load\.csv"):
        arrivals(SECOND, tmp_path, shape="file", file="load.csv")


@pytest.mark.parametrize(
    ("load", "count"),
    [
        ({"rate": "10/s"}, 1000),
        ({"rate": "10/s", "until": "30s"}, 300),
        ({"rate": "10/s", "shape": "ramp", "to": "30/s", "over": "40s"}, 800 + 30 * 60),
        ({"rate": "10/s", "shape": "ramp", "to": "30/s", "over": "200s"}, 1500),
        ({"rate": "10/s", "shape": "spike", "to": "50/s", "at": "20s", "for": "5s"}, 1000 + 40 * 5),
        ({"rate": "10/s", "shape": "spike", "to": "50/s", "at": "97s", "for": "5s"}, 1000 + 40 * 3),
        ({"rate": "10/s", "shape": "spike", "to": "50/s", "at": "120s", "for": "5s"}, 1000),
        ({"rate": "10/s", "shape": "daily", "low": "2/s"}, 1000),
        ({"shape": "file", "file": "load.csv"}, 2 * 10 + 4 * 90),
        ({"shape": "file", "file": "load.csv", "until": "5s"}, 2 * 5),
    ],
)
def test_more_than_can_be_run_is_refused_with_how_many_would_come(
    load: dict[str, str], count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In 100 s, on average; of a day as many as at its height."""
    (tmp_path / "load.csv").write_text("0,2\n10,4\n", encoding="utf-8")
    monkeypatch.setattr(loads, "MOST_ARRIVALS", 9)
    with pytest.raises(UsageError, match=rf"^about {count} requests would arrive; shorten"):
        arrivals(100 * SECOND, tmp_path, **load)


def test_what_comes_by_the_clock_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    system = load_text(SPEC.replace("rate: 3/s", "every: 10s") + "scenarios: {run: {duration: 100s}}\n")
    monkeypatch.setattr(loads, "MOST_ARRIVALS", 9)
    with pytest.raises(UsageError, match=r"^about 10 requests would arrive"):
        run_simulation(system, SimulationOptions("run"))


def test_a_factor_needs_a_rate() -> None:
    """`2x` of nothing is an error that says what to do."""
    with pytest.raises(UsageError, match="give it one"):
        arrivals(rate="2x", system=load_text(SPEC.replace("rate: 3/s, ", "")))
