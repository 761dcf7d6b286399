"""What is offered to be mended, and what the text is after it."""

from pathlib import Path

import pytest

from tests.needs import needs_extra

needs_extra("editor")

from archspec.editor.buffers import Buffers  # noqa: E402
from archspec.editor.snapshot import snapshot  # noqa: E402
from archspec.editor.writing import Action, actions  # noqa: E402 - of the extra
from archspec.language.edits import apply_edits  # noqa: E402

FILE = "/nowhere/a.yaml"
TEXT = """\
archspec: 1
name: A
components:
  user: {kind: client}
  api: {kind: server, replicas: 2}
  db: {kind: database}
connections:
  - user -> api: https
  - api -> db
flows:
  ask:
    from: user
    steps:
    - {call: api, steps: [{call: db}]}
"""


def offered(text: str) -> dict[str, Action]:
    found = list(actions(snapshot(Path(FILE), Buffers({Path(FILE): text}))))
    return {each.title: each for each in found}


def after(text: str, action: Action) -> list[str]:
    """The lines of a text that an action changes, as they are then."""
    before = text.split("\n")
    return [row for row in apply_edits(text, [action.edit]).split("\n") if row not in before]


@pytest.mark.parametrize(
    ("before", "instead", "title", "changed", "sure"),
    [
        ("user -> api: https", "user -> apii: https", "Change to `api`", ["  - user -> api: https"], True),
        ("archspec: 1\n", "", "Add `archspec: 1`", ["archspec: 1"], True),
        (
            "  - api -> db\n",
            "  - api -> db  # archspec: ignore[STR03] because\n",
            "Remove the idle suppression",
            ["  - api -> db"],
            True,
        ),
        ("name: A\n", "name: A\nlint: production\n", "Add `timeout: 2s`", ["  - api -> db: {timeout: 2s}"], False),
        (
            "",
            "",
            "Ignore AVL01 here, with a reason",
            ["  db: {kind: database}  # archspec: ignore[AVL01] say why"],
            False,
        ),
        (
            "{kind: database}",
            "{kind: database}  # archspec: ignore[STR03] because",
            "Ignore AVL01 here, with a reason",
            ["  db: {kind: database}  # archspec: ignore[AVL01, STR03] because"],
            False,
        ),
    ],
)
def test_a_finding_is_mended_by_the_change_that_is_offered(
    before: str, instead: str, title: str, changed: list[str], *, sure: bool
) -> None:
    text = TEXT.replace(before, instead, 1)
    found = offered(text)[title]
    assert (after(text, found), found.sure) == (changed, sure)


def test_what_the_loader_finds_cannot_be_ignored() -> None:
    for text in (TEXT.replace("user -> api", "user -> nobody"), TEXT.replace("replicas: 2", "replicas: two")):
        assert not any(title.startswith("Ignore") for title in offered(text))


@pytest.mark.parametrize("title", ["Ignore SCL07 here, with a reason", "Ignore AVL01 here, with a reason"])
def test_what_is_ignored_is_found_no_more_and_all_else_still(title: str) -> None:
    text = apply_edits(TEXT, [offered(TEXT)[title].edit])
    assert set(offered(TEXT)) - set(offered(text)) == {title}
