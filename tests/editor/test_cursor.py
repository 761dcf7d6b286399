"""Where the cursor is, at every place of a text that is laid out in many ways."""

from itertools import groupby

import pytest

from archspec.editor.cursor import Cursor, cursor_at
from tests.conftest import Golden

TEXT = """\
archspec: 1
# a comment: of no path
name: "A shop: the one"  # the name

components:
  user: {kind: client, label: 'It''s me', tags: [a, "b, c"]}
  api:
    kind: server

    # in between
    zones:
      - zone-a
      - zone-b
    scaling: {min: 2,
              max: 4}
  db: {
    kind: database,
    links: {wiki: "https://wiki"},

    # and here
    replicas: 2
  }
connections:
  - user -> api: https
  - api -> db: {timeout: 1s, retries: {attempts: 2}}
  -
    from: api
    to: user
flows:
  ask:
    from: user
    steps:
    - call: api
      steps: [{call: db, takes: 1ms}, {call: user}]
    - call: db
      on_miss:
        - {call: api}
  other: [
"""
ROWS = TEXT.split("\n")


def told(cursor: Cursor | None) -> str:
    if cursor is None:
        return "nothing"
    place = ".".join(map(str, cursor.path)) or "the top"
    return f"{'a key' if cursor.writes_key else 'the value'} of {place}{', an item' if cursor.is_item else ''}"


def test_the_cursor_is_where_it_was(golden: Golden) -> None:
    lines = []
    for line, row in enumerate(ROWS, 1):
        lines.append(f"{line}: {row}".rstrip())
        columns = range(1, len(row) + 2)
        for found, same in groupby(columns, lambda column: told(cursor_at(ROWS, line, column))):  # noqa: B023 - used at once
            each = list(same)
            lines.append(f"  {each[0]}-{each[-1]} {found}")
    golden("tests/editor/expected/cursor.txt", "\n".join([*lines, ""]))


@pytest.mark.parametrize(
    ("row", "text", "word"),
    [
        ("  api: {kind: ser", "ser", "ser"),
        ("  api: {kind: server, zones: [zone-a, zo", "zo", "zo"),
        ("  - user -> ap", "user -> ap", "ap"),
        ('  api: {label: "a b', "a b", "b"),
        ("  api: ", "", ""),
        ("  api: {cores: 1.5, cpu: 40%", "40%", "40%"),
    ],
)
def test_what_is_written_so_far_is_its_text_and_the_end_of_that_its_word(row: str, text: str, word: str) -> None:
    cursor = cursor_at(["components:", row], 2, len(row) + 1)
    assert cursor is not None
    assert (cursor.text, cursor.word) == (text, word)
