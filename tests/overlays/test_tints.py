"""Tints and ranks: from which figure on a card is painted as bad, and which of several readings is shown."""

from dataclasses import replace
from pathlib import Path

import pytest

from archspec.language import load_text
from archspec.overlays.kinds.findings import layer_of_findings
from archspec.overlays.overlay import Subject
from archspec.renderers import find_view
from archspec.renderers.overlay import Layer
from archspec.renderers.scene import Tint
from archspec.validators import Finding, Severity
from tests.overlays.shop import SPEC, layer


def findings_on(*found: tuple[str, Severity]) -> Layer:
    """The layer of one finding for each element and severity, numbered as they come."""
    architecture = load_text(SPEC)
    made = [
        Finding(f"X{number:02}", severity, "It is so", "change it.", element)
        for number, (element, severity) in enumerate(found, start=1)
    ]
    subject = Subject(architecture, find_view(architecture, None), Path("shop.yaml"))
    return layer_of_findings("findings", subject, made, "archspec lint")


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (276, ("cores 69%", Tint.GOOD)),
        (280, ("cores 70%", Tint.FAIR)),
        (396, ("cores 99%", Tint.FAIR)),
        (400, ("cores 100%", Tint.BAD)),
        (600, ("cores 150%", Tint.BAD)),
    ],
)
def test_busy_is_fair_from_70_percent_and_bad_where_nothing_is_left(rate: int, said: tuple[str, Tint]):
    reading = layer("utilisation", SPEC.replace("100/s", f"{rate}/s")).readings["api"]
    assert (reading.text, reading.tint) == said


def test_the_fullest_resource_is_shown_wherever_it_stands():
    first = SPEC.replace("slots: 10", "slots: 10")
    narrow = first.replace("replicas: 2,", "replicas: 2, slots: 2,")
    assert layer("utilisation", narrow).readings["api"].text == "slots 100%"
    assert layer("utilisation", narrow.replace("slots: 2,", "slots: 200,")).readings["api"].text == "cores 25%"


@pytest.mark.parametrize(
    ("cpu", "said"),
    [
        ("7ms", ("18.9% of the time", Tint.GOOD)),
        ("7500us", ("20% of the time", Tint.FAIR)),
        ("29ms", ("49.2% of the time", Tint.FAIR)),
        ("30ms", ("50% of the time", Tint.BAD)),
    ],
)
def test_a_fifth_of_the_response_is_fair_and_half_of_it_bad(cpu: str, said: tuple[str, Tint]):
    reading = layer("latency", SPEC.replace("cpu: 10ms", f"cpu: {cpu}")).readings["api"]
    assert (reading.text, reading.tint) == said


def test_of_several_flows_the_one_is_shown_in_which_a_component_takes_most():
    look = "  look: {from: user, rate: 1/s, steps: [{call: api, cpu: 10ms}]}\n"
    shown = SPEC.replace('["flow:buy"]', '["flow:look", "flow:buy"]')
    for spec in (shown.replace("flows:\n", f"flows:\n{look}"), shown.replace("views:", f"{look}views:")):
        notes = {id_: reading.note for id_, reading in layer("latency", spec).readings.items()}
        assert notes == {"api": "works 10 ms of the 10 ms of look", "db": "works 30 ms of the 40 ms of buy"}


@pytest.mark.parametrize(("promise", "tint"), [("99.95%", Tint.BAD), ("99.8%", Tint.FAIR), ("98%", Tint.GOOD)])
def test_a_components_cost_is_judged_by_the_downtime_that_the_promise_allows(promise: str, tint: Tint):
    reading = layer("availability", SPEC.replace("success: 99.95%", f"success: {promise}")).readings["db"]
    assert (reading.text, reading.tint) == ("8 h 46 min / year", tint)


def test_a_cost_without_a_promise_is_told_and_not_judged():
    promised = "    objective: {success: 99.95%}\n"
    reading = layer("availability", SPEC.replace(promised, "")).readings["db"]
    assert (reading.text, reading.tint) == ("8 h 46 min / year", Tint.FIRST)
    assert reading.note == "buy would be up 8 h 46 min / year longer if db-1 never failed"


def test_the_seventh_owner_shares_its_tint_with_all_that_follow():
    components = "".join(f"  s{number}: {{kind: server, owner: Team {number}}}\n" for number in range(1, 9))
    found = layer("owner", f"archspec: 1\nname: Eight\ncomponents:\n{components}")
    tints = [reading.tint for reading in found.readings.values()]
    assert len(set(tints[:6])) == 6
    assert tints[6:] == [Tint.OTHER, Tint.OTHER]
    assert [key.meaning for key in found.keys] == [*(f"Team {number}" for number in range(1, 7)), "others"]


def test_a_card_counts_its_findings_by_severity_and_has_the_tint_of_the_worst():
    info, warning, error = Severity.INFO, Severity.WARNING, Severity.ERROR
    found = findings_on(("api", info), ("api", warning), ("api -> db", warning), ("db", info), ("api", error)).readings
    assert (found["api"].text, found["api"].tint) == ("1 error, 2 warnings, 1 info", Tint.BAD)
    assert (found["db"].text, found["db"].tint) == ("1 info", Tint.FIRST)


def test_the_tool_tip_of_a_card_has_six_findings_in_words_and_counts_the_rest():
    six = findings_on(*[("api", Severity.INFO)] * 6).readings["api"].note.splitlines()
    assert six == [f"X{number:02}: It is so; change it." for number in range(1, 7)]
    eight = findings_on(*[("api", Severity.INFO)] * 8).readings["api"].note.splitlines()
    assert eight == [*six, "and 2 more"]


def test_what_is_found_of_no_component_is_counted_with_the_command_that_tells_it():
    error = Severity.ERROR
    assert findings_on(("api", error), ("buy", error), ("Shop", error)).notes == (
        "2 findings about what has no card: see `archspec lint`.",
    )
    assert findings_on(("api", error)).notes == ()


def test_a_severe_finding_ranks_before_many_slight_ones_and_two_before_one():
    info, warning, error = Severity.INFO, Severity.WARNING, Severity.ERROR
    few, many = [("db", error)], [("api", warning)] * 30
    slight = [("cache", warning)] * 2 + [("user", info)] * 300
    ranks = {id_: reading.rank for id_, reading in findings_on(*few, *many, *slight).readings.items()}
    assert sorted(ranks, key=lambda id_: ranks[id_], reverse=True) == ["db", "api", "cache", "user"]


@pytest.mark.parametrize("name", ["availability", "findings", "latency", "utilisation"])
def test_no_reading_ranks_above_one_of_a_worse_tint(name: str):
    """What a cache of four slots does is not stated: its load is unknown."""
    spec = SPEC.replace("slots: 10", "slots: 3").replace("cache: {kind: cache}", "cache: {kind: cache, slots: 4}")
    found = layer(name, spec).readings.values()
    order = [Tint.BAD, Tint.FAIR, Tint.GOOD, Tint.FIRST, Tint.OTHER]
    ranked = sorted(found, key=lambda reading: reading.rank, reverse=True)
    assert [order.index(each.tint) for each in ranked] == sorted(order.index(each.tint) for each in ranked)


def test_every_tint_of_a_reading_is_explained_by_a_key():
    for name in ("availability", "findings", "latency", "owner", "utilisation"):
        made = layer(name)
        assert {reading.tint for reading in made.readings.values()} <= {key.tint for key in made.keys}


def test_an_analysis_is_worked_out_once_for_all_overlays_of_a_subject():
    architecture = load_text(SPEC)
    subject = Subject(architecture, find_view(architecture, None), Path("shop.yaml"))
    calls: list[object] = []
    assert [subject.once(calls.append), replace(subject, place=Path("x")).once(calls.append)] == [None, None]
    assert len(calls) == 1
