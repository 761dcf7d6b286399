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
from archspec.execution.lean.code import MEETS_A_LIMIT, NEEDS_ARRIVALS, Choosers, Counts, Stations
from archspec.execution.lean.draws import rows_of
from archspec.execution.lean.machine import Machine, PlainMachine, Tables
from archspec.execution.lean.outcome import (
    columns_of,
    enter_calls,
    enter_counts,
    give_up,
    samples_of,
    table_of,
    under_way,
)
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
SCRAPE, SCALE, WARM_UP, END = range(4)
"""Why a run stops: to take a sample, to let scalers decide, because the warm-up is over, or all."""


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
    counted: list["Numbers"] = field(default_factory=list)
    """What the machine had counted wherever it stopped."""
    first: list[int] = field(default_factory=list)
    """The sample at the end of the warm-up."""
    last: list[int] = field(default_factory=list)

    def run(self, duration: int, warm_up: int, progress: Callable[[float], None] | None = None) -> bool:
        """Run to the end; False where it met something that the lean kernel cannot do, and the world is spoilt."""
        stops, done = self._stops(duration, warm_up), 0
        while done < len(stops):
            ahead = next((place for place in range(done, len(stops)) if stops[place][1] == SCALE), len(stops) - 1) + 1
            outcome, rows = self.machine.run([key for key, _ in stops[done:ahead]])
            self.counted.append(rows)
            done += len(rows)
            decides = len(rows) > 0 and stops[done - 1][1] == SCALE
            if outcome == MEETS_A_LIMIT or (decides and self._scaled(stops[done - 1][0] >> 3)):
                return False
            if outcome == NEEDS_ARRIVALS:
                self._feed()
            if progress is not None:
                progress(done / len(stops))
        self._sample(stops)
        m, tokens = self.machine, self.machine.tokens()
        if not give_up(self.translation, tokens, m.ended, m.statuses, duration):
            return False
        enter_calls(self.translation, self.world, tokens, m.stuck)
        asked: Any = table_of(self.arrivals, m.ended, m.statuses, duration)
        self.world = replace(self.world, asked=asked)
        return True

    def _stops(self, duration: int, warm_up: int) -> list[tuple[int, int]]:
        """The keys of events up to which to run, each with what is done there."""
        w = self.world
        stops = [(time * 8 + CONTROLLER, SCRAPE) for time in range(0, duration + 1, w.clock[SCRAPE_INTERVAL])]
        for interval in {w.scalers[row + SCALER_INTERVAL] for row in range(0, len(w.scalers), SCALER_SIZE)}:
            stops += [(time * 8 + INCOMING, SCALE) for time in range(interval, duration + 1, interval)]
        stops += [(warm_up * 8 + SCRAPING + 1, WARM_UP), (duration * 8 + SCRAPING + 2, END)]
        return sorted(stops)

    def _scaled(self, now: int) -> bool:
        """Let every scaler whose turn it is decide; whether one adds or takes away replicas, which the log tells."""
        self._enter(now)
        for scaler in range(0, len(self.world.scalers), SCALER_SIZE):
            if now % self.world.scalers[scaler + SCALER_INTERVAL] == 0:
                scale(self.program, self.world, scaler)
        return bool(self.world.log)

    def _enter(self, now: int) -> None:
        """Enter what was counted last into the world."""
        last = columns_of(self.counted[-1][-1], len(self.world.replicas) // REPLICA_SIZE)
        enter_counts(self.program, self.world, Counts._make(column.tolist() for column in last), now)

    def _sample(self, stops: list[tuple[int, int]]) -> None:
        """Make the samples of all stops, and enter the last one into the world."""
        import numpy as np

        moments, acts = [key >> 3 for key, _ in stops], np.array([act for _, act in stops])
        samples = samples_of(self.program, self.world, moments, np.concatenate(self.counted))
        self.world.samples.extend(samples[acts == SCRAPE].reshape(-1).tolist())
        self.first, self.last = (samples[acts == act][0].tolist() for act in (WARM_UP, END))
        self._enter(moments[-1])

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
    tables = Tables(translation, _stations(p), _counts(p), _choosers(p), list(world.limiters), len(requests.moments))
    numbers = [0] * len(arrivals)
    return LeanRun(p, translation, world, source, requests, _machine(tables, fast=fast), numbers)


def _machine(tables: Tables, *, fast: bool) -> Machine:
    if not fast:
        return PlainMachine(tables)
    from archspec.execution.lean.compiled import CompiledMachine

    return CompiledMachine(tables)


def _stations(p: Program) -> Stations:
    count = len(p.replicas) // REPLICA_SIZE
    stations = Stations([], [], [0] * (2 * count), [0] * (2 * count), [])
    for number in range(count):
        replica = number * REPLICA_SIZE
        component = p.replicas[replica + REPLICA_COMPONENT]
        cores = p.components[component + COMPONENT_CORES]
        bounds = [p.components[component + place] for place in (COMPONENT_SLOTS, COMPONENT_MEMORY)]
        stations.cores.append(cores if cores >= 0 else NO_BOUND)
        stations.slots.append(min((bound for bound in bounds if bound >= 0), default=NO_BOUND))
        stations.chooser.append(p.replicas[replica + REPLICA_CHOOSER])
    return stations


def _counts(p: Program) -> Counts:
    count = len(p.replicas) // REPLICA_SIZE
    return Counts._make([0] * (2 * count if name == "queued" else count) for name in Counts._fields)


def _choosers(p: Program) -> Choosers:
    size = len(p.choosers) * (len(p.replicas) // REPLICA_SIZE)
    return Choosers([NONE] * size, [0] * size)
