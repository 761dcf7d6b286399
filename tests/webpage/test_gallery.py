"""The pictures of a page: a group drawn as one box can be looked into, and something new is seen there."""

from itertools import pairwise

import pytest

from archspec.language import load_text
from archspec.webpage.gathering.gallery import MOST_INSIDE, Drawn, gallery
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
    ("groups", "members", "view", "inside"),
    [
        (NESTED, {"inner": 60}, "{}", ["inner"]),
        (NESTED, {"inner": 60}, "{collapse: [outer]}", ["outer"]),
        (NESTED, {"outer": 2, "inner": 60}, "{collapse: [outer]}", ["outer", "inner"]),
        (NESTED, {"outer": 50, "inner": 1}, "{collapse: [outer]}", ["outer", "inner"]),
        ("one: {kind: system}, two: {kind: system}", {"one": 45, "two": 3}, "{}", ["one", "two"]),
        ("vast: {kind: system}", {"vast": MOST_INSIDE + 1}, "{}", []),
    ],
)
def test_what_is_looked_into_is_never_the_box_that_one_came_from(
    groups: str, members: dict[str, int], view: str, inside: list[str]
) -> None:
    found = pictures(groups, members, view)
    assert [each.picture.inside for each in found if each.picture.inside] == inside
    for each in found:
        assert each.picture.inside not in each.boxes
    outside = found[0].boxes
    assert set(inside) <= {*outside, *(box for each in found for box in each.boxes)}


def test_the_picture_within_a_group_shows_its_members() -> None:
    within = next(
        each for each in pictures(NESTED, {"inner": 60}, "{collapse: [outer]}") if each.picture.inside == "outer"
    )
    assert sum(f'data-id="inner-{number}"' in within.picture.svg for number in range(60)) == 60
