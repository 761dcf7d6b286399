"""What a run is asked for, word by word: what is refused, how long it warms up, how many requests come."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Duration, Scenario
from archspec.simulation import loads
from archspec.simulation.asked import Asked, program_of, understood, warm_up_of
from archspec.simulation.compile import compile_system
from archspec.simulation.faults import supposed_slow
from archspec.simulation.length import Lacking, ending, next_look
from archspec.simulation.loads import check_count
from archspec.simulation.options import SimulationOptions
from archspec.simulation.program import ClockLoad, ClosedLoad, OpenLoad, Supposed, Target
from archspec.simulation.studies.load_level import at_level

SECOND = 10**9
SYSTEM = load_text(
    """
archspec: 1
name: Understood
groups: {zone: {kind: zone}}
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, group: zone, connections: 1000000}
  db: {kind: database}
  cron: {kind: worker}
connections:
  - user -> api
  - {from: api, to: db, name: reads}
  - {from: api, to: db, name: writes, access: write}
  - cron -> db
flows:
  ask: {from: user, rate: 4/s, steps: [{call: api, steps: [{call: db, via: reads}]}]}
  peek: {from: user, steps: [{call: api}]}
  talk: {from: user, session: {users: 10, lasts: 1h}, steps: [{call: api}]}
  say: {from: user, via: talk, rate: 2/s, steps: [{call: api}]}
  tidy: {from: cron, every: 1s, steps: [{call: db}]}
  often: {from: cron, every: 2s, steps: [{call: db}]}
pipelines: {release: {stages: [{kind: test}]}}
"""
)


def asked(scenario: dict[str, Any], **options: Any) -> Asked:
    told = Scenario.model_validate({"id": "run", "duration": "10s", **scenario})
    return understood(replace(SYSTEM, scenarios={"run": told}), SimulationOptions("run", **options))


@pytest.mark.parametrize(
    ("scenario", "says"),
    [
        (
            {"load": {"ask": {"rate": "1x"}, "asks": {"rate": "1x"}}},
            "the load names no flow `asks`; did you mean `ask`?",
        ),
        (
            {"load": {"peek": {"rate": "2x"}}},
            "flow `peek` has no `rate`; give it one, or write its load as a rate such as `100/s`.",
        ),
        (
            {"load": {"ask": {"users": 100_001}}},
            "a run keeps at most 100000 closed clients, and `ask` has 100001; scale the system down, or write a rate.",
        ),
        (
            {"load": {"talk": {"rate": "5/s"}}},
            "the users of `talk` stay connected, so its load is no rate; write a factor such as `2x`, or `users: 10`.",
        ),
        (
            {"load": {"talk": {"shape": "ramp", "to": "2x", "over": "1s"}}},
            "the users of `talk` stay connected, so its load is no rate; write a factor such as `2x`, or `users: 10`.",
        ),
        (
            {"load": {"talk": {"rate": "10001x"}}},
            "a run keeps at most 100000 users, and `talk` has 100010; scale the system down.",
        ),
        ({"faults": [{"fail": "api -> db"}]}, "`fail: api -> db` names a connection; write `partition: api -> db`."),
        ({"faults": [{"lose": "api", "by": "5%"}]}, "`lose: api` names no connection; write it as `a -> b`."),
        (
            {"faults": [{"errors": "api -> db", "by": "5%"}]},
            "`errors: api -> db` names a connection; name who answers the errors.",
        ),
        (
            {"faults": [{"slow": "api", "by": "0x"}]},
            "`slow: api` by 0x would take no time at all; write a factor above 0.",
        ),
        (
            {"faults": [{"deploy": "release"}]},
            "`deploy: release` deploys nothing; give the pipeline a deploy stage with `targets`.",
        ),
        ({"faults": [{"fail": "user"}]}, "`user` is a client, which is always up; name something it asks."),
        ({"faults": [{"fail": "api-3"}]}, "there is no component, replica or group `api-3`; did you mean `api-2`?"),
        (
            {"faults": [{"partition": "user -> db"}]},
            "there is no connection `user -> db`; did you mean `user -> api`?",
        ),
        ({"faults": [{"partition": "apis -> db"}]}, "there is no component `apis`; did you mean `api`?"),
        (
            {"faults": [{"partition": "api -> db via reeds"}]},
            "there is no connection `api -> db via reeds`; did you mean `api -> db via reads`?",
        ),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_to_write(scenario: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError) as error:
        program_of(asked({"load": {"ask": {"rate": "1x"}}, **scenario}), 10 * SECOND)
    assert str(error.value) == says


def test_without_any_rate_there_is_nothing_to_simulate() -> None:
    quiet = load_text(
        "archspec: 1\nname: Quiet\ncomponents: {user: {kind: client}, api: {kind: server}}\n"
        "connections: [user -> api]\nflows: {peek: {from: user, steps: [{call: api}]}}\n"
    )
    with pytest.raises(UsageError, match="no flow has a `rate`, so there is nothing to simulate; give a flow a rate"):
        understood(quiet, SimulationOptions())
    with pytest.raises(UsageError, match="there is no scenario `rush`"):
        understood(quiet, SimulationOptions("rush"))


STEADY: dict[str, Any] = {"load": {"ask": {"rate": "1x"}}}


@pytest.mark.parametrize(
    ("scenario", "options", "seconds"),
    [
        (STEADY, {}, 1),
        (STEADY | {"warm_up": "3s"}, {}, 3),
        (STEADY | {"warm_up": "0s"}, {}, 0),
        (STEADY | {"warm_up": "11s"}, {}, 10),
        (STEADY | {"warm_up": "3s"}, {"warm_up": Duration(2 * SECOND)}, 2),
        (STEADY, {"warm_up": Duration(20 * SECOND)}, 10),
        (STEADY, {"fail": ("db",)}, 1),
        (STEADY, {"just_failed": ("db",)}, 0),
        (STEADY | {"faults": [{"fail": "db"}]}, {}, 0),
        (STEADY | {"random_faults": True}, {}, 0),
        ({"load": {"ask": {"shape": "ramp", "to": "2x", "over": "1s"}}}, {}, 0),
        ({"load": {"ask": {"until": "9s"}}}, {}, 0),
        ({"load": {"ask": {"users": 3}}}, {}, 1),
        ({"load": {"tidy": {}}}, {}, 1),
        ({"load": {"often": {}}}, {}, 0),
    ],
)
def test_a_run_warms_up_for_a_tenth_where_nothing_changes(
    scenario: dict[str, Any], options: dict[str, Any], seconds: int
) -> None:
    found = asked(scenario, **options)
    assert warm_up_of(found, 10 * SECOND) == seconds * SECOND
    assert program_of(found, 10 * SECOND).run.warm_up == seconds * SECOND


@pytest.mark.parametrize(
    ("load", "found"),
    [
        (None, {"ask": 4, "talk": 10, "say": 2, "tidy": "1s", "often": "2s"}),
        ("3x", {"ask": 12, "talk": 30, "say": 6, "tidy": "1s", "often": "2s"}),
        ({"peek": {"rate": "7/s"}}, {"peek": 7}),
        ({"say": {"rate": "5/s"}}, {"talk": 10, "say": 5}),
        ({"say": {"rate": "2x"}, "talk": {"users": 4}}, {"say": 4, "talk": 4}),
        ({"talk": {"rate": "1.26x"}}, {"talk": 13}),
        ({"talk": {"rate": "0x"}}, {"talk": 1}),
    ],
)
def test_each_flow_has_the_load_that_the_scenario_gives_it(load: Any, found: dict[str, Any]) -> None:
    of = asked({} if load is None else {"load": load})

    def amount(each: OpenLoad | ClosedLoad | ClockLoad) -> object:
        if isinstance(each, OpenLoad):
            return each.rate
        return each.users if isinstance(each, ClosedLoad) else f"{(each.every or 0) // SECOND}s"

    program = program_of(of, 10 * SECOND)
    assert {id_: amount(each) for id_, each in zip(of.loads, program.run.loads, strict=True)} == found


@pytest.mark.parametrize(
    ("load", "count"),
    [
        (OpenLoad(0, "constant", "even", Fraction(5)), 50),
        (OpenLoad(0, "constant", "even", Fraction(5), until=4 * SECOND), 20),
        (OpenLoad(0, "constant", "even", Fraction(5), until=40 * SECOND), 50),
        (OpenLoad(0, "ramp", "even", Fraction(2), to=Fraction(6), over=4 * SECOND), 16 + 36),
        (OpenLoad(0, "ramp", "even", Fraction(2), to=Fraction(6), over=20 * SECOND), 30),
        (OpenLoad(0, "ramp", "even", Fraction(2), to=Fraction(6), over=0), 60),
        (OpenLoad(0, "ramp", "even", Fraction(6), to=Fraction(2), over=4 * SECOND, until=2 * SECOND), 10),
        (OpenLoad(0, "spike", "even", Fraction(2), to=Fraction(6), at=3 * SECOND, for_=2 * SECOND), 28),
        (OpenLoad(0, "spike", "even", Fraction(2), to=Fraction(6), at=9 * SECOND, for_=2 * SECOND), 24),
        (OpenLoad(0, "spike", "even", Fraction(2), to=Fraction(6), at=12 * SECOND, for_=2 * SECOND), 20),
        (OpenLoad(0, "daily", "even", Fraction(2), low=Fraction(1)), 20),
        (OpenLoad(0, "daily", "even", Fraction(2), low=Fraction(3)), 30),
        (OpenLoad(0, "file", "even", Fraction(2), curve=((0, 1.0), (4, 3.0), (20, 9.0))), 22),
        (OpenLoad(0, "file", "even", Fraction(2), curve=((2, 1.0), (4, 3.0))), 20),
        (ClockLoad(0, every=2 * SECOND), 5),
        (ClockLoad(0, ticks=(0, 1, 2)), 0),
        (ClosedLoad(0, 7), 0),
    ],
)
def test_no_more_requests_are_run_than_can_be(load: Any, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted by hand, over ten seconds."""
    monkeypatch.setattr(loads, "MOST_ARRIVALS", count)
    check_count([load], 10 * SECOND)
    if count:
        monkeypatch.setattr(loads, "MOST_ARRIVALS", count - 1e-3)
        with pytest.raises(UsageError) as error:
            check_count([load], 10 * SECOND)
        assert str(error.value) == f"about {count} requests would arrive; shorten `duration` or lower the rate."


@pytest.mark.parametrize(
    ("text", "curve"),
    [
        ("seconds,rate\n0,1\n5,2.5\n", ((0.0, 1.0), (5.0, 2.5))),
        ("0,0\n\n0.5,3\n", ((0.0, 0.0), (0.5, 3.0))),
        ("0,1\n0,2\n", "load.csv:2: seconds must rise from 0 and rates must not be negative."),
        ("-1,1\n", "load.csv:1: seconds must rise from 0 and rates must not be negative."),
        ("0,-1\n", "load.csv:1: seconds must rise from 0 and rates must not be negative."),
        ("0,1000000000\n", "load.csv:1: seconds must rise from 0 and rates must not be negative."),
        ("0,99\n999999999,1\n", ((0.0, 99.0), (999999999.0, 1.0))),
        ("0,1\n1000000000,1\n", "load.csv:2: seconds must rise from 0 and rates must not be negative."),
        ("0,1\nsoon,2\n", "load.csv:2 is not `seconds,rate`; write two numbers."),
        ("0,1,2\n1,2\n2;3\n", "load.csv:3 is not `seconds,rate`; write two numbers."),
        ("seconds,rate\n", "load.csv has no line `seconds,rate`; add one."),
        ("0,\xff", "the load file load.csv is not UTF-8 text; save it as lines `seconds,rate`."),
        (None, "cannot read the load file load.csv: No such file or directory; put it beside the spec."),
    ],
)
def test_a_load_file_has_a_rate_from_each_second_on(text: str | None, curve: object, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "load.csv").write_bytes(text.encode("latin-1"))
    of = asked({"load": {"ask": {"shape": "file", "file": "load.csv"}}}, folder=tmp_path)
    if not isinstance(curve, str):
        (load,) = program_of(of, SECOND).run.loads
        assert isinstance(load, OpenLoad)
        assert load.curve == curve
        return
    with pytest.raises(UsageError) as error:
        program_of(of, SECOND)
    assert str(error.value) == curve


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("db=5x", Supposed("slow", Target(component=2), factor=Fraction(5), plus=0)),
        ("api-2=0.5x", Supposed("slow", Target(replica=(1, 2)), factor=Fraction(1, 2), plus=0)),
        ("zone=200ms", Supposed("slow", Target(group="zone"), factor=Fraction(1), plus=200_000_000)),
        ("api -> db=1s", Supposed("slow", Target(connection=(1, 2)), factor=Fraction(1), plus=SECOND)),
        (
            " api->db via reads =2x",
            Supposed("slow", Target(connection=(1, 2), name="reads"), factor=Fraction(2), plus=0),
        ),
        ("db", "`--slow db` does not say how slow; write `--slow db=5x`, or `=200ms`."),
        ("", "`--slow ` does not say how slow; write `--slow api=5x`, or `=200ms`."),
        ("db=much", "`much` in `--slow db=much` is no amount; write a factor `5x` or a time `200ms`."),
    ],
)
def test_what_is_slow_is_a_name_and_an_amount(text: str, found: Supposed | str) -> None:
    compiled = compile_system(SYSTEM, ("ask",))
    if isinstance(found, Supposed):
        assert supposed_slow(SYSTEM, compiled, text) == found
        return
    with pytest.raises(UsageError) as error:
        supposed_slow(SYSTEM, compiled, text)
    assert str(error.value) == found


@pytest.mark.parametrize(
    ("place", "widths", "found"),
    [
        (0, (0.1,), 2),  # four times as many, less a fifth
        (0, (0.06,), 1),
        (0, (None,), 1),
        (0, (0.06, 0.1), 2),
        (0, (0.2,), 3),
        (0, (9.0,), 3),
        (1, (0.06,), 2),
        (2, (0.06,), 3),
    ],
)
def test_it_is_looked_again_when_all_can_be_known(place: int, widths: tuple[float | None, ...], found: int) -> None:
    looks = (100, 200, 400, 1000)
    assert next_look(looks, place, [Lacking("p99 of ask", width) for width in widths], 0.05) == found


@pytest.mark.parametrize(
    ("found", "is_overloaded", "says"),
    [
        ([], True, "the run ended after 12,345 requests, when an overload was seen"),
        ([Lacking("p99 of ask", 0.1)], True, "the run ended after 12,345 requests, when an overload was seen"),
        ([], False, "the run ended after 12,345 requests, when what is asked for was known within 5%"),
        (
            [Lacking("p99 of ask", 0.1001), Lacking("success of ask", None)],
            False,
            "the run ended at its bound, after 12,345 requests: p99 of ask is known within 10.1%, success of ask has"
            " no interval; 5% is asked for, and --duration runs longer",
        ),
    ],
)
def test_the_end_of_a_run_is_told(found: list[Lacking], is_overloaded: bool, says: str) -> None:
    assert ending(found, 0.05, 12_345, is_overloaded=is_overloaded) == says


@pytest.mark.parametrize(
    ("load", "found"),
    [
        (None, {"ask": 6, "talk": 15, "say": 3}),
        ("2x", {"ask": 12, "talk": 30, "say": 6}),
        ({"ask": {"rate": "10/s"}}, {"ask": 15}),
        ({"ask": {"rate": "3x"}}, {"ask": 18}),
        ({"ask": {"users": 3}}, {"ask": 4}),
        ({"talk": {"users": 4}}, {"talk": 6}),
        ({"talk": {}}, {"talk": 15}),
    ],
)
def test_a_level_multiplies_every_rate_and_every_client(load: Any, found: dict[str, int]) -> None:
    """Half as much again; what comes by the clock comes as often."""
    told = {} if load is None else {"load": load}
    system = replace(SYSTEM, scenarios={"run": Scenario.model_validate({"id": "run", "duration": "10s", **told})})
    of = understood(at_level(system, "run", Fraction(3, 2)), SimulationOptions("run"))
    amounts = {
        id_: each.users if isinstance(each, ClosedLoad) else each.rate
        for id_, each in zip(of.loads, program_of(of, SECOND).run.loads, strict=True)
        if not isinstance(each, ClockLoad)
    }
    assert amounts == found
