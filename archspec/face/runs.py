"""`trace`, `simulate`, `compare`, `find_capacity` and `sweep`, over the engine's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from archspec.errors import UsageError
from archspec.face.comparisons import Comparison, Sweep
from archspec.face.given import SystemLike, architecture_of, place_of
from archspec.face.simulations import Capacity, Simulation
from archspec.face.traces import Delivery, Trace
from archspec.language import named
from archspec.language.what_if import changed
from archspec.model import Architecture, Duration

if TYPE_CHECKING:
    from archspec.simulation import SimulationOptions

Names = str | Sequence[str]
"""One name, or several."""
Time = str | float
"""A time: `"90s"`, `"5m"`, or a number of seconds."""
Progress = Callable[[float], None]
"""Is called now and then with the share of the work that is done, 0 to 1."""
Settings = Mapping[str, Sequence[Any]]
"""The values that each field takes in turn: `{"api.replicas": [3, 6, 9]}`."""


def trace(
    system: SystemLike,
    flow: str | None = None,
    *,
    fail: Names = (),
    just_failed: Names = (),
    slow: Names = (),
    miss: Names = (),
    sample: bool = False,
    seed: int = 1,
    number: int = 0,
) -> Trace:
    """Walk one request of a flow (default: the first) through the system at rest, as `archspec trace` does.

    `fail` names what has been down for long: components, replicas such as `api-2`, groups; `just_failed` what went down
    a moment ago, so that nobody has noticed. `slow` takes `api=5x` and `api -> db=200ms`, `miss` the caches that miss.
    Random times stand at their medians, unless `sample` draws them: those of request `number` of the stream that `seed`
    gives.

    Raises:
        UsageError: the flow, or something that is named, is not there; says what is.

    """
    from archspec.face.told import told_trace
    from archspec.simulation import TraceOptions
    from archspec.simulation.trace import trace as walk

    architecture = architecture_of(system)
    if flow is None and not architecture.flows:
        raise UsageError("the spec has no flows; write what a request does under `flows:`.")
    options = TraceOptions(_all(fail), _all(slow), _all(miss), _all(just_failed), sample, seed, number)
    return told_trace(walk(architecture, flow or next(iter(architecture.flows)), options))


def trace_pipeline(system: SystemLike, pipeline: str, *, fail: Names = ()) -> Delivery:
    """Walk one change through a pipeline, as `archspec trace --pipeline` does; a stage in `fail` stops it.

    Raises:
        UsageError: there is no such pipeline or stage; says what there is.

    """
    from archspec.face.told import told_delivery
    from archspec.simulation import trace_pipeline as walk

    return told_delivery(walk(architecture_of(system), pipeline, _all(fail)))


def simulate(
    system: SystemLike,
    *,
    scenario: str | None = None,
    duration: Time | None = None,
    warm_up: Time | None = None,
    precision: float | None = None,
    seed: int = 1,
    replications: int = 1,
    confidence: float = 0.95,
    load: float = 1,
    fail: Names = (),
    just_failed: Names = (),
    sample_traces: int = 0,
    sample: Literal["notable", "uniform"] = "notable",
    jobs: int = -1,
    progress: Progress | None = None,
) -> Simulation:
    """Run the load of a scenario, else every flow at its own rate, as `archspec simulate` does.

    Without `duration`, which the scenario may give too, it runs until every figure is known within `precision`
    (default: 0.05). `warm_up` is left out of the figures; default: a tenth, or nothing where load or system change. The
    same `seed` gives the same figures; `replications` run with seeds derived from it, `jobs` of them at once (-1: one
    for each core). `load` is a factor of the load; what `fail` and `just_failed` name stays down, as for `trace`. Of so
    many `sample_traces` requests the whole trace is kept: of failed and slow ones, or of a `uniform` sample of all.

    Raises:
        UsageError: the scenario, or something it names, is not there or cannot be run; says what to change.

    """
    from archspec.face.told import told_simulation
    from archspec.reports import Simulation as Reported
    from archspec.simulation import at_level
    from archspec.simulation.sampled_traces import sampled_traces
    from archspec.simulation.studies.replications import run_often
    from archspec.simulation.timeline import fault_stretches, load_timeline, timeline

    architecture = at_level(architecture_of(system), scenario, level_of(load))
    options = _options(system, scenario, duration, warm_up, precision, seed, confidence)
    options = replace(options, keep_requests=sample_traces > 0, fail=_all(fail), just_failed=_all(just_failed))
    count = _at_least_one("replications", replications)
    results, first = run_often(architecture, options, count, progress, jobs)
    kept = sampled_traces(first, sample_traces, uniform=sample == "uniform") if sample_traces else ()
    reported = Reported(results, timeline(first), load=load_timeline(first), faults=fault_stretches(first))
    return told_simulation(reported, kept)


def find_capacity(
    system: SystemLike,
    *,
    scenario: str | None = None,
    duration: Time | None = None,
    warm_up: Time | None = None,
    seed: int = 1,
    confidence: float = 0.95,
    progress: Progress | None = None,
) -> Capacity:
    """Search the highest load that still meets every objective, as `archspec simulate --find-capacity` does.

    Raises:
        UsageError: as `simulate`.

    """
    from archspec.face.told import told_capacity
    from archspec.simulation import find_capacity as search

    options = _options(system, scenario, duration, warm_up, None, seed, confidence)
    return told_capacity(search(architecture_of(system), options, progress))


def compare(
    system: SystemLike | Mapping[str, SystemLike],
    settings: Settings | None = None,
    *,
    scenario: str | None = None,
    duration: Time | None = None,
    warm_up: Time | None = None,
    precision: float | None = None,
    seed: int = 1,
    replications: int = 1,
    confidence: float = 0.95,
    jobs: int = -1,
    progress: Progress | None = None,
) -> Comparison:
    """Run the same requests through several variants, as `archspec simulate --compare` does.

    The variants are the system with each combination of `settings`, named such as `api.replicas=6`; or several systems
    under names of your own. Differences are from the first. The rest is as for `simulate`.

    Raises:
        UsageError: as `simulate`; also where there is nothing to compare.
        SpecError: a setting names nothing, or makes the system invalid.

    """
    from archspec.face.told import told_comparison
    from archspec.simulation import compare as run

    systems = dict(system) if isinstance(system, Mapping) else {"": system}
    variants = [
        (", ".join(filter(None, (name, *(f"{key}={value}" for key, value in chosen.items())))), architecture)
        for name, each in systems.items()
        for chosen, architecture in _variants(architecture_of(each), settings or {})
    ]
    if len(variants) < 2:
        raise UsageError('there is nothing to compare; give settings such as {"api.replicas": [3, 6]}, or two systems.')
    first = next(iter(systems.values()))
    options = _options(first, scenario, duration, warm_up, precision, seed, confidence)
    return told_comparison(run(variants, options, _at_least_one("replications", replications), progress, jobs))


def sweep(
    system: SystemLike,
    settings: Settings | None = None,
    *,
    load: Sequence[float] = (1,),
    faults: Literal["none", "all", "pairs"] = "none",
    replications: int = 1,
    scenario: str | None = None,
    duration: Time | None = None,
    warm_up: Time | None = None,
    seed: int = 1,
    jobs: int = -1,
    cluster: str | None = None,
    results: str | PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Simulate every combination of settings, loads and faults, as `archspec sweep` does.

    `load` are factors of the spec's load. With `faults="all"` each thing fails in turn from a quarter of the run on,
    with `"pairs"` also each two. `cluster` is the address of a Dask scheduler to run on; in the folder `results` each
    run is kept, so that a sweep can be taken up again.

    Raises:
        UsageError: as `simulate`; also where the folder cannot be used.
        SpecError: a setting names nothing, or makes the system invalid.

    """
    from archspec.face.told import told_sweep
    from archspec.language.dump import dump
    from archspec.reports import Sweep as Reported
    from archspec.simulation.studies.sweep import on_cluster, on_cores
    from archspec.simulation.studies.sweep import sweep as run
    from archspec.simulation.studies.sweep_plan import Asked, Variant, double_faults, single_faults, tasks_of

    base = architecture_of(system)
    made = _variants(base, settings or {})
    variants = [
        Variant(tuple((key, str(value)) for key, value in chosen.items()), dump(architecture))
        for chosen, architecture in made
    ]
    struck = {"none": lambda _: ((),), "all": single_faults, "pairs": double_faults}
    asked = Asked(
        scenario,
        time_of("duration", duration),
        time_of("warm_up", warm_up),
        seed,
        _at_least_one("replications", replications),
        place_of(system).parent.absolute(),
    )
    levels = [level_of(factor) for factor in load]
    tasks = tasks_of(variants, levels, named("set of faults", faults, struck)(made[0][1]), asked)
    runner = on_cores(jobs) if cluster is None else on_cluster(cluster)
    given = {variant.settings: chosen for variant, (chosen, _) in zip(variants, made, strict=True)}
    done = run(tasks, runner, None if results is None else Path(fspath(results)), progress)
    return told_sweep(Reported(tasks, done, architecture=made[0][1]), given)


def _variants(base: Architecture, settings: Settings) -> list[tuple[dict[str, Any], Architecture]]:
    """Every combination of settings, and the architecture that it gives."""
    combinations = product(*([(key, value) for value in values] for key, values in settings.items()))
    chosen = [dict(combination) for combination in combinations]
    return [(each, changed(base, each) if each else base) for each in chosen]


def _options(
    system: SystemLike,
    scenario: str | None,
    duration: Time | None,
    warm_up: Time | None,
    precision: float | None,
    seed: int,
    confidence: float,
) -> "SimulationOptions":
    from archspec.simulation import SimulationOptions

    return SimulationOptions(
        scenario=scenario,
        duration=time_of("duration", duration),
        warm_up=time_of("warm_up", warm_up),
        seed=seed,
        confidence=_share("confidence", confidence),
        folder=place_of(system).parent,
        precision=None if precision is None else _share("precision", precision),
    )


def time_of(name: str, value: Time | None) -> "Duration | None":
    """A time as it may be given. Raises UsageError."""
    if value is None:
        return None
    text = value if isinstance(value, str) else f"{value:.9f}s"
    try:
        return Duration.parse(text)
    except ValueError as error:
        raise UsageError(f"{name}={value!r}: {error}; write a text with its unit such as '90s', or seconds.") from None


def _share(name: str, value: float) -> float:
    if not 0 < value < 1:
        raise UsageError(f"{name}={value!r}: it lies between 0 and 1; write 0.95 or 0.05, say.")
    return value


def level_of(factor: float) -> Fraction:
    """A factor of a load. Raises UsageError."""
    if not factor > 0:
        raise UsageError(f"load={factor!r}: a factor of the load is above 0; write 1 for the spec's own.")
    return Fraction(str(factor))


def _at_least_one(name: str, count: int) -> int:
    if count < 1:
        raise UsageError(f"{name}={count!r}: it is a number of runs; write 1 or more.")
    return count


def _all(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
