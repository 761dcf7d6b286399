"""Of each of forty pairs of specs: the right elements, the right consequences, and a picture in which nothing jumps."""

from functools import cache
from statistics import mean

import pytest

from archspec.difference.change import ChangeKind
from archspec.difference.consequence import Effect
from archspec.difference.difference import Difference, Side, difference
from archspec.difference.picture import picture
from archspec.language import load_text
from archspec.renderers.scene import Mark
from tests.difference.pairs import PAIRS, SHOP, SOME, Pair

BY_NAME = pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
TURNED = {ChangeKind.ADDED: "-", ChangeKind.REMOVED: "+"}


def compared(base: str, head: str) -> Difference:
    sides = (Side(name, f"{name}.yaml", load_text(text, f"{name}.yaml")) for name, text in (("a", base), ("b", head)))
    return difference(*sides)


@cache
def of(name: str) -> Difference:
    return compared(SHOP, next(pair.head for pair in PAIRS if pair.name == name))


def told(found: Difference) -> set[tuple[str, str, str, str]]:
    return {(each.kind.sign, each.section, each.element, each.field) for each in found.changes}


def test_there_are_forty_pairs() -> None:
    assert len({pair.name for pair in PAIRS}) == 40


@BY_NAME
def test_exactly_the_elements_that_changed_are_told(pair: Pair) -> None:
    assert told(of(pair.name)) == pair.told
    assert dict(of(pair.name).names.get("components", {})) == pair.renames


@BY_NAME
def test_what_the_change_does_is_told(pair: Pair) -> None:
    found = of(pair.name)
    does = {(each.verdict.value, each.figure.value, each.subject) for each in found.consequences}
    assert pair.does - does == set()
    assert pair.new - {finding.code for finding in found.new} == set()
    if pair.quiet:
        assert {each for each in does if each[0] in ("worse", "better")} == set()
        assert (found.new, found.gone) == ((), ())


@pytest.mark.parametrize("pair", SOME)
def test_the_way_back_swaps_added_and_removed_and_worse_and_better(pair: Pair) -> None:
    there, back = of(pair.name), compared(pair.head, SHOP)
    plain = {(each.section, each.element) for each in there.changes if each.kind in TURNED}
    assert {(e.section, e.element) for e in back.changes if e.kind in TURNED} == plain
    assert {(each.id, each.kind) for each in back.changes}.isdisjoint((each.id, each.kind) for each in there.changes)
    count = [
        sum(each.verdict is effect for each in found.consequences)
        for found, effect in (
            (there, Effect.WORSE),
            (back, Effect.BETTER),
            (there, Effect.BETTER),
            (back, Effect.WORSE),
        )
    ]
    if not any(each.kind in TURNED and each.section == "flows" for each in there.changes):
        assert count[0] == count[1]
        assert count[2] == count[3]
    assert [len(there.new), len(there.gone)] == [len(back.gone), len(back.new)]


@pytest.mark.parametrize("pair", SOME)
def test_the_picture_marks_what_changed_and_moves_nothing(pair: Pair) -> None:
    found = of(pair.name)
    made = picture(found)
    marks = {node.node.id: node.node.mark for node in made.both.nodes}
    for change in found.changes:
        if change.section == "components":
            wanted = {ChangeKind.ADDED: Mark.ADDED, ChangeKind.REMOVED: Mark.REMOVED}.get(change.kind, Mark.CHANGED)
            assert marks[change.element] is wanted
    places = {node.node.id: node.card for node in made.head.nodes}
    moved = [
        abs(node.card.x - places[node.node.id].x) + abs(node.card.y - places[node.node.id].y)
        for node in made.base.nodes
        if node.node.id in places
    ]
    assert mean(moved) <= 12
    assert {node.node.id for node in made.base.nodes} == {id_ for id_, mark in marks.items() if mark is not Mark.ADDED}
    assert {node.node.id for node in made.head.nodes} == {
        id_ for id_, mark in marks.items() if mark is not Mark.REMOVED
    }


KNOWN = """\
archspec: 1
name: Known
components:
  user: {kind: client}
  api: {kind: server, availability: 99.9%}
  db: {kind: database}
connections: [user -> api, api -> db]
flows:
  read: {from: user, steps: [{call: api}]}
"""


def test_a_part_of_which_nothing_is_known_makes_nothing_worse_but_a_single_point() -> None:
    found = compared(KNOWN, KNOWN.replace("{call: api}", "{call: api, steps: [{call: db}]}"))
    told_of = {(each.figure.value, each.base, each.head): each.verdict for each in found.consequences}
    assert told_of["availability", "99.9%", "≤ 99.9%"] is Effect.OTHER
    assert {figure for (figure, *_), verdict in told_of.items() if verdict is Effect.WORSE} == {
        "single point of failure"
    }


def test_of_two_that_may_be_the_renamed_one_none_is_taken() -> None:
    twins = KNOWN.replace("  db: {kind: database}\n", "  db1: {kind: database}\n  db2: {kind: database}\n")
    found = compared(KNOWN, twins.replace("api -> db", "api -> db1, api -> db2"))
    assert {each.element for each in found.changes if each.section == "components"} == {"db", "db1", "db2"}
    assert found.notes == ("`db` may be `db1` now, or another one: it is told as removed, and what is new as added.",)
