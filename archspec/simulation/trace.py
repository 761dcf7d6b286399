"""One request walked through the system: a run of the engine with one arrival, watched."""

from collections.abc import Iterator
from dataclasses import field, replace
from functools import cached_property
from itertools import islice

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import named, unknown
from archspec.model import Architecture, Caching, Flow, Function, Start
from archspec.simulation.calls import read_log
from archspec.simulation.compile import compile_system
from archspec.simulation.emissions import emitted_by
from archspec.simulation.engine import Engine, View
from archspec.simulation.events import events_of
from archspec.simulation.faults import supposed_down, supposed_slow
from archspec.simulation.log import CAUSES, ROW, Told
from archspec.simulation.names import Compiled
from archspec.simulation.not_modelled import not_modelled
from archspec.simulation.program import Program, Request, Run
from archspec.simulation.trace_model import Call, OwnWork, Trace, TraceOptions, is_good
from archspec.simulation.verdicts import verdicts


def trace(architecture: Architecture, flow_id: str, options: TraceOptions | None = None) -> Trace:
    """Walk one request of a flow through an empty system at time 0.

    Every time is its distribution's median and every chance its likelier side, unless `options.sample`; what the
    options say has failed, failed long ago (`fail`) or just now (`just_failed`).

    Raises:
        UsageError: the flow, or something the options name, is not there; says what is.

    """
    return Tracer(architecture, flow_id).trace(options or TraceOptions())


def response_times(architecture: Architecture, flows: tuple[str, ...]) -> dict[str, int | None]:
    """By flow the time of one request as `trace` walks it, in nanoseconds; the system is compiled once for all of them.

    None where the request fails, or where nothing says how long anything takes.

    Raises:
        UsageError: the system cannot be run; says why.

    """
    compiled = compile_system(architecture, flows)
    alone = tuple(flow._replace(via=None) for flow in compiled.system.flows)
    runs = [Run(sampled=False, watch="everything", request=Request(number, 0)) for number in range(len(flows))]
    found: dict[str, int | None] = {}
    engine: Engine | None = None
    for flow, run in zip(flows, runs, strict=True):
        if engine is None:
            engine = Engine(Program(compiled.system._replace(flows=alone), run))
        else:
            engine.again(run)
        engine.advance(None)
        time, _, _, status, *_ = _answer(engine.rows(View.LOG, ROW)) or (None, 0, 0, 0)
        # Nothing takes no time, and what nobody says the time of seems to.
        is_timed = time != 0 or trace(architecture, flow).timed
        found[flow] = time if is_good(status or None) and is_timed else None
    return found


def _answer(log: list[tuple[int, ...]]) -> tuple[int, ...] | None:
    return next((entry for entry in log if entry[1] == Told.RESPONSE), None)


@frozen(slots=False)
class Tracer:
    """Walks requests of one flow, one after the other; the system is compiled, and read by the engine, once."""

    architecture: Architecture
    flow: str
    _engines: list[Engine] = field(default_factory=list)

    def trace(self, options: TraceOptions) -> Trace:
        """As the function `trace`."""
        compiled = self.compiled
        engine = self._begun(compiled, self._run(compiled, options))
        engine.advance(None)
        return _result(self.architecture, compiled, engine.rows(View.LOG, ROW), self.flow, options)

    @cached_property
    def compiled(self) -> Compiled:
        """The flow as the engine runs it."""
        named("flow", self.flow, self.architecture.flows)
        return compile_system(self.architecture, (self.flow,))

    def _begun(self, compiled: Compiled, run: Run) -> Engine:
        if self._engines:
            self._engines[0].again(run)
        else:
            self._engines.append(Engine(Program(compiled.system, run)))
        return self._engines[0]

    def _run(self, compiled: Compiled, options: TraceOptions) -> Run:
        architecture = self.architecture
        down = [
            supposed_down(architecture, compiled, name, noticed=noticed)
            for names, noticed in ((options.fail, True), (options.just_failed, False))
            for name in names
        ]
        slow = [supposed_slow(architecture, compiled, text) for text in options.slow]
        return Run(
            seed=str(options.seed % 2**64),
            sampled=options.sample,
            watch="everything",
            misses=tuple(self._cache(compiled, name) for name in options.miss),
            supposed=(*down, *slow),
            request=Request(0, options.number),
        )

    def _cache(self, compiled: Compiled, name: str) -> int:
        component = self.architecture.components.get(name)
        if component is None:
            caches = [c.id for c in self.architecture.components.values() if isinstance(c, (Caching, Function))]
            raise unknown(f"there is no cache `{name}`", name, caches)
        if not isinstance(component, (Caching, Function)):
            told = f"`{name}` is a {component.kind}, and only a cache, cdn or function (which starts cold) can miss"
            raise UsageError(f"{told}; name one of those.")
        return compiled.numbers[name]


def _result(
    architecture: Architecture, compiled: Compiled, log: list[tuple[int, ...]], flow_id: str, options: TraceOptions
) -> Trace:
    flow = architecture.flows[flow_id]
    until, _, _, status, cause, degraded = _answer(log) or (None, 0, 0, 0, 0, 0)
    calls = read_log(compiled, log, 0).tree()
    answered = Trace(
        system=architecture.name,
        flow=flow_id,
        title=flow.title,
        caller=flow.from_,
        request=flow.request,
        response=flow.response,
        options=options,
        status=status or None,
        cause=CAUSES[cause] or None,
        degraded=bool(degraded),
        response_ns=until,
        calls=calls,
        events=events_of(compiled, log),
        notes=(*_notes(compiled, options, calls), not_modelled(architecture, compiled, alone=True)),
        due=_due(flow),
    )
    emitted = emitted_by(architecture, answered)
    return replace(answered, emitted=emitted, alerts=verdicts(architecture, answered))


def _due(flow: Flow) -> str | None:
    if flow.schedule is None:
        return flow.comes if flow.comes_by_clock else None
    first = islice(flow.schedule.minutes_from(Start.first()), 3)
    return f"{flow.comes}: {', '.join(str(Start(minute)) for minute in first)}, …"


def _notes(compiled: Compiled, options: TraceOptions, calls: tuple[Call | OwnWork, ...]) -> tuple[str, ...]:
    """What the reader has to know to take the figures for what they are."""
    assumed = compiled.assumed(sampled=options.sample, misses=frozenset(options.miss))
    notes = [f"assumed: {sentence}" for sentence in (*assumed, *_untimed(calls))]
    notes += compiled.passed_over
    if options.sample:
        notes.append(f"every random quantity is drawn: seed {options.seed}, request {options.number}")
    elif compiled.is_random:
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
