"""For which copies of a store a write waits."""

import pytest

from archspec.language import load_text
from archspec.model.copies import synchronous_copies

SPEC = """archspec: 1
name: Shop
components:
  api: {kind: server}
  db: {kind: database, replication: REPLICATION}
  near: {kind: database, replica_of: db}
  far: {kind: database, replica_of: db, replication: asynchronous}
  safe: {kind: database, replica_of: db, replication: synchronous, when_copy_lost: continue}
connections: [api -> db, {from: db, to: near, latency: 2ms}]
"""


@pytest.mark.parametrize(
    ("replication", "copies"),
    [
        ("synchronous", [("near", "db -> near", "block"), ("safe", "safe -> db", "continue")]),
        ("asynchronous", [("safe", "safe -> db", "continue")]),
    ],
)
def test_a_copy_says_so_itself_or_as_its_primary_does(replication: str, copies: list[tuple[str, str, str]]) -> None:
    found = synchronous_copies(load_text(SPEC.replace("REPLICATION", replication)), "db")
    assert [(each.store.id, each.connection.name, each.when_lost) for each in found] == copies


def test_what_keeps_nothing_has_no_copies() -> None:
    assert synchronous_copies(load_text(SPEC.replace("REPLICATION", "synchronous")), "api") == ()
