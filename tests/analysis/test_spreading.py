"""Who gets which share of the calls: of a list, of a store and its copies, of the workers at a queue."""

import pytest

from archspec.analysis.nearness import Near
from archspec.analysis.spreading import asked_stores, delivered_to, shares_of_list
from archspec.language import load_text
from archspec.model import Access, Architecture, Site

ALGORITHMS = (
    *("round_robin", "random", "ip_hash", "consistent_hash", "priority", "weighted"),
    *("least_connections", "power_of_two"),
)
FLAT = ("round_robin", "random", "ip_hash", "consistent_hash", "weighted")


def shop(algorithm: str = "round_robin", more: str = "") -> Architecture:
    weights = ", weights: {one: 3, two: 1}" if algorithm == "weighted" else ""
    return load_text(f"""
archspec: 1
name: Shares
groups: {{a: {{kind: zone}}, b: {{kind: zone}}}}
components:
  user: {{kind: client, group: a}}
  lb: {{kind: load_balancer, algorithm: {algorithm}{weights}, zones: [a]}}
  one: {{kind: server, slots: 4}}
  two: {{kind: server, slots: 4}}
  odd: {{kind: server, slots: 5}}
  main: {{kind: database, replicas: 1, zones: [b]{more}}}
  copy: {{kind: database, replica_of: main, replicas: 3, zones: [a, b, b]}}
  jobs: {{kind: queue}}
  slow: {{kind: worker, replicas: 2, slots: 1}}
  fast: {{kind: worker, slots: 6}}
connections: [user -> lb, lb -> one, lb -> two, lb -> odd, lb -> main, jobs -> slow, jobs -> fast]
flows:
  work: {{from: user, steps: [{{call: jobs, steps: [{{call: [slow, fast]}}]}}]}}
""")


@pytest.mark.parametrize(
    ("algorithm", "options", "shares"),
    [
        *((each, ["one", "two"], [(0.5, 0.5, 0.5)] * 2) for each in FLAT[:4]),
        ("priority", ["one", "two"], [(1.0, 1.0, 1.0), (0.0, 0.0, 0.0)]),
        ("weighted", ["one", "two"], [(0.75, 0.75, 0.75), (0.25, 0.25, 0.25)]),
        ("weighted", ["two", "odd"], [(0.5, 0.5, 0.5), (0.5, 0.5, 0.5)]),
        *((each, ["one", "two"], [(0.5, 0.5, 0.5)] * 2) for each in ALGORITHMS[6:]),
        *((each, ["one", "odd"], [(0.5, 0.0, 1.0)] * 2) for each in ALGORITHMS[6:]),
    ],
)
def test_a_list_is_shared_out_by_the_algorithm_of_who_asks(
    algorithm: str, options: list[str], shares: list[tuple[float, float, float]]
) -> None:
    found = shares_of_list(shop(algorithm), "lb", options)
    assert [(each.share, each.least, each.most) for each in found] == shares
    assert [each.component for each in found] == options


def test_who_balances_nothing_asks_in_turn() -> None:
    found = shares_of_list(shop("priority"), "user", ["one", "two"])
    assert [each.share for each in found] == [0.5, 0.5]


Told = dict[str, tuple[float, float, float]]


def asked(
    algorithm: str,
    access: Access,
    *,
    more: str = "",
    lost: tuple[str, ...] = (),
    near: Near | None = None,
    gone: tuple[str, ...] = (),
) -> Told:
    found = asked_stores(shop(algorithm, more), "lb", "main", access, frozenset(lost), near, frozenset(gone))
    return {each.place.component: (each.share, each.least, each.most) for each in found}


def whole(store: str) -> Told:
    return {store: (1.0, 1.0, 1.0)}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_reads_go_to_a_store_and_its_copies_by_their_replicas(algorithm: str) -> None:
    """One and three; where the load decides nobody knows how many; by priority the store itself takes all."""
    by_load = algorithm in ("least_connections", "power_of_two")
    even = {"main": (0.25, 0.25, 0.25), "copy": (0.75, 0.75, 0.75)}
    found = asked(algorithm, "read")
    if by_load:
        assert found == {"main": (0.25, 0.0, 1.0), "copy": (0.75, 0.0, 1.0)}
    else:
        assert found == (whole("main") if algorithm == "priority" else even)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_copy_answers_for_a_store_that_is_lost(algorithm: str) -> None:
    lost_both = asked(algorithm, "read", lost=("main", "copy"))
    if algorithm == "priority":
        assert asked(algorithm, "read", lost=("main",)) == whole("main")
        assert lost_both == whole("main")
    else:
        assert asked(algorithm, "read", lost=("main",)) == whole("copy")
        assert asked(algorithm, "read", lost=("copy",)) == whole("main")
        assert set(lost_both) == {"main", "copy"}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_with_a_preference_the_nearest_replicas_answer_whosever_they_are(algorithm: str) -> None:
    """In zone a one of the copy; in zone b the store itself and two of the copy."""
    here, there = (Near("same_zone", Site(zone)) for zone in ("a", "b"))
    assert asked(algorithm, "read", near=here) == whole("copy")
    found = asked(algorithm, "read", near=there)
    if algorithm == "priority":
        assert found == whole("main")
    else:
        by_load = algorithm in ("least_connections", "power_of_two")
        ends = (lambda share: (share, 0.0, 1.0)) if by_load else (lambda share: (share,) * 3)
        assert found == {"main": pytest.approx(ends(1 / 3)), "copy": pytest.approx(ends(2 / 3))}


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    ("more", "lost", "answers"),
    [
        ("", (), "main"),
        ("", ("main",), "main"),
        (", failover: automatic", (), "main"),
        (", failover: automatic", ("main",), "copy"),
        (", failover: automatic", ("main", "copy"), "main"),
        (", failover: manual", ("main",), "main"),
    ],
)
def test_a_write_goes_to_the_store_itself_or_to_its_heir(
    algorithm: str, more: str, lost: tuple[str, ...], answers: str
) -> None:
    assert asked(algorithm, "write", more=more, lost=lost) == whole(answers)


def test_messages_go_to_the_first_worker_that_is_free() -> None:
    """Two and six slots: at full load a quarter and three; at less the first has more, the last nothing."""
    architecture = shop()
    step = architecture.flows["work"].steps[0].steps[0]
    found = delivered_to(architecture, step)
    assert [(each.component, each.share, each.least, each.most) for each in found] == [
        ("slow", 0.25, 0.25, 1.0),
        ("fast", 0.75, 0.0, 0.75),
    ]
