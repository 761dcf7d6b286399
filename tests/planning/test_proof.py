"""What analyze may refuse before any run, and what a run that finds a broken promise says."""

from fractions import Fraction

import pytest

from archspec.language import load_text
from archspec.planning.levers import Kind, levers_of
from archspec.planning.plan import Options, plan
from archspec.planning.proof import Blocked, Candidate
from archspec.verification.rates import rates_of


def system(api: str = "", promise: str = "{success: 99%}", call: str = "takes: 50ms", rate: int = 10) -> str:
    return f"""
archspec: 1
name: Small
components:
  user: {{kind: client}}
  api: {{kind: server, availability: 100%, {api}}}
connections: [user -> api]
flows:
  ask: {{from: user, rate: {rate}/s, objective: {promise}, steps: [{{call: api, {call}}}]}}
"""


def blocked(text: str) -> Blocked | None:
    """What analyze alone says of the spec as it is."""
    architecture = load_text(text)
    rates = rates_of(architecture)
    return Candidate(architecture, levers_of(architecture, rates, Kind), rates, frozenset(), 1).blocked()


@pytest.mark.parametrize(("rate", "why"), [(80, None), (81, "the slots of `api` are too few")])
def test_what_queues_without_a_bound_may_be_asked_for_all_that_it_has_and_no_more(rate: int, why: str | None) -> None:
    """Four slots of 50 ms do 80/s."""
    found = blocked(system("slots: 4", rate=rate))
    assert (found.why if found else None) == why


@pytest.mark.parametrize(
    ("promise", "rate", "fits"),
    [("{success: 80%}", 100, True), ("{success: 80%}", 101, False), ("{p99: 1s}", 1000, True)],
)
def test_what_refuses_may_be_asked_for_as_much_more_as_the_promise_lets_fail(
    promise: str, rate: int, fits: bool
) -> None:
    """Of 100/s it answers 80; where no share of successes is promised, any number may be refused."""
    assert (blocked(system("slots: 4, queue_limit: 10", promise, rate=rate)) is None) is fits


def test_pools_and_places_refuse_by_themselves() -> None:
    """A pool of three calls of 50 ms does 60 of 66/s."""
    pool = """
archspec: 1
name: Small
components:
  user: {kind: client}
  api: {kind: server, availability: 100%}
  db: {kind: database, availability: 100%}
connections: [user -> api, {from: api, to: db, max_concurrent: 3}]
flows:
  ask: {from: user, rate: 66/s, objective: {success: 90%}, steps: [{call: api, steps: [{call: db, takes: 50ms}]}]}
"""
    assert blocked(pool) is None
    too_small = blocked(pool.replace("66/s", "67/s"))
    assert too_small is not None
    assert "api -> db.max_concurrent" in {lever.key for lever in too_small.levers}


TWO = """
archspec: 1
name: Two in a row
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, slots: 50, failover_time: 1s}
  store: {kind: server, REPLICAS, slots: SLOTS, failover_time: 1s}
connections: [user -> api -> store]
flows:
  ask:
    from: user
    rate: 100/s
    objective: {success: 99%}
    steps: [{call: api, steps: [{call: store, takes: 50ms}]}]
"""


@pytest.mark.parametrize(
    ("replicas", "slots", "why", "levers"),
    [
        (1, 20, "ask cannot do without `store-1`", ["store.replicas"]),
        (2, 2, "the slots of `store` are too few", ["store.replicas", "store.slots"]),
        (2, 4, "the slots of `store` are too few without `store-1`", ["store.replicas", "store.slots"]),
    ],
)
def test_only_what_is_in_the_way_is_made_larger(replicas: int, slots: int, why: str, levers: list[str]) -> None:
    """The store needs five slots, and its other replica has them when one is lost."""
    found = blocked(TWO.replace("REPLICAS", f"replicas: {replicas}").replace("SLOTS", str(slots)))
    assert found is not None
    assert (found.why, [lever.key for lever in found.levers]) == (why, levers)


def test_a_promise_that_no_size_keeps_ends_the_search_with_the_first_run() -> None:
    """Work of 50 ms is never answered in 40."""
    answer = plan(load_text(system("slots: 8", "{p99: 40ms}")), Options(Fraction(1)))
    assert answer.change is None
    assert [(each.change.settings, each.why) for each in answer.tried] == [((), "ask: p99 is 50 ms, 40 ms promised")]
    assert answer.notes == ("with everything as large as it may get, ask: p99 is 50 ms, 40 ms promised",)


def test_a_change_that_several_ways_lead_to_is_looked_at_once_and_the_search_goes_on() -> None:
    """5 cores of work: three replicas of two cores add 3 times what there is, five replicas of one core 4 times."""
    answer = plan(load_text(system("cores: 1", call="cpu: 10ms", rate=500)), Options(kinds=(Kind.REPLICAS, Kind.CORES)))
    assert answer.change is not None
    assert [(each.key, each.after) for each in answer.change.settings] == [("api.replicas", 3), ("api.cores", 2)]


def test_what_replicas_mean_to_what_scales_is_told() -> None:
    scales, fixed = "scaling: {min: 2, max: 4, metric: cpu, target: 60%}, cores: 1, replicas: 2", "replicas: 2"
    notes = [plan(load_text(system(api, call="cpu: 5ms"))).notes for api in (scales, fixed)]
    assert notes == [("`api` scales: `replicas` is where it begins, up to its `max`",), ()]


def test_progress_grows_up_to_one() -> None:
    told: list[float] = []
    answer = plan(load_text(system("slots: 1, replicas: 2", "{p99: 60ms}", rate=30)), None, told.append)
    assert len(answer.tried) > 1
    assert told == sorted(told)
    assert told[-1] == 1
    assert 0 < told[0] < told[-2] < 1


def test_the_margins_are_those_of_the_worst_state() -> None:
    """One of two replicas alone is twice as busy: its times are the longest."""
    answer = plan(
        load_text(
            system("slots: 1, replicas: 2, failover_time: 1s, availability: 99%", "{p99: 10s}", rate=12).replace(
                "availability: 100%, ", ""
            )
        )
    )
    assert [(each.figure, each.promised, each.without) for each in answer.margins] == [("p99", 10**10, "api-1")]
