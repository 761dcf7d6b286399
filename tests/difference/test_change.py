"""A change and a difference as values: what makes two of them the same, and what comes first."""

from dataclasses import replace

import pytest

from archspec.difference.change import Change, ChangeKind
from archspec.difference.consequence import Effect, Figure
from archspec.difference.difference import Difference
from archspec.difference.policy import Policy
from archspec.validators import Finding, Severity
from tests.difference.pairs import SHOP
from tests.difference.test_pairs import compared, of

CHANGE = Change(ChangeKind.CHANGED, "components", "büro", ("scaling", "max"), 2, {"b": 1, "a": [2]})


def test_the_id_of_a_change_is_known_for_good() -> None:
    """It is what people note to find a change again: it must not be another in the next version."""
    assert CHANGE.id == "c364e0e14280"


def test_the_id_tells_changes_apart_and_not_what_is_said_of_them() -> None:
    same = replace(CHANGE, title="server", details=("x",), reaches=("api",), new={"a": [2], "b": 1})
    others = [
        replace(CHANGE, kind=ChangeKind.ADDED),
        replace(CHANGE, section="flows"),
        replace(CHANGE, element="buero"),
        replace(CHANGE, path=("scaling", "min")),
        replace(CHANGE, old=3),
        replace(CHANGE, new=None),
    ]
    assert same.id == CHANGE.id
    assert len({CHANGE.id, *(each.id for each in others)}) == 1 + len(others)


def test_what_came_and_what_went_are_told_whole() -> None:
    """By their section and element: before None and after the data of the spec, or the other way."""
    fewer = SHOP.replace("scenarios:\n  peak: {load: 3x}\n", "")
    more = SHOP.replace("scenarios:\n", "scenarios:\n  calm: {load: 1x}\n")
    went, came = compared(SHOP, fewer).changes, compared(SHOP, more).changes
    assert [(each.kind.sign, each.section, each.element, each.old, each.new) for each in (*went, *came)] == [
        ("-", "scenarios", "peak", {"load": "3x"}, None),
        ("+", "scenarios", "calm", None, {"load": "1x"}),
    ]


def with_findings(new: int, gone: int) -> Difference:
    finding = Finding("AVL01", Severity.INFO, "It fails", "mend it.", "api")
    return replace(of("the same text"), new=(finding,) * new, gone=(finding,) * gone)


@pytest.mark.parametrize(("new", "gone", "is_empty"), [(0, 0, True), (1, 0, False), (0, 1, False)])
def test_a_finding_that_comes_or_goes_is_a_difference(new: int, gone: int, is_empty: bool) -> None:
    found = with_findings(new, gone)
    assert found.is_empty is is_empty
    assert found.breaks(Policy.CHANGE) is not is_empty


def test_what_gets_worse_is_told_first_then_what_gets_better() -> None:
    """More work, more replicas of two, a promise that is new, and a flow that is gone: something of each effect."""
    report = SHOP[SHOP.index("  report:\n") : SHOP.index("alerts:")]
    head = SHOP.replace("cpu: 4ms", "cpu: 6ms").replace("replicas: 4\n", "replicas: 12\n").replace(report, "")
    new = "  extra: {from: user, steps: [{call: lb, takes: 1ms}]}\n"
    verdicts = [each.verdict for each in compared(SHOP, head.replace("alerts:", f"{new}alerts:")).consequences]
    assert list(dict.fromkeys(verdicts)) == [
        Effect.WORSE,
        Effect.BETTER,
        Effect.OTHER,
        Effect.NOW_KNOWN,
        Effect.NOT_KNOWN,
    ]


WALKED = """archspec: 1
name: Walked
components: {user: {kind: client}, api: {kind: server}}
connections: [user -> api]
flows: {ask: {from: user, steps: [{call: api, WORK}]}}
"""


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("takes: 5ms", "takes: 8ms", [("5 ms", "8 ms", "worse")]),
        ("takes: 5ms", "does: x", [("5 ms", "–", "no longer known")]),
        ("does: x", "takes: 5ms", [("–", "5 ms", "now known")]),
        ("takes: 5ms", "takes: 5ms, status: {500: 100%}", [("5 ms", "–", "no longer known")]),
        ("does: x", "does: y", []),
    ],
)
def test_the_time_of_a_request_is_compared_where_it_succeeds_and_its_work_is_known(
    was: str, now: str, told: list[tuple[str, str, str]]
) -> None:
    found = compared(WALKED.replace("WORK", was), WALKED.replace("WORK", now))
    times = [each for each in found.consequences if each.figure is Figure.LATENCY]
    assert [(each.base, each.head, each.verdict.value) for each in times] == told


def test_who_is_connected_with_nobody_of_before_is_another_one() -> None:
    """The same fields and nearly the same name; what was asked by `web` is not what is asked by `app`."""
    parts = "components: {web: {kind: client}, app: {kind: client}, NAME: {kind: server, cores: 3, technology: go}}\n"
    spec = f"archspec: 1\nname: Two\n{parts}connections: [WHO -> NAME]\n"
    same, other = (spec.replace("WHO", who).replace("NAME", "service-b") for who in ("web", "app"))
    base = spec.replace("WHO", "web").replace("NAME", "service-a")
    assert compared(base, same).names["components"] == {"service-a": "service-b"}
    assert compared(base, other).names.get("components", {}) == {}


def test_a_figure_points_to_what_it_is_of_in_the_head() -> None:
    """To the spec's first line where the head has it no more."""
    moved = WALKED.replace("name: Walked", "name: Walked\nowner: Us")
    found = compared(WALKED.replace("WORK", "takes: 5ms"), moved.replace("WORK", "takes: 8ms"))
    places = {each.subject: each.span.line for each in found.consequences if each.span is not None}
    assert places["ask"] == 6
