"""Systems that cannot be run say why, and what to change."""

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.simulation.simulate import simulate

SPEC = """
archspec: 1
name: Refused
components:
  user: {{kind: client}}
  main: {{kind: {main}}}
  copy: {{kind: {copy}}}
connections: [user -> main]
flows: {{read: {{from: user, rate: 1/s, steps: [{{call: main}}]}}}}
"""


@pytest.mark.parametrize(
    ("main", "copy", "says"),
    [
        (
            "database, shards: 3",
            "database, shards: 2, replica_of: main",
            "`copy` has 2 shards and `main`, which it copies, 3; write `shards: 3`, or leave it out.",
        ),
        (
            "database",
            "database, shards: 2, replica_of: main",
            "`copy` has 2 shards and `main`, which it copies, 1; write `shards: 1`, or leave it out.",
        ),
        (
            "database, shards: 2, scaling: {min: 1, max: 3, metric: cpu, target: 60%}",
            "database",
            "`main` has shards and scales; take out one of the two.",
        ),
        (
            "server, memory: 1GiB, memory_per_request: 2GiB",
            "server",
            "`main` has 1GiB of memory, and one request needs 2GiB; raise `memory`.",
        ),
    ],
)
def test_a_system_that_cannot_be_run_says_what_to_change(main: str, copy: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        simulate(load_text(SPEC.format(main=main, copy=copy)))
    assert str(caught.value) == says
