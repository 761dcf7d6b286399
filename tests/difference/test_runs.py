"""What runs of both versions say of a change: only what surely differs, by the names that the head has."""

import pytest

from archspec.difference.difference import Difference, Side, difference
from archspec.difference.runs import scenarios_of
from archspec.errors import UsageError
from archspec.language import load_text

DESK = """
archspec: 1
name: Desk
components:
  user: {kind: client}
  desk: {kind: server, cores: 1}
  metrics: {kind: metrics_service, scrape_interval: 1s}
  pager: {kind: notification_channel, pages: true}
connections: [user -> desk]
flows:
  ask: {from: user, rate: 50/s, objective: {p99: 14ms}, steps: [{call: desk, cpu: 10ms}]}
alerts:
  busy: {metric: cpu, component: desk, above: 80%, over: 2s, notify: [pager]}
scenarios:
  even: {duration: 20s, warm_up: 0s, load: {ask: {arrivals: even}}}
"""


def compared(head: str, *scenarios: str, base: str = DESK) -> Difference:
    sides = [Side(name, f"{name}.yaml", load_text(text, f"{name}.yaml")) for name, text in (("a", base), ("b", head))]
    return difference(*sides, simulated=scenarios)


def in_runs(found: Difference) -> list[tuple[str, str, str, str, str]]:
    """What is told of the scenario: figure, subject, before, after, verdict."""
    told = [each for each in found.consequences if each.subject.endswith(")")]
    return [(each.figure.value, each.subject, each.base, each.head, each.verdict.value) for each in told]


def test_a_slower_desk_misses_its_objective_and_pages() -> None:
    """A request each 20 ms: of 10 ms of work all take 10 ms, of 18 ms 18 ms; then 90% of the core are in use."""
    assert in_runs(compared(DESK.replace("cpu: 10ms", "cpu: 18ms"), "even")) == [
        ("objective", "ask (even)", "kept in runs", "missed in runs", "worse"),
        ("p50 in runs", "ask (even)", "10 ms", "18 ms", "worse"),
        ("p99 in runs", "ask (even)", "10 ms", "18 ms", "worse"),
        ("alert that fires in runs", "busy (even)", "in no run", "in 5 of 5 runs", "worse"),
    ]


def test_the_way_back_is_better() -> None:
    slow = DESK.replace("cpu: 10ms", "cpu: 18ms")
    assert {verdict for *_, verdict in in_runs(compared(DESK, "even", base=slow))} == {"better"}


def test_the_same_draws_give_the_same_figures() -> None:
    """A change that touches no request is none in runs, at random arrivals too."""
    base = DESK + "  random: {duration: 10s}\n"
    assert in_runs(compared(base.replace("name: Desk", "name: Office"), "random", base=base)) == []


def test_all_are_the_rates_and_what_both_have() -> None:
    one, other = load_text(DESK), load_text(DESK.replace("even:", "steady:") + "  odd: {duration: 2s}\n")
    found = scenarios_of(one, other, {"scenarios": {"even": "steady"}}, ["all", "steady", "odd"])
    assert found == (((None, None), ("even", "steady")), ("the base has no scenario `odd`: it was not run.",))


def test_an_overload_has_no_response_times() -> None:
    found = in_runs(compared(DESK.replace("cpu: 10ms", "cpu: 30ms"), "even"))
    assert ("p99 in runs", "ask (even)", "10 ms", "–", "no longer known") in found


def test_a_renamed_flow_is_the_same_flow() -> None:
    head = DESK.replace("ask:", "query:").replace("cpu: 10ms", "cpu: 12ms")
    assert ("p99 in runs", "query (even)", "10 ms", "12 ms", "worse") in in_runs(compared(head, "even"))


def test_a_scenario_that_the_base_lacks_is_not_run() -> None:
    head = DESK + "  odd: {duration: 2s}\n"
    assert "the base has no scenario `odd`: it was not run." in compared(head, "odd").notes


def test_an_unknown_scenario_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="--simulate evn is not a scenario of the head; did you mean `even`"):
        compared(DESK, "evn")


def test_times_that_differ_by_less_than_a_hundredth_are_not_told() -> None:
    """Of 10 ms surely 0.05 ms more is nothing that anybody has to hear of, 0.2 ms are."""
    assert in_runs(compared(DESK.replace("cpu: 10ms", "cpu: 10.05ms"), "even")) == []
    told = in_runs(compared(DESK.replace("cpu: 10ms", "cpu: 10.2ms"), "even"))
    assert ("p99 in runs", "ask (even)", "10 ms", "10.2 ms", "worse") in told
