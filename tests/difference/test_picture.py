"""The picture of two versions: what it shows, how each part is marked and said, and each side by its own words."""

from itertools import pairwise

import pytest

from archspec.difference.change import Change, ChangeKind
from archspec.difference.difference import Difference, Side, difference
from archspec.difference.picture import counted, picture, scenes
from archspec.errors import UsageError
from archspec.language import load_text
from archspec.renderers.scene import Mark
from archspec.renderers.scenes.fold import READABLE

BASE = """archspec: 1
name: Desk
groups:
  net: {kind: network}
  old: {kind: cluster}
components:
  user: {kind: client}
  web: {kind: server, technology: nginx, group: net}
  api: {kind: server, label: The API}
  db: {kind: database, group: old}
  logs: {kind: log_service}
connections:
  - {from: user, to: web, label: asks}
  - web -> api
  - {from: api, to: db, name: reads, label: reads}
  - {from: api, to: db, name: writes, timeout: 1s}
views:
  front: {title: The front, include: [user, web]}
  gone: {title: Gone, include: [api, db]}
"""


def compared(*edits: tuple[str, str], base: str = BASE, view: str | None = None) -> Difference:
    head = base
    for old, new in edits:
        assert old in head, old
        head = head.replace(old, new)
    sides = (Side(name, f"{name}.yaml", load_text(text, f"{name}.yaml")) for name, text in (("a", base), ("b", head)))
    return difference(*sides, view=view)


def marks(found: Difference) -> dict[str, tuple[str, str]]:
    """Mark and label of each card, frame and arrow that has a mark."""
    *_, both = scenes(found)
    parts = [(each.id, each.mark, each.label) for each in both.nodes]
    parts += [(each.id, each.mark, each.label) for each in both.boundaries]
    parts += [(f"{each.source} -> {each.target} {each.name}".strip(), each.mark, each.label) for each in both.edges]
    return {name: (mark.value, label) for name, mark, label in parts if mark is not None}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("technology: nginx", "technology: envoy"), {"web": ("changed", "web")}),
        (("  logs: {kind: log_service}\n", ""), {"logs": ("removed", "logs")}),
        (("  logs:", "  mail: {kind: external}\n  logs:"), {"mail": ("added", "mail")}),
        (("kind: network", "kind: region"), {"net": ("changed", "net")}),
        ((", group: old", ""), {"db": ("changed", "db"), "old": ("removed", "old")}),
        (("label: asks", "label: begs"), {"user -> web": ("changed", "~ begs")}),
        (("timeout: 1s", "timeout: 2s"), {"api -> db writes": ("changed", "~ writes")}),
        (("  - web -> api\n", ""), {"web -> api": ("removed", "−")}),
        (("  - web -> api\n", "  - web -> api\n  - web -> logs\n"), {"web -> logs": ("added", "+")}),
        (("label: The API", "label: Service"), {"api": ("changed", "Service")}),
        (("name: Desk", "name: Office"), {}),
    ],
)
def test_each_part_that_came_went_or_changed_is_marked(
    edit: tuple[str, str], expected: dict[str, tuple[str, str]]
) -> None:
    assert marks(compared(edit)) == expected


def test_what_was_renamed_shows_both_names_unless_it_has_a_label() -> None:
    renamed = compared(("web", "edge"))
    assert renamed.names["components"] == {"web": "edge"}
    assert marks(renamed) == {"edge": ("changed", "web → edge")}
    labelled = compared(("api", "service"))
    assert labelled.names["components"] == {"api": "service"}
    assert marks(labelled) == {"service": ("changed", "The API")}
    group = compared(("net", "lan"), ("lanwork", "network"))
    assert group.names["groups"] == {"net": "lan"}
    assert marks(group)["lan"] == ("changed", "lan")


def test_cards_and_arrows_say_what_changed_of_them() -> None:
    *_, both = scenes(compared(("technology: nginx", "technology: envoy"), ("timeout: 1s", "timeout: 2s")))
    (card,) = [each for each in both.nodes if each.mark]
    (arrow,) = [each for each in both.edges if each.mark]
    assert card.description.endswith("technology nginx → envoy")
    assert arrow.description.endswith("timeout 1s → 2s")
    assert both.description == "2 changed"


def test_a_default_is_told_of_each_that_it_reaches() -> None:
    base = BASE.replace("groups:", "defaults: {server: {slots: 4}, connections: {attempts: 1}}\ngroups:", 1)
    base = base.replace("attempts: 1", "latency: 1ms")
    found = compared(("slots: 4", "slots: 5"), ("latency: 1ms", "latency: 2ms"), base=base)
    *_, both = scenes(found)
    assert {each.id for each in both.nodes if each.mark} == {"web", "api"}
    assert all(each.mark is Mark.CHANGED for each in both.edges)


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (None, {"user", "web", "api", "db"}),
        ("front", {"user", "web"}),
        ("gone", {"api", "db"}),
        ("new", {"web", "api"}),
    ],
)
def test_a_view_of_either_side_is_drawn_of_both(view: str | None, shown: set[str]) -> None:
    edits = (("  gone: {title: Gone, include: [api, db]}\n", "  new: {title: New, include: [web, api]}\n"),)
    before, after, both = scenes(compared(*edits, ("technology: nginx", "technology: go"), view=view))
    for scene in (before, after, both):
        assert {each.id for each in scene.nodes} == shown
        assert scene.name == "difference"
        assert scene.notes == ()


def test_a_view_that_no_side_has_is_refused() -> None:
    with pytest.raises(UsageError, match="frnt"):
        scenes(compared(view="frnt"))


def test_nothing_against_nothing_is_an_empty_picture_of_the_name() -> None:
    before, after, both = scenes(compared(base="archspec: 1\nname: Void\n"))
    assert [(each.nodes, each.title) for each in (before, after, both)] == [((), "Void")] * 3


@pytest.mark.parametrize("count", [READABLE - 2, READABLE + 9])
def test_of_many_only_what_changed_and_its_neighbours_are_drawn(count: int) -> None:
    """A chain in which one changes: where it is long, the one before and the one behind stand with it."""
    chain = [f"c{number}" for number in range(count)]
    parts = "".join(f"  {name}: {{kind: server, slots: 1}}\n" for name in chain)
    links = "".join(f"  - {one} -> {other}\n" for one, other in pairwise(chain))
    base = f"archspec: 1\nname: Chain\ncomponents:\n{parts}connections:\n{links}"
    *_, both = scenes(compared(("c5: {kind: server, slots: 1}", "c5: {kind: server, slots: 2}"), base=base))
    few = {"c4", "c5", "c6"}
    assert {each.id for each in both.nodes} == (few if count > READABLE else set(chain))
    *_, same = scenes(compared(("name: Chain", "name: Other"), base=base))
    assert {each.id for each in same.nodes} == set(chain)
    *_, turned = scenes(compared(("  - c5 -> c6\n", ""), base=base))
    ends = {"c4", "c5", "c6", "c7"}
    assert {each.id for each in turned.nodes} == (ends if count > READABLE else set(chain))


def test_each_side_has_its_own_words_and_parts_and_no_marks() -> None:
    edits = (
        ("label: The API", "label: Service that has a very long name"),
        ("  logs: {kind: log_service}\n", "  mail: {kind: external}\n"),
        ("label: asks", "label: begs"),
        (", group: old", ", group: new"),
        ("  old: {kind: cluster}\n", "  new: {kind: cluster}\n"),
        ("  - web -> api\n", ""),
    )
    made = picture(compared(*edits))
    base = {each.node.id: each for each in made.base.nodes}
    head = {each.node.id: each for each in made.head.nodes}
    both = {each.node.id: each for each in made.both.nodes}
    assert (set(base), set(head)) == (set(both) - {"mail"}, set(both) - {"logs"})
    assert {name: each.card for name, each in base.items()} == {name: both[name].card for name in base}
    assert (base["api"].node.label, "".join(base["api"].name.lines)) == ("The API", "The API")
    assert head["api"].node.label.startswith("Service")
    assert "".join(head["api"].name.lines).startswith("Service")
    for side, frames, arrows in ((made.base, {"net", "old"}, 4), (made.head, {"net", "new"}, 3)):
        assert {each.boundary.label for each in side.boundaries} == frames
        assert len(side.edges) == arrows
        assert not [each for each in (*side.scene.nodes, *side.scene.edges, *side.scene.boundaries) if each.mark]
        assert {each.id for each in side.scene.nodes} == {each.node.id for each in side.nodes}
        assert [each.edge for each in side.edges] == list(side.scene.edges)
        assert [each.boundary for each in side.boundaries] == list(side.scene.boundaries)
        assert not [entry for entry in side.legend if isinstance(entry.style, Mark)]
    assert {entry.style for entry in made.both.legend if isinstance(entry.style, Mark)} == set(Mark)


def test_an_arrow_has_on_each_side_the_label_of_that_side() -> None:
    made = picture(compared(("label: asks", "label: begs"), ("technology: nginx", "technology: go")))
    said = [
        [" ".join(each.plate.text.lines) for each in side.edges if each.plate and each.edge.source == "user"]
        for side in (made.base, made.both, made.head)
    ]
    assert said == [["asks"], ["~ begs"], ["begs"]]
    plain = picture(compared(("{from: user, to: web, label: asks}", "{from: user, to: web, timeout: 1s}")))
    assert [each.plate for each in plain.head.edges if each.edge.source == "user"] == [None]


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        ([], "nothing changed"),
        (["added"], "1 added"),
        (["changed", "removed", "added", "added"], "2 added, 1 removed, 1 changed"),
        (["moved", "reversed", "renamed"], "3 changed"),
    ],
)
def test_elements_are_counted_once_in_the_order_of_marks(kinds: list[str], text: str) -> None:
    changes = [Change(ChangeKind(kind), "components", f"c{number}") for number, kind in enumerate(kinds)]
    assert counted(changes) == counted([*changes, *changes]) == text
