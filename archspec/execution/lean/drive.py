"""A simulation by the lean kernel: arrivals and draws go in stretch by stretch, counts come out at every sample."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from archspec.execution.layout import (
    COMPONENT_CORES,
    COMPONENT_MEMORY,
    COMPONENT_SLOTS,
    CONTROLLER,
    INCOMING,
    NONE,
    REPLICA_CHOOSER,
    REPLICA_COMPONENT,
    REPLICA_SIZE,
    SCALER_INTERVAL,
    SCALER_SIZE,
    SCRAPING,
)
from archspec.execution.lean.arrivals import Merged, merged
from archspec.execution.lean.code import MEETS_A_LIMIT, NEEDS_ARRIVALS, Choosers, Stations
from archspec.execution.lean.draws import rows_of
from archspec.execution.lean.machine import Machine, PlainMachine, Tables
from archspec.execution.lean.outcome import enter_calls, enter_counts, give_up, sample_rows, table_of, under_way
from archspec.execution.lean.translate import translate
from archspec.execution.lean.translation import Translation
from archspec.execution.program import Compiled, Program
from archspec.execution.randomness import Philox
from archspec.execution.rollout import scale
from archspec.execution.state import SCRAPE_INTERVAL, World

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

NO_BOUND = 2**62


@dataclass
class LeanRun:
    """A run of a program that the lean kernel can do, with the world that its counts are entered into."""

    program: Program
    translation: Translation
    world: World
    source: Philox
    arrivals: Merged
    machine: Machine
    numbers: list[int]
    """How many requests of each flow the machine knows."""
    known: int = 0
    """How many that makes together."""
    sampled_at: list[int] = field(default_factory=list)
    samples: list[Stations] = field(default_factory=list)
    """What was counted at every scrape, at the end of the warm-up (the sample numbered `warm`) and at the end."""
    warm: int = 0
    first: list[int] = field(default_factory=list)
    """The sample at the end of the warm-up."""
    last: list[int] = field(default_factory=list)

    def run(self, duration: int, warm_up: int, progress: Callable[[float], None] | None = None) -> bool:
        """Run to the end; False where it met something that the lean kernel cannot do, and the world is spoilt."""
        for key, act in self._stops(duration, warm_up):
            if not self._reach(key):
                return False
            act(key >> 3)
            if self.world.log:
                return False
            if progress is not None and duration:
                progress((key >> 3) / duration)
        m, tokens = self.machine, self.machine.tokens()
        *rows, self.last = sample_rows(self.program, self.world, self.sampled_at, self.samples)
        self.first = rows.pop(self.warm)
        self.world.samples.extend(number for row in rows for number in row)
        if not give_up(self.translation, tokens, m.ended, m.statuses, duration):
            return False
        enter_calls(self.translation, self.world, tokens, m.stuck)
        asked: Any = table_of(self.arrivals, m.ended, m.statuses, duration)
        self.world = replace(self.world, asked=asked)
        return True

    def _stops(self, duration: int, warm_up: int) -> list[tuple[int, Callable[[int], None]]]:
        """The keys of events up to which to run, each with what is done there."""
        w = self.world
        stops: list[tuple[int, Callable[[int], None]]] = []
        for interval in {w.scalers[row + SCALER_INTERVAL] for row in range(0, len(w.scalers), SCALER_SIZE)}:
            stops += [(time * 8 + INCOMING, self._scale) for time in range(interval, duration + 1, interval)]
        for time in range(0, duration + 1, w.clock[SCRAPE_INTERVAL]):
            stops.append((time * 8 + CONTROLLER, self._scrape))
        stops += [(warm_up * 8 + SCRAPING + 1, self._warm_up), (duration * 8 + SCRAPING + 2, self._end)]
        return sorted(stops, key=lambda stop: stop[0])

    def _scale(self, now: int) -> None:
        """Let every scaler whose turn it is decide; the log tells where one adds or takes away replicas."""
        enter_counts(self.program, self.world, self.machine.counts(), now)
        for scaler in range(0, len(self.world.scalers), SCALER_SIZE):
            if now % self.world.scalers[scaler + SCALER_INTERVAL] == 0:
                scale(self.program, self.world, scaler)

    def _scrape(self, now: int) -> None:
        self.sampled_at.append(now)
        self.samples.append(self.machine.counts())

    def _warm_up(self, now: int) -> None:
        self.warm = len(self.samples)
        self._scrape(now)

    def _end(self, now: int) -> None:
        self._scrape(now)
        enter_counts(self.program, self.world, self.samples[-1], now)

    def _reach(self, key: int) -> bool:
        while True:
            outcome = self.machine.run(key)
            if outcome != NEEDS_ARRIVALS:
                return outcome != MEETS_A_LIMIT
            self._feed()

    def _feed(self) -> None:
        """Give the machine the next requests, and once more the draws of those under way."""
        import numpy as np

        machine, widths = self.machine, [len(columns) for columns in self.translation.columns]
        first, self.known = self.known, min(self.known + machine.stretch, len(self.arrivals.moments))
        tokens, parts, place = machine.tokens(), [], 0
        for token in under_way(tokens):
            row, width = tokens.row[token], widths[int(self.arrivals.flows[tokens.request[token]])]
            parts.append(np.asarray(machine.draws[row : row + width], dtype=np.int64))
            machine.move(token, place)
            place += width
        flows = self.arrivals.flows[first : self.known]
        rows = np.zeros(len(flows), dtype=np.int64)
        for flow, columns in enumerate(self.translation.columns):
            mine = np.flatnonzero(flows == flow)
            parts.append(rows_of(self.source, columns, self.numbers[flow], len(mine)).reshape(-1))
            rows[mine] = place + np.arange(len(mine), dtype=np.int64) * widths[flow]
            self.numbers[flow] += len(mine)
            place += len(mine) * widths[flow]
        last = self.known == len(self.arrivals.moments)
        machine.feed(self.arrivals.moments[first : self.known], flows, rows, np.concatenate(parts), last=last)


def lean_run(compiled: Compiled, world: World, arrivals: list["Numbers"], *, fast: bool) -> LeanRun | None:
    """A run of a world in which nothing has happened, or None where the lean kernel cannot do it.

    `fast` runs machine code.
    """
    translation, source = translate(compiled), world.source
    if translation is None or not isinstance(source, Philox):
        return None
    requests, p = merged(arrivals), compiled.program
    tables = Tables(translation, _stations(p), _choosers(p), list(world.limiters), len(requests.moments))
    numbers = [0] * len(arrivals)
    return LeanRun(p, translation, world, source, requests, _machine(tables, fast=fast), numbers)


def _machine(tables: Tables, *, fast: bool) -> Machine:
    if not fast:
        return PlainMachine(tables)
    from archspec.execution.lean.compiled import CompiledMachine

    return CompiledMachine(tables)


def _stations(p: Program) -> Stations:
    count = len(p.replicas) // REPLICA_SIZE
    stations = Stations(*([0] * count for _ in Stations._fields))
    stations = stations._replace(head=[0] * (2 * count), tail=[0] * (2 * count), queued=[0] * (2 * count))
    for number in range(count):
        replica = number * REPLICA_SIZE
        component = p.replicas[replica + REPLICA_COMPONENT]
        cores = p.components[component + COMPONENT_CORES]
        bounds = [p.components[component + place] for place in (COMPONENT_SLOTS, COMPONENT_MEMORY)]
        stations.cores[number] = cores if cores >= 0 else NO_BOUND
        stations.slots[number] = min((bound for bound in bounds if bound >= 0), default=NO_BOUND)
        stations.chooser[number] = p.replicas[replica + REPLICA_CHOOSER]
    return stations


def _choosers(p: Program) -> Choosers:
    size = len(p.choosers) * (len(p.replicas) // REPLICA_SIZE)
    return Choosers([NONE] * size, [0] * size)
