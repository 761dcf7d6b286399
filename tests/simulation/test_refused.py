"""Systems that cannot be run say why, and what to change."""

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
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


def test_more_places_than_a_run_tells_apart_cannot_be_cut_off() -> None:
    """Each is a bit of a word in the engine: the 65th would be taken for the first."""
    groups = ", ".join(f"z{number}: {{kind: zone}}" for number in range(65))
    components = ", ".join(f"s{number}: {{kind: server, zones: [z{number}]}}" for number in range(65))
    faults = ", ".join(f"{{at: 1s, partition: z{number}, for: 1s}}" for number in range(65))
    text = (
        f"archspec: 1\nname: Cut\ngroups: {{{groups}}}\n"
        f"components: {{u: {{kind: client}}, {components}}}\nconnections: [u -> s0]\n"
        "flows: {f: {from: u, rate: 1/s, steps: [{call: s0}]}}\n"
        f"scenarios: {{cut: {{duration: 3s, faults: [{faults}]}}}}\n"
    )
    with pytest.raises(UsageError, match="partitions cut off 65 places, and a run tells 64 apart"):
        simulate(load_text(text), SimulationOptions(scenario="cut"))
