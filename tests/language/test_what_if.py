"""An architecture as plain data, and changed copies of it."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from archspec.errors import SpecError
from archspec.language import load
from archspec.language.build import build
from archspec.language.what_if import changed, in_scenario, with_faults
from archspec.model import Running
from archspec.model.change import with_fields
from archspec.model.data import to_data
from tests.model.specs import spec

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/architecture.yaml"))
SYSTEM = spec(
    """defaults: {server: {replicas: 2}, connections: {timeout: 1s}}
components:
  a: {kind: client, label: "010"}
  api: {kind: server, rate_limit: 10/s, scaling: {min: 1, max: 3, metric: request_rate, target: 5/s}}
  w: {kind: worker, scaling: {min: 1, max: 3, metric: queue_length, target: 100}}
  c: {kind: cache, entries: 10, keys: zipf(count=100 exponent=0.9)}
  db: {kind: database, backup: none, cores: 0.1}
  lb: {kind: load_balancer, weights: {api: 1.5}}
connections:
  - a -> lb -> api -> [c, db]: {retries: {attempts: 2, backoff: exponential(5ms jitter=full)}}
flows:
  f:
    from: a
    objective: {success: 99.9%, p99.9: 1s}
    steps: [{call: db, status: {404: 2%}, takes: uniform(1ms 2ms)}, {call: db, status: 404, wait: false}]
alerts:
  burn: {metric: burn_rate, flow: f, above: 14.4x, over: [1h, 5m]}
  hot: {metric: queue_length, component: w, above: 3}
scenarios:
  s:
    load: {f: {shape: ramp, to: 5/s, over: 1m}}
    set: {api.replicas: 6, a.label: 010}
    faults: [{slow: db, by: 5x, at: 10s, for: 5s}, {errors: api, by: 5%, status: 503}]
  t: {load: 2x}
"""
)


def test_data_reads_back_as_the_same_architecture() -> None:
    assert build(to_data(SYSTEM)) == SYSTEM


@pytest.mark.parametrize("path", SPECS, ids=[path.parent.name for path in SPECS])
def test_every_spec_reads_back_from_its_data(path: Path) -> None:
    system = load(path)
    assert build(to_data(system)) == system


def test_data_leaves_out_what_was_never_said() -> None:
    assert to_data(spec("components: {a: {kind: server, cores: 2}}\nflows: {}\n")) == {
        "archspec": 1,
        "name": "Test",
        "components": {"a": {"kind": "server", "cores": 2}},
    }


def test_data_is_in_long_form_with_defaults_merged() -> None:
    data = to_data(SYSTEM)
    assert data["components"]["api"]["replicas"] == 2
    assert data["connections"][0] == {
        "from": "a",
        "to": "lb",
        "timeout": "1s",
        "retries": {"attempts": 2, "backoff": "exponential(5ms jitter=full)"},
    }


def test_a_changed_copy_differs_in_that_value_alone() -> None:
    more = changed(SYSTEM, {"api.replicas": 6})
    counts = [part.components["api"] for part in (SYSTEM, more)]
    assert [part.replicas for part in counts if isinstance(part, Running)] == [2, 6]
    assert {id_ for id_ in SYSTEM.components if SYSTEM.components[id_] != more.components[id_]} == {"api"}


def test_a_changed_copy_keeps_its_positions() -> None:
    span = changed(SYSTEM, {"api.replicas": 6}).source.key(("components", "db"))
    assert span is not None
    assert span.label == "test.yaml:9:3"


def test_an_impossible_change_is_refused() -> None:
    with pytest.raises(SpecError, match="0 is below 1"):
        changed(SYSTEM, {"api.replicas": 0})
    with pytest.raises(SpecError, match="did you mean `replicas`"):
        changed(SYSTEM, {"api.replcas": 6})


def test_a_change_through_one_components_fields_is_the_same_as_one_by_name() -> None:
    for path in SPECS:
        system = load(path)
        for id_, component in system.components.items():
            if isinstance(component, Running) and component.scaling is None:
                more = with_fields(system, component, replicas=component.replicas + 1)
                assert more == changed(system, {f"{id_}.replicas": component.replicas + 1})


def test_fields_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValidationError, match="needs 9 of 2 replicas"):
        with_fields(SYSTEM, SYSTEM.components["api"], needs=9)


def test_settings_that_need_each_other_hold_in_either_order() -> None:
    system = spec("components: {api: {kind: server, replicas: 2, scaling: {min: 1, max: 3}}}\n")
    one = changed(system, {"api.scaling.min": 5, "api.scaling.max": 8, "api.replicas": 6})
    other = changed(system, {"api.replicas": 6, "api.scaling.max": 8, "api.scaling.min": 5})
    api = one.components["api"]
    assert one == other
    assert isinstance(api, Running)
    assert api.scaling is not None
    assert (api.scaling.minimum, api.scaling.maximum) == (5, 8)


def test_a_failure_rate_that_is_set_takes_the_place_of_an_availability() -> None:
    system = spec("defaults: {server: {availability: 99.9%}}\ncomponents: {api: {kind: server}}\n")
    api = changed(system, {"api.mtbf": "99d", "api.mttr": "1d"}).components["api"]
    assert isinstance(api, Running)
    assert str(api.steady_state) == "99%"


def test_a_steady_state_that_is_set_twice_is_refused() -> None:
    with pytest.raises(SpecError, match="`availability` and `mtbf` say the same thing"):
        changed(SYSTEM, {"api.availability": "99%", "api.mtbf": "99d", "api.mttr": "1d"})


def test_a_scenario_sets_a_connection_by_its_arrow() -> None:
    system = spec(
        "components: {a: {kind: client}, b: {kind: server}}\nconnections: [a -> b: {timeout: 1s}]\n"
        'scenarios: {s: {set: {"a -> b.timeout": 3s, b.replicas: 3, b.needs: 2}}}\n'
    )
    run = in_scenario(system, system.scenarios["s"])
    b = run.components["b"]
    assert isinstance(b, Running)
    assert (str(run.connections[0].timeout), b.replicas, b.needs) == ("3s", 3, 2)


def test_a_wrong_setting_from_outside_points_at_itself() -> None:
    with pytest.raises(SpecError) as caught:
        changed(SYSTEM, {"api.rate_limit": "5/s", "api.scaling.max": "x", "lb -> apii.timeout": "1s"})
    told = [(str(problem.span and problem.span.label), problem.message) for problem in caught.value.problems]
    assert told == [("settings:2:1", "`x` is not a whole number"), ("settings:3:1", "`lb -> apii` is not a connection")]
    assert caught.value.sources["settings"] == "api.rate_limit=5/s\napi.scaling.max=x\nlb -> apii.timeout=1s"


@pytest.mark.parametrize(("scenario", "faults"), [("s", 3), (None, 1)])
def test_further_faults_make_a_scenario_of_their_own(scenario: str | None, faults: int) -> None:
    system, name = with_faults(SYSTEM, scenario, [{"fail": "db", "at": "5s"}])
    assert (name, len(system.scenarios["played"].faults)) == ("played", faults)
    assert system.scenarios["played"].faults[-1].fail == "db"
    assert len(SYSTEM.scenarios) == 2
    again, other = with_faults(system, "played", [{"fail": "c", "at": "5s"}])
    assert (other, len(again.scenarios["playedplayed"].faults)) == ("playedplayed", faults + 1)


def test_faults_in_a_scenario_that_is_not_there_change_nothing() -> None:
    assert with_faults(SYSTEM, "u", [{"fail": "db", "at": "5s"}]) == (SYSTEM, "u")
