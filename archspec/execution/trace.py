"""One request walked through the system: a run of the kernel with one arrival, watched."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from archspec.errors import UsageError
from archspec.execution.compile import compile_program
from archspec.execution.emissions import emitted_by
from archspec.execution.kernel import run
from archspec.execution.layout import (
    ARRIVAL,
    CAUSES,
    CHECK_REPLICA,
    CHECK_SIZE,
    CHECK_TARGET,
    EDGE_SIZE,
    EVERYTHING,
    INCOMING,
    LEARNS_LATE,
    NONE,
    REPLICA_CHOOSER,
    REPLICA_REFUSES,
    REPLICA_SILENT,
    REPLICA_SIZE,
    REPLICA_SLOW_OVER,
    REPLICA_SLOW_PLUS,
    REPLICA_SLOW_UNDER,
)
from archspec.execution.not_modelled import not_modelled
from archspec.execution.places import Scale, did_you_mean, strike
from archspec.execution.program import Compiled, Program
from archspec.execution.recorder import read_log
from archspec.execution.start import new_world
from archspec.execution.state import (
    ASKED_CAUSE,
    ASKED_DEGRADED,
    ASKED_STATUS,
    ASKED_UNTIL,
    World,
    schedule_always,
)
from archspec.execution.telling import tell
from archspec.execution.trace_model import Call, OwnWork, Trace, TraceOptions
from archspec.execution.verdicts import verdicts
from archspec.model.architecture import Architecture
from archspec.model.quantities import Duration, Factor
from archspec.model.traits import Caching

FIRST_REQUEST = 0
LONG_AGO = -(2**60)


def trace(architecture: Architecture, flow_id: str, options: TraceOptions | None = None) -> Trace:
    """Walk one request of a flow through an empty system at time 0.

    Every time is its distribution's median and every chance its likelier side, unless `options.sample`; what the
    options say has failed, failed long ago (`fail`) or just now (`just_failed`).

    Raises:
        UsageError: the flow, or something the options name, is not there; says what is.

    """
    return Tracer(architecture, flow_id).trace(options or TraceOptions())


@dataclass(frozen=True, slots=True)
class Tracer:
    """Walks requests of one flow, one after the other; what several of them need is compiled for the first alone."""

    architecture: Architecture
    flow: str
    _known: dict[tuple[bool, frozenset[str]], Compiled] = field(default_factory=dict)

    def trace(self, options: TraceOptions) -> Trace:
        """As the function `trace`."""
        compiled = self._compiled(options)
        world = _world(compiled, options)
        for names, noticed in ((options.fail, True), (options.just_failed, False)):
            for name in names:
                _fail(self.architecture, compiled, world, name, noticed=noticed)
        for text in options.slow:
            _slow(self.architecture, compiled, world, text)
        world.arrivals.append(0)
        world.arrival_end[0] = 1
        world.first_number[0] = options.number
        world.begun[0] = options.number - 1
        schedule_always(world, 0, INCOMING, ARRIVAL, 0)
        run(compiled.program, world, NONE)
        return _result(self.architecture, compiled, world, self.flow, options)

    def _compiled(self, options: TraceOptions) -> Compiled:
        flows = self.architecture.flows
        if self.flow not in flows:
            raise UsageError(f"there is no flow `{self.flow}`; {did_you_mean(self.flow, list(flows))}")
        misses = frozenset(_cache(self.architecture, name) for name in options.miss)
        key = (options.sample, misses)
        if key not in self._known:
            self._known[key] = compile_program(self.architecture, (self.flow,), sampled=options.sample, misses=misses)
        return self._known[key]


def _world(compiled: Compiled, options: TraceOptions) -> World:
    if not options.sample:
        return new_world(compiled.program, None, recording=EVERYTHING)
    from archspec.execution.randomness import Philox

    source = Philox(compiled.names.draws, options.seed, 0)
    return new_world(compiled.program, source, recording=EVERYTHING)


def _cache(architecture: Architecture, name: str) -> str:
    component = architecture.components.get(name)
    if component is None:
        caches = [c.id for c in architecture.components.values() if isinstance(c, Caching)]
        raise UsageError(f"there is no cache `{name}`; {did_you_mean(name, caches)}")
    if not isinstance(component, Caching):
        raise UsageError(f"`{name}` is a {component.kind}, and only a cache or cdn can miss; name one of those.")
    return name


def _fail(architecture: Architecture, compiled: Compiled, world: World, name: str, *, noticed: bool) -> None:
    """Take down what the name stands for: silently if a group, else refusing (engine contract, section 5.2)."""
    struck = strike(architecture, compiled, name)
    if struck.scale is Scale.CONNECTION:
        for edge in struck.edges:
            world.edge_cut[edge // EDGE_SIZE] = 1
            world.edge_cut_since[edge // EDGE_SIZE] = LONG_AGO if noticed else 0
        return
    place = REPLICA_SILENT if struck.scale is Scale.GROUP else REPLICA_REFUSES
    replicas = len(world.replicas) // REPLICA_SIZE
    for replica in struck.replicas:
        world.replicas[replica + place] += 1
        for chooser in _noticing(compiled.program, replica) if noticed else ():
            world.believed[chooser * replicas + replica // REPLICA_SIZE] = 0


def _noticing(p: Program, replica: int) -> list[int]:
    """The choosers that learn of a replica's death: those that check it, and those that the platform tells."""
    told = [chooser for chooser, learns in enumerate(p.choosers) if learns == LEARNS_LATE]
    rows = range(0, len(p.checks), CHECK_SIZE)
    checking = [
        p.replicas[p.checks[row + CHECK_REPLICA] + REPLICA_CHOOSER]
        for row in rows
        if p.checks[row + CHECK_TARGET] == replica
    ]
    return [*told, *checking]


def _slow(architecture: Architecture, compiled: Compiled, world: World, text: str) -> None:
    name, separator, amount = text.rpartition("=")
    factor, plus = _amount(text, amount) if separator else (None, None)
    if factor is None or plus is None:
        raise UsageError(f"`--slow {text}` does not say how slow; write `--slow {text or 'api'}=5x`, or `=200ms`.")
    struck = strike(architecture, compiled, name)
    for edge in struck.edges:
        at = 3 * (edge // EDGE_SIZE)
        world.edge_slow[at] *= factor.numerator
        world.edge_slow[at + 1] *= factor.denominator
        world.edge_slow[at + 2] += plus
    for replica in struck.replicas:
        world.replicas[replica + REPLICA_SLOW_OVER] *= factor.numerator
        world.replicas[replica + REPLICA_SLOW_UNDER] *= factor.denominator
        world.replicas[replica + REPLICA_SLOW_PLUS] += plus


def _amount(text: str, amount: str) -> tuple[Fraction, int]:
    try:
        return Factor.parse(amount).value, 0
    except ValueError:
        pass
    try:
        return Fraction(1), Duration.parse(amount).nanoseconds
    except ValueError:
        raise UsageError(
            f"`{amount}` in `--slow {text}` is no amount; write a factor `5x` or a time `200ms`."
        ) from None


def _result(architecture: Architecture, compiled: Compiled, world: World, flow_id: str, options: TraceOptions) -> Trace:
    flow = architecture.flows[flow_id]
    until = world.asked[FIRST_REQUEST + ASKED_UNTIL]
    calls = read_log(compiled, world.log, FIRST_REQUEST).tree()
    answered = Trace(
        system=architecture.name,
        flow=flow_id,
        title=flow.title,
        caller=flow.from_,
        request=flow.request,
        response=flow.response,
        options=options,
        status=world.asked[FIRST_REQUEST + ASKED_STATUS] or None,
        cause=CAUSES[world.asked[FIRST_REQUEST + ASKED_CAUSE]] or None,
        degraded=bool(world.asked[FIRST_REQUEST + ASKED_DEGRADED]),
        response_ns=until if until >= 0 else None,
        calls=calls,
        events=tell(compiled, world.log),
        notes=(*_notes(compiled, options, calls), not_modelled(architecture, compiled, alone=True)),
    )
    emitted = emitted_by(architecture, answered)
    return replace(answered, emitted=emitted, alerts=verdicts(architecture, answered))


def _notes(compiled: Compiled, options: TraceOptions, calls: tuple[Call | OwnWork, ...]) -> tuple[str, ...]:
    """What the reader has to know to take the figures for what they are."""
    notes = [f"assumed: {sentence}" for sentence in (*compiled.names.assumed, *_untimed(calls))]
    notes += compiled.names.passed_over
    random = any(draw.time is not None and draw.time.is_random for draw in compiled.names.draws)
    if options.sample:
        notes.append(f"every random quantity is drawn: seed {options.seed}, request {options.number}")
    elif random:
        notes.append("every random time stands at its median; a sum of medians is not the median of the sum")
    return tuple(notes)


def _untimed(calls: tuple[Call | OwnWork, ...]) -> Iterator[str]:
    """A sentence on those of whom nothing says how long they take."""
    waiting, found = list(calls), dict[str, None]()
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, Call):
            waiting += item.children
            if not item.timed:
                found[f"`{item.component}`"] = None
    if found:
        *others, last = found
        whom = f"{', '.join(others)} and {last}" if others else last
        yield f"no time for {whom}, because no `takes`, `cpu` or `latency` says how long a call takes"
