"""Where a missing key, connection or component is written."""

import pytest

from archspec.language import load_text
from archspec.language.additions import Addition, addition_edit
from archspec.language.edits import apply_edits

SPEC = """\
archspec: 1
name: Shop
components:
  user: {kind: client}
  api:
    kind: server
    replicas: 2
  db: {kind: database}
  cache: {kind: cache}
connections:
  - user -> api
  - api -> db: postgresql  # the store
  - api -> cache: {timeout: 1s}
  - {from: user, to: cache}
  - from: cache
    to: db
flows:
  ask:
    from: user
    steps:
      - call: api
        steps: [{call: db}]
alerts:
  slow:
    metric: p99
    above: 1s
    flow: ask
"""


def written(path: tuple[str | int, ...], value: str = "", text: str = SPEC) -> list[str] | None:
    """The rows that an addition changes or makes."""
    edit = addition_edit(Addition(path, value), load_text(text).source)
    if edit is None:
        return None
    before, after = text.split("\n"), apply_edits(text, [edit]).split("\n")
    return [row for row in after if after.count(row) > before.count(row)]


@pytest.mark.parametrize(
    ("path", "value", "rows"),
    [
        (("components", "db", "failover"), "automatic", ["  db: {kind: database, failover: automatic}"]),
        (("components", "api", "cores"), "2", ["    cores: 2"]),
        (("components", "logs"), "{kind: log_service}", ["  logs: {kind: log_service}"]),
        (("components", "none", "cores"), "2", None),
        (("connections", "user -> api", "timeout"), "1s", ["  - user -> api: {timeout: 1s}"]),
        (
            ("connections", "api -> db", "timeout"),
            "1s",
            ["  - api -> db: {protocol: postgresql, timeout: 1s}  # the store"],
        ),
        (("connections", "api -> cache", "retries"), "2", ["  - api -> cache: {timeout: 1s, retries: 2}"]),
        (("connections", "user -> cache", "timeout"), "1s", ["  - {from: user, to: cache, timeout: 1s}"]),
        (("connections", "cache -> db", "timeout"), "1s", ["    timeout: 1s"]),
        (("connections", "db -> user", "timeout"), "1s", None),
        (("connections", "db -> user"), "", ["  - db -> user"]),
        (("alerts", "slow", "for"), "5m", ["    for: 5m"]),
        (("flows", "ask", "rate"), "5/s", ["    rate: 5/s"]),
        (("flows", "ask", "steps", 0, "timeout"), "1s", ["        timeout: 1s"]),
        (("flows", "ask", "steps", 0, "steps", 0, "takes"), "1ms", ["        steps: [{call: db, takes: 1ms}]"]),
    ],
)
def test_it_stands_where_a_person_would_write_it(
    path: tuple[str | int, ...], value: str, rows: list[str] | None
) -> None:
    assert written(path, value) == rows


def test_a_connection_below_one_of_several_rows_stands_below_them() -> None:
    source = load_text(SPEC).source
    edit = addition_edit(Addition(("connections", "db -> user")), source)
    assert edit is not None
    assert (edit.span.line, edit.span.column, edit.text) == (17, 1, "  - db -> user\n")


@pytest.mark.parametrize("path", [("connections", "db -> user"), ("components", "logs")])
def test_a_section_in_brackets_is_left_to_people(path: tuple[str, ...]) -> None:
    text = "{archspec: 1, name: A, components: {a: {kind: server}, b: {kind: server}}, connections: [a -> b]}"
    assert written(path, "{kind: log_service}", text) is None
