"""A text that is read piece by piece says what it says as a whole."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.language.reader.document import Document, read_text
from archspec.language.reader.pieces import Pieces
from archspec.language.reader.tree import Builder
from benchmarks.generate import system
from tests.properties import examples

ODD = """\
# a comment
---
archspec: 1
name: "Odd
  name"
description: >+
  folded

  text

defaults:
  server: {cores: 2, slots: 8}
  connections: {timeout: 1s}
set:
  api.replicas: 2
  api -> db.timeout: 2s
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}}
components:

  app: {kind: client}
  api:
    kind: server  # archspec: ignore[SCL05] on purpose
    zones:
    - zone-a
    - zone-b
    description: |
      Many
      lines
  'db': {kind: database,
    replicas: 2, label: "two
    lines"}
connections:
- app -> api: https
- {from: api, to: db, protocol: tls, max_concurrent: 5}
flows:
    ask:
        from: app
        rate: 5/s
        steps: [{call: api, cpu: uniform(1ms, 2ms), steps: [{call: db, takes: 4ms}]}]
views:
  all: {kind: structure, include: [group:zone-a, api]}
scenarios:
  more: {set: {api.replicas: 4}, duration: 10s}
"""
VIDEO = (Path(__file__).parents[2] / "specs" / "video_platform" / "architecture.yaml").read_text()
ROWS = (
    "",
    "# why",
    "? key",
    ": value",
    "- app -> db",
    "---",
    "...",
    "%TAG",
    "extra: {kind: server}",
    "  extra: {kind: server}",
    "  api: {kind: server}",
    "  extra: &a {kind: server}",
    "  more: *a",
    "  more:",
    "  more: ~",
    "   odd: 1",
    "  - app -> db: https",
    "    replicas: 7",
    "    replicas: '7'",
    "  'quoted: ",
    "  {open: [",
    "]}",
    "\ttab: 1",
    "components:",
    "set: {api.cores: 4}",
    "defaults: {server: {cores: '2'}}",
    "  text: |2",
)
EDITS = st.lists(
    st.tuples(st.integers(0, 500), st.sampled_from(["insert", "delete", "double", "cut"]), st.sampled_from(ROWS)),
    min_size=1,
    max_size=4,
)


def edited(text: str, edit: tuple[int, str, str]) -> str:
    """A text with one of its lines changed."""
    number, how, row = edit
    rows = text.split("\n")
    number %= len(rows)
    instead = {
        "insert": [rows[number], row],
        "delete": [],
        "double": [rows[number]] * 2,
        "cut": [rows[number][: len(rows[number]) // 2]],
    }
    return "\n".join([*rows[:number], *instead[how], *rows[number + 1 :]])


def exact(data: Any) -> Any:
    """Data to be compared with the look of its scalars, unquoted or not, and the order of its keys."""
    if isinstance(data, dict):
        return [(type(key).__name__, str(key), exact(value)) for key, value in data.items()]
    return [*map(exact, data)] if isinstance(data, list) else (type(data).__name__, data)


def said(document: Document) -> Any:
    """All that is read of a text."""
    return exact(document.data), document.source.keys, document.source.values, document.problems, document.complete


@given(st.sampled_from([ODD, VIDEO]), EDITS)
@examples(40)
def test_a_text_read_by_pieces_is_what_it_is_as_a_whole(text: str, edits: list[tuple[int, str, str]]) -> None:
    pieces = Pieces()
    assert said(read_text(text, "a.yaml", pieces=pieces)) == said(read_text(text, "a.yaml"))
    for edit in edits:
        text = edited(text, edit)
        assert said(read_text(text, "a.yaml", pieces=pieces)) == said(read_text(text, "a.yaml"))


@pytest.mark.parametrize("row", ["---", "...", "%TAG", "- app -> db", "? key", ": value", "  - app -> db: https"])
def test_a_row_that_concerns_the_whole_text_has_it_read_as_one(row: str) -> None:
    for number in range(len(ODD.split("\n"))):
        text = edited(ODD, (number, "insert", row))
        assert said(read_text(text, "a.yaml", pieces=Pieces())) == said(read_text(text, "a.yaml"))


def test_of_a_thousand_components_only_the_one_that_was_typed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text, pieces = system(1_000), Pieces()
    read_text(text, "a.yaml", pieces=pieces)
    read: list[str] = []

    def noting(builder: Builder, events: Iterable[Any]) -> None:
        read.append(builder.text)
        run(builder, events)

    run = Builder.run
    monkeypatch.setattr(Builder, "run", noting)
    document = read_text(text.replace("  svc-500: {", "  # new\n  svc-500: {label: Five, ", 1), "a.yaml", pieces=pieces)
    assert document.data["components"]["svc-500"]["label"] == "Five"
    assert [row.partition(":")[0].strip() for row in read] == ["cache-499", "svc-500"]
