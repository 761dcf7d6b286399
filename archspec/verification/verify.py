"""A spec's promises against what its parts do: every fault, at the declared load and at a head room, run and judged."""

import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field, replace
from fractions import Fraction
from functools import partial

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Architecture, Duration, Factor, Rate
from archspec.simulation import at_level
from archspec.simulation.engine import WASM
from archspec.verification.defects import contradiction, of_load
from archspec.verification.faults import pairs_of, single_faults, whole_components
from archspec.verification.foreseen import Foreseen
from archspec.verification.jobs import jobs_tried
from archspec.verification.judging import affordable, expected, judged
from archspec.verification.rates import rates_of
from archspec.verification.runs import Bench, independent
from archspec.verification.values import Defect, Fault, FlowVerdict, Kept, Stage, State, Tried, Verification
from archspec.webassembly import Compiler, compiled

NOMINAL = Rate(Fraction(20))
"""Of each flow, where none states a rate."""
MORE = 0.02
"""By so much of all requests more must fail than the structure says, before another cause is looked for."""
LONGER = 4
"""Times the length of a run, before a contradiction is called one."""
Progress = Callable[[float], None]


@frozen
class Options:
    """How to verify."""

    file: str = "architecture.yaml"
    """As commands name the spec."""
    settings: tuple[str, ...] = ()
    """As `--set` was given, for the same."""
    pairs: bool = False
    """Every two faults at once as well."""
    head_room: Fraction | None = None
    """So many times the declared load is tried too."""
    seed: int = 1
    duration: Duration | None = None
    """Of each run; None: so long that each promise can be told to be kept, up to a bound of requests."""
    whole: bool = False
    """Also each component with all of its replicas down, and the last of them: for those who hunt contradictions."""


def verify(
    architecture: Architecture, options: Options | None = None, progress: Progress | None = None
) -> Verification:
    """Try every fault on every flow that has a rate (where none has one, each gets the same).

    Raises:
        UsageError: there are no flows, or the load is not one that can be multiplied.

    """
    options = options or Options()
    rates, notes = _rates(architecture)
    command = partial(_command, options)
    levels = [Fraction(1), *([options.head_room] if options.head_room not in (None, 1) else [])]
    found: list[FlowVerdict] = []
    defects: list[Defect] = []
    for number, level in enumerate(levels):
        part = progress and _part(progress, number, len(levels))
        trial = _Trial(architecture, rates, level or Fraction(1), options)
        found += trial.verdicts(part)
        defects += trial.defects
    found += jobs_tried(architecture, options.seed, command)
    return Verification(architecture.name, options.seed, tuple(found), tuple(defects), notes)


def _rates(architecture: Architecture) -> tuple[dict[str, Rate], tuple[str, ...]]:
    stated = rates_of(architecture)
    asked = [id_ for id_, flow in architecture.flows.items() if not flow.comes_by_clock]
    if stated:
        silent = [f"`{id_}`" for id_ in asked if id_ not in stated and architecture.flows[id_].objective]
        note = f"{', '.join(silent)} promised something and has no `rate`, so it is not run" if silent else ""
        return stated, (note,) if note else ()
    if not architecture.flows:
        raise UsageError("the spec has no flows; write what a request does under `flows:`.")
    if not asked:
        return {}, ()
    note = f"assumed: each flow comes {NOMINAL}, because none has a `rate`"
    return rates_of(architecture, NOMINAL), (note,)


def _part(progress: Progress, number: int, count: int) -> Progress:
    return lambda share: progress((number + share) / count)


@frozen
class _Run:
    """A run to make: of a group of flows, in a state."""

    bench: Bench
    fault: Fault | None
    unaware: frozenset[str] = frozenset()
    """The components of whose loss nobody knows yet."""
    length: int = field(default=0, compare=False)
    """In nanoseconds."""

    def states(self) -> dict[str, State]:
        """What becomes of each flow."""
        return self.bench.run(self.fault, self.length, self.unaware)


class _Trial:
    """All faults at one load."""

    def __init__(
        self, architecture: Architecture, rates: Mapping[str, Rate], level: Fraction, options: Options
    ) -> None:
        self.options, self.level = options, level
        self.command = partial(_command, options, level=level)
        self.architecture = at_level(architecture, None, level)
        self.rates = {flow: Rate(rate.per_second * level) for flow, rate in rates.items()}
        self.foreseen = Foreseen(self.architecture)
        self.benches = [
            Bench(self.architecture, {flow: self.rates[flow] for flow in group}, options.seed, options.duration)
            for group in independent(architecture, rates)
        ]
        faults = (pairs_of if options.pairs else single_faults)(architecture, rates)
        if options.pairs:
            faults = (*single_faults(architecture, rates), *faults)
        more = list(whole_components(architecture, rates)) if options.whole else []
        known = {fault.parts for fault in faults}
        self.faults = (*faults, *(each for each in more if each.parts not in known))
        self.defects: list[Defect] = []

    def verdicts(self, progress: Progress | None) -> list[FlowVerdict]:
        states = self._states(progress)
        calm = {flow: state for bench in self.benches for flow, state in states[_Run(bench, None)].items()}
        found = [self._verdict(bench, flow, calm[flow], states) for bench in self.benches for flow in bench.flows]
        if self.level == 1:
            self.defects += of_load(self.foreseen, calm)
            self.defects += self._contradictions(states)
        order = {flow: number for number, flow in enumerate(self.rates)}
        return sorted(found, key=lambda verdict: order[verdict.flow])

    def _states(self, progress: Progress | None) -> dict[_Run, dict[str, State]]:
        """Every state that differs from another, on this machine's cores: the engine leaves Python alone."""
        asked = list(self._asked())
        compiled(WASM, Compiler.OPTIMIZING)
        found: dict[_Run, dict[str, State]] = {}
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            for run, states in zip(asked, pool.map(_Run.states, asked), strict=True):
                found[run] = states
                if progress is not None:
                    progress(len(found) / len(asked))
            longer = [replace(run, length=run.bench.longest) for run in asked if self._may_tell_more(run, found[run])]
            found |= zip(longer, pool.map(_Run.states, longer), strict=True)
        return found

    def _may_tell_more(self, run: _Run, states: Mapping[str, State]) -> bool:
        """Whether a longer run may tell whether a promise is kept; of what passes nobody asks."""
        if run.unaware or run.length >= run.bench.longest:
            return False
        objectives = ((self.architecture.flows[flow].objective, state) for flow, state in states.items())
        return any(judged(objective, [(1.0, state)])[0] is Kept.UNKNOWN for objective, state in objectives if objective)

    def _asked(self) -> Iterator[_Run]:
        for bench in self.benches:
            yield _Run(bench, None, length=self._length(bench, None))
            for fault in self.faults:
                if bench.touches(fault):
                    yield _Run(bench, fault, length=self._length(bench, fault))
                    stages = (stage for flow in bench.flows for stage in self.foreseen.stages(flow, fault))
                    for unaware in dict.fromkeys(unaware for _, unaware in stages):
                        length = bench.shorter if fault.repair is None else bench.length
                        yield _Run(bench, fault, unaware, length)

    def _length(self, bench: Bench, fault: Fault | None) -> int:
        return bench.long_enough(self.foreseen.capacity.stations, self.foreseen.struck(fault))

    def _verdict(self, bench: Bench, flow: str, calm: State, states: dict[_Run, dict[str, State]]) -> FlowVerdict:
        objective = self.architecture.flows[flow].objective
        kept, why = judged(objective, [(1.0, calm)]) if objective else (None, ())
        tried = tuple(self._tried(bench, flow, fault, states) for fault in self.faults if _Run(bench, fault) in states)
        said = self.foreseen.availability.of_flow(flow)
        verdict = FlowVerdict(
            flow,
            self.level,
            objective,
            calm,
            kept,
            why,
            tried,
            kept,
            None,
            said.value,
            self.command(calm, None),
        )
        if any(each.fault.chance is not None for each in tried):
            verdict = replace(verdict, availability=expected(verdict))
        return _settled(verdict) if objective else verdict

    def _tried(self, bench: Bench, flow: str, fault: Fault, states: dict[_Run, dict[str, State]]) -> Tried:
        noticed = states[_Run(bench, fault)][flow]
        passing = tuple(
            Stage(until, states[_Run(bench, fault, unaware)][flow])
            for until, unaware in self.foreseen.stages(flow, fault)
        )
        share = self.foreseen.share_failing(flow, fault)
        tried = Tried(
            fault,
            noticed,
            passing,
            self.foreseen.until_noticed(flow, fault),
            None if share is None else 1 - share,
            (),
            (),
            Kept.UNKNOWN,
            (),
            self.command(noticed, fault),
        )
        kept, why = judged(self.architecture.flows[flow].objective, tried.states)
        if kept is Kept.NO:
            if not self._is_needed(flow, share) or _is_worse(noticed, share):
                to_dead, full = self.foreseen.goes_to_dead(fault, flow), self.foreseen.fills(fault, flow)
                tried = replace(tried, to_dead=to_dead, full=full)
            lasting, _ = judged(self.architecture.flows[flow].objective, [(1.0, noticed)])
            if lasting is not Kept.NO:
                tried = replace(tried, command=self.command(noticed, fault, "--just-failed"))
        return replace(tried, kept=kept, why=why)

    def _is_needed(self, flow: str, share: float | None) -> bool:
        """Whether the share that cannot do without a part is itself more than the promise allows for."""
        objective = self.architecture.flows[flow].objective
        promised = objective.success if objective is not None else None
        return promised is not None and share is not None and 1 - share < float(promised)

    def _contradictions(self, states: dict[_Run, dict[str, State]]) -> Iterator[Defect]:
        for bench in self.benches:
            calm = states[_Run(bench, None)]
            if self.foreseen.full(None):
                continue
            for fault in self.faults:
                ran = states.get(_Run(bench, fault))
                if ran is not None and self._contradicts(bench, fault, calm, ran):
                    length = bench.length * LONGER
                    yield from self._contradicts(bench, fault, bench.run(None, length), bench.run(fault, length))

    def _contradicts(
        self, bench: Bench, fault: Fault, calm: Mapping[str, State], ran: Mapping[str, State]
    ) -> list[Defect]:
        found = (contradiction(self.foreseen, flow, fault, calm[flow], ran[flow]) for flow in bench.flows)
        return [defect for defect in found if defect is not None]


def _is_worse(noticed: State, share: float | None) -> bool:
    """Whether clearly more fails than the share that cannot do without a part."""
    return share is not None and noticed.success is not None and noticed.success < 1 - share - MORE


def _command(
    options: Options, state: State, fault: Fault | None, how: str = "--fail", level: Fraction = Fraction(1)
) -> str:
    """The run that shows it."""
    words = ["archspec", "simulate", options.file]
    words += [word for part in (fault.parts if fault else ()) for word in (how, part)]
    words += [word for setting in options.settings for word in ("--set", setting)]
    words += ["--load", str(Factor(level))] if level != 1 else []
    words += ["--duration", str(Duration(state.length))]
    words += ["--seed", str(options.seed)] if options.seed != 1 else []
    return shlex.join(words)


def _settled(verdict: FlowVerdict) -> FlowVerdict:
    """The verdict on a flow: of the load as it is, and of all faults."""
    kept = [each.kept for each in verdict.tried]
    if verdict.calm_kept is Kept.NO:
        return verdict
    if Kept.NO in kept and affordable(verdict):
        tried = tuple(replace(each, kept=Kept.ALLOWED) if each.kept is Kept.NO else each for each in verdict.tried)
        verdict, kept = replace(verdict, tried=tried), [each.kept for each in tried]
    for worst in (Kept.NO, Kept.UNKNOWN, Kept.ALLOWED):
        if worst in (*kept, verdict.calm_kept):
            return replace(verdict, kept=worst)
    return replace(verdict, kept=Kept.YES)
