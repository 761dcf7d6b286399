"""What is offered more than it can do, and what only looks so."""

import pytest

from archspec import load_text
from archspec.model import Duration
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results
from archspec.simulation.simulate import simulate

HEAD = """
archspec: 1
name: Overload
"""


SLOTS_IN_FRONT = """
components:
  user: {kind: person}
  api: {kind: server, slots: 10}
  db: {kind: database, cores: 1}
connections: [user -> api, api -> db]
flows:
  ask: {from: user, rate: RATE/s, steps: [{call: api, steps: [{call: db, cpu: exponential(1ms)}]}]}
"""


def run(text: str, seconds: int = 20, seed: int = 1) -> Results:
    """A run without warm-up, so that short ones say what they are meant to."""
    options = SimulationOptions(duration=Duration(seconds * 10**9), warm_up=Duration(0), seed=seed)
    return simulate(load_text(HEAD + text), options)


def server(rate: int, api: str = "cores: 1", connection: str = "user -> api") -> str:
    """One server that can do 1000 requests per second."""
    return f"""
components:
  user: {{kind: person}}
  api: {{kind: server, {api}}}
connections: [{connection}]
flows:
  ask: {{from: user, rate: {rate}/s, steps: [{{call: api, cpu: exponential(1ms)}}]}}
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_server_at_95_percent_is_not_overloaded(seed: int) -> None:
    """M/M/1 at 0.95 settles, however long its queue is now and then."""
    assert run(server(950), 30, seed).missed == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_server_offered_exactly_what_it_can_do_is_overloaded(seed: int) -> None:
    """M/M/1 at 1.0 has no steady state: its queue grows as the square root of time, which 5% in flight do not show."""
    (missed,) = run(server(1000), 60, seed).missed
    assert missed.startswith("ask is overloaded: the cores of `api` are offered 100% of what they can do, ")


@pytest.mark.parametrize(("rate", "called"), [(980, 0), (990, 0), (1010, 12)])
def test_the_utilisation_law_tells_98_percent_from_101(rate: int, called: int) -> None:
    """However short the run: 12 seeds of 10 s; `test_forty_seeds` has more."""
    assert sum(bool(run(server(rate), 10, seed).missed) for seed in range(12)) == called


@pytest.mark.slow
@pytest.mark.parametrize(("rate", "called"), [(980, 0), (990, 0), (1010, 40)])
@pytest.mark.parametrize("seconds", [5, 60])
def test_forty_seeds(rate: int, called: int, seconds: int) -> None:
    assert sum(bool(run(server(rate), seconds, seed).missed) for seed in range(40)) == called


def test_a_run_that_cannot_tell_says_so() -> None:
    """Ten slots held for as long as a database works are beyond the law: at 102% ten seconds do not show it."""
    results = run(SLOTS_IN_FRONT.replace("RATE", "1020"), 10, seed=1)
    assert results.missed == ()
    assert [note.partition(" keep up")[0] for note in results.notes if "too short" in note] == [
        "this run is too short to tell whether the slots of `api`"
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_server_offered_a_little_more_than_it_can_do_is_overloaded(seed: int) -> None:
    """M/M/1 at 1.05: busy all the time but for its first moments."""
    assert "cores of `api`" in (run(server(1050), 20, seed).flows[0].overloaded or "")


def test_a_bounded_queue_sheds_and_does_not_grow() -> None:
    """Half as much again as it can do, ten places to wait: a third fails, and nothing grows with the run."""
    flow = run(server(1500, "cores: 1, queue_limit: 10")).flows[0]
    assert (flow.overloaded, [cause for cause, _ in flow.failed]) == (None, ["shed"])


def test_being_busy_all_the_time_without_a_queue_is_no_overload() -> None:
    """A request every millisecond that takes a millisecond never waits."""
    text = server(1000).replace("exponential(1ms)", "1ms")
    scenarios = "scenarios:\n  even: {load: {ask: {rate: 1000/s, arrivals: even}}}\n"
    options = SimulationOptions(scenario="even", duration=Duration(5 * 10**9))
    results = simulate(load_text(HEAD + text + scenarios), options)
    assert (results.components[0].core_utilisation, results.missed) == (1.0, ())


def test_closed_clients_slow_down_with_what_they_use() -> None:
    """Fifty users who never think keep a server busy, and wait for fifty turns, not more."""
    scenarios = "scenarios:\n  busy: {load: {ask: {users: 50, think: 1ms}}}\n"
    results = simulate(
        load_text(HEAD + server(100) + scenarios), SimulationOptions(scenario="busy", duration=Duration(5 * 10**9))
    )
    assert results.components[0].core_utilisation is not None
    assert results.components[0].core_utilisation > 0.99
    assert results.missed == ()


def test_the_queue_that_grows_is_named_and_not_what_is_behind_it() -> None:
    """Ten slots in front of a database that cannot keep up: calls wait for the slots."""
    results = run(SLOTS_IN_FRONT.replace("RATE", "1100"))
    overloaded = results.flows[0].overloaded or ""
    assert "the slots of `api` are offered" in overloaded
    assert "`db`" not in overloaded


def test_one_replica_that_cannot_keep_up_is_noted() -> None:
    """Turns give a replica that is five times as slow as much as the others: that is told, and the flow is judged by
    its figures."""
    text = """
components:
  user: {kind: person}
  api: {kind: server, cores: 1, replicas: 2}
connections: [{user -> api: {timeout: 100ms}}]
flows:
  ask: {from: user, rate: 1000/s, steps: [{call: api, cpu: exponential(1ms)}]}
scenarios:
  limping: {duration: 5s, warm_up: 0s, faults: [{slow: api-2, by: 5x}]}
"""
    results = simulate(load_text(HEAD + text), SimulationOptions(scenario="limping"))
    assert [note.partition(":")[0] for note in results.notes] == [
        "the cores of `api-2` are offered as much as can be done, or more",
        "not modelled",
    ]
    assert results.missed == ()


def test_messages_that_pile_up_are_an_overload_that_no_request_waits_for() -> None:
    """100 messages per second for a worker that does 50: half of them wait at the end."""
    results = run(
        """
components:
  user: {kind: person}
  jobs: {kind: queue}
  mailer: {kind: worker}
connections: [user -> jobs, jobs -> mailer]
flows:
  send:
    from: user
    rate: 100/s
    steps: [{call: jobs, steps: [{call: mailer, takes: 20ms}]}]
""",
        60,
    )
    assert results.flows[0].overloaded is None
    (missed,) = results.missed
    assert missed == "`jobs` gets more messages than its workers do: 2877 of 5877 wait at the end, 1471 at half-time"


def test_own_work_of_a_flow_that_begins_inside_overloads_its_cores() -> None:
    """100/s × 40 ms are 4 cores of 3."""
    text = """
components:
  w: {kind: worker, replicas: 3, cores: 1}
flows:
  f: {from: w, rate: 100/s, steps: [{cpu: 40ms}]}
"""
    assert "the cores of `w` are offered 133.3% of what they can do" in run(text).missed[0]
