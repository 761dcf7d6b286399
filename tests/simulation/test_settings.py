"""A scenario's `set`: it names components and connections alike, and all of it holds at once."""

from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate

SPEC = """
archspec: 1
name: What-ifs
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, cores: 1}
connections:
  - user -> api: {timeout: 1s}
flows:
  ask: {from: user, rate: 10/s, steps: [{call: api, cpu: 5ms}]}
scenarios:
  slow: {duration: 5s, warm_up: 0s, set: {"user -> api.timeout": 1ms}, load: {ask: {arrivals: even}}}
  big: {duration: 5s, warm_up: 0s, set: {api.needs: 4, api.replicas: 5}, load: {ask: {arrivals: even}}}
  short: {duration: 5s, warm_up: 0s, set: {short.duration: 1s}, load: {ask: {arrivals: even}}}
"""


def answered(scenario: str) -> tuple[int, dict[str, int]]:
    flow = simulate(load_text(SPEC), SimulationOptions(scenario=scenario)).flows[0]
    return flow.ok, dict(flow.failed)


def test_a_setting_names_a_connection_by_its_arrow() -> None:
    """5 ms of work against 1 ms of patience: every request fails."""
    assert answered("slow") == (0, {"timeout": 50})


def test_settings_that_need_each_other_are_applied_together() -> None:
    """`needs: 4` does not fit two replicas, but five."""
    assert answered("big") == (50, {})


def test_a_scenario_may_set_what_is_its_own() -> None:
    assert answered("short") == (10, {})
