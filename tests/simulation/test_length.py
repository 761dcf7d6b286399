"""How long a run is where nobody says."""

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results
from archspec.simulation.simulate import lengths, simulate

SPEC = """
archspec: 1
name: One desk
components:
  user: {kind: client}
  desk: {kind: server, cores: 1 SCALING}
connections: [user -> desk]
flows:
  ask: {from: user, rate: RATE/s, OBJECTIVE steps: [{call: desk, cpu: exponential(1ms) STATUS}]}
scenarios:
  plain: {load: {ask: {arrivals: even}}}
  said: {duration: 5s}
  ramp: {load: {ask: {shape: ramp, to: 100/s, over: 10s}}}
  closed: {load: {ask: {users: 3, think: 10ms}}}
  broken: {faults: [{fail: desk, at: 3m, for: 1m}]}
"""
SECOND = 10**9


def spec(rate: int = 100, objective: str = "", status: str = "", scaling: str = "") -> str:
    text = SPEC.replace("RATE", str(rate)).replace("OBJECTIVE", f"objective: {objective}," if objective else "")
    return text.replace("STATUS", status).replace("SCALING", scaling)


def run(text: str, **options: object) -> Results:
    return simulate(load_text(text), SimulationOptions(**options))  # type: ignore[arg-type]


def test_it_is_looked_at_when_requests_double_up_to_a_bound() -> None:
    """At 100/s: after 20,000, 40,000, 80,000, 160,000 and 200,000 requests."""
    looks = lengths(load_text(spec()), SimulationOptions())
    assert [look // SECOND for look in looks] == [200, 400, 800, 1600, 2000]


def test_hardly_any_requests_end_after_six_hours() -> None:
    """At 1/s 20,000 take 5:33:20 h."""
    assert [look // SECOND for look in lengths(load_text(spec(1)), SimulationOptions())] == [20_000, 21_600]


@pytest.mark.parametrize(
    ("scenario", "seconds"), [("said", 5), ("ramp", 60), ("closed", 60), ("broken", 300), ("plain", None)]
)
def test_what_changes_or_is_said_has_one_length(scenario: str, seconds: int | None) -> None:
    """As said, else a minute, or a minute after the last fault."""
    looks = lengths(load_text(spec()), SimulationOptions(scenario=scenario))
    assert (looks[0] // SECOND if len(looks) == 1 else None) == seconds


def test_a_component_that_scales_has_one_length() -> None:
    """A minute."""
    text = spec(scaling=", scaling: {min: 1, max: 3, target: 60%}")
    assert lengths(load_text(text), SimulationOptions()) == (60 * SECOND,)


def test_it_ends_when_what_is_asked_is_known() -> None:
    """p50 of a desk that is hardly busy, after the first look."""
    results = run(spec(objective="{p50: 5ms}"))
    assert results.duration == 200 * SECOND
    assert results.ending is not None
    assert results.ending.startswith("the run ended after 20,")
    assert results.ending.endswith(" requests, when what is asked for was known within 5%")


def test_it_is_the_run_of_that_duration() -> None:
    """Figure for figure."""
    by_itself, asked = run(spec(objective="{p50: 5ms}")), run(spec(), duration=Duration(200 * SECOND))
    assert by_itself.flows[0].latency == asked.flows[0].latency


def test_it_ends_at_its_bound_and_says_what_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 80% p99 takes more than 40,000 requests."""
    monkeypatch.setattr("archspec.simulation.length.BOUND", 40_000)
    results = run(spec(800), precision=0.02)
    assert results.duration == 50 * SECOND
    assert results.ending is not None
    assert results.ending.startswith("the run ended at its bound, after ")
    assert "p99 of ask is known within " in results.ending
    assert results.ending.endswith("%; 2% is asked for, and --duration runs longer")


def test_an_overload_ends_it() -> None:
    """At 110% there is nothing more to know."""
    ending = run(spec(1100)).ending or ""
    assert ending.endswith("requests, when an overload was seen")


def test_a_success_is_known_when_it_is_surely_on_one_side() -> None:
    """10% fail of 1% allowed: seen at the first look, however wide the interval."""
    results = run(spec(objective="{success: 99%}", status=", status: {200: 90%, 500: 10%}"))
    assert results.duration == 200 * SECOND


def test_a_precision_cannot_be_had_where_the_load_changes() -> None:
    """The sentence names the other option."""
    with pytest.raises(UsageError, match="say how long to run with --duration"):
        run(spec(), scenario="ramp", precision=0.02)
