"""The pictures of a page: a group drawn as one box can be looked into, and something new is seen there."""

from itertools import pairwise

import pytest

from archspec.language import load_text
from archspec.renderers.scenes.fold import READABLE
from archspec.webpage.gathering.gallery import Drawn, gallery
from archspec.webpage.gathering.placing import Placing


def pictures(groups: str, members: dict[str, int], view: str = "{}") -> list[Drawn]:
    """The pictures of a spec with so many servers in each group, one after the other, and one view."""
    ids = [(group, f"{group}-{number}") for group, count in members.items() for number in range(count)]
    components = "".join(f"  {id_}: {{kind: server, group: {group}}}\n" for group, id_ in ids)
    calls = "".join(f"  - {one} -> {other}\n" for (_, one), (_, other) in pairwise(ids))
    text = f"archspec: 1\nname: Nested\ngroups: {{{groups}}}\ncomponents:\n{components}connections:\n{calls}"
    text += f"views: {{all: {view}}}\n"
    return list(gallery(load_text(text), lambda _: None, Placing(), {}))


NESTED = "outer: {kind: network}, inner: {kind: cluster, within: outer}"


@pytest.mark.parametrize(
    ("groups", "members", "view"),
    [
        (NESTED, {"inner": 60}, "{}"),
        (NESTED, {"inner": 60}, "{collapse: [outer]}"),
        (NESTED, {"outer": 2, "inner": 60}, "{collapse: [outer]}"),
        (NESTED, {"outer": 50, "inner": 2}, "{collapse: [outer]}"),
        ("one: {kind: system}, two: {kind: system}", {"one": 45, "two": 3}, "{}"),
        ("vast: {kind: system}", {"vast": 251}, "{}"),
    ],
)
def test_every_box_can_be_looked_into_and_shows_more_than_itself(
    groups: str, members: dict[str, int], view: str
) -> None:
    found = pictures(groups, members, view)
    insides = {each.picture.inside: each for each in found if each.picture.inside}
    assert [box.id for box in found[0].boxes if box.id not in insides] == []
    for inside, each in insides.items():
        shown = each.picture.svg.count("data-id=")
        assert (inside, 2 <= shown <= READABLE) == (inside, True)
        assert inside not in [box.id for box in each.boxes]


def test_a_group_of_one_component_shows_nothing_more_within() -> None:
    found = pictures(NESTED, {"outer": 50, "inner": 1}, "{collapse: [outer]}")
    assert "inner" not in [each.picture.inside for each in found]


def test_the_picture_within_a_group_shows_its_members() -> None:
    within = next(
        each for each in pictures(NESTED, {"inner": 30}, "{collapse: [outer]}") if each.picture.inside == "outer"
    )
    assert sum(f'data-id="inner-{number}"' in within.picture.svg for number in range(30)) == 30
