"""When health checks begin: each pair of checker and target at a moment of its own (engine contract, section 5.1)."""

from collections.abc import Iterator

from archspec.execution.choosing import share_of
from archspec.execution.layout import (
    CHECK_INTERVAL,
    CHECK_PHASE,
    CHECK_REPLICA,
    CHECK_SIZE,
    CHECK_TARGET,
    REPLICA_SIZE,
)
from archspec.execution.program import Compiled, Draw
from archspec.execution.randomness import Philox


def phases(compiled: Compiled, seed: int) -> Iterator[int]:
    """The phase of each check in nanoseconds: as stated, else drawn by the names of checker and target.

    The names make it the same in every variant of a system, whatever else is checked there.
    """
    checks, names = compiled.program.checks, compiled.names.replicas
    rows = range(0, len(checks), CHECK_SIZE)
    pairs = [[names[checks[row + end] // REPLICA_SIZE] for end in (CHECK_REPLICA, CHECK_TARGET)] for row in rows]
    source = Philox([Draw(f"{' -> '.join(pair)}#phase") for pair in pairs], seed, 0)
    for number, row in enumerate(rows):
        stated = checks[row + CHECK_PHASE]
        yield stated if stated >= 0 else share_of(source.block(number, 0, 0)[0], checks[row + CHECK_INTERVAL])
