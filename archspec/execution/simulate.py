"""A whole load run through the system: the same kernel, with many arrivals, faults and samples."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from archspec.errors import UsageError
from archspec.execution.arriving import await_request, think
from archspec.execution.compile import compile_program
from archspec.execution.evaluation import answers, collect
from archspec.execution.faults import random_faults, set_faults, set_scalers
from archspec.execution.finished import Run, SimulationOptions, is_stationary, scrape_interval
from archspec.execution.kernel import run
from archspec.execution.layout import CHECK, CHECK_SIZE, CONTROLLER, EVENTS, EVERYTHING, NONE, SAMPLE, SCRAPING
from archspec.execution.lean.drive import lean_run
from archspec.execution.length import PRECISION, ending, lacking, looks_of, next_look
from archspec.execution.loads import arrival_times, loads_of
from archspec.execution.phases import phases
from archspec.execution.places import did_you_mean
from archspec.execution.program import Compiled, Draw
from archspec.execution.randomness import Philox
from archspec.execution.results import Results
from archspec.execution.sampling import sampled
from archspec.execution.start import new_world
from archspec.execution.state import BLOCK_BITS, SCRAPE_INTERVAL, World, schedule_always
from archspec.language.what_if import in_scenario
from archspec.model.architecture import Architecture
from archspec.model.scenario import Fault, Load, Scenario

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Times = NDArray[np.int64]

STEPS_OF_PROGRESS = 100
MOST_USERS = 100_000
"""Closed clients of a flow: each is kept for the whole run."""
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A run that is understood, but for its length."""

    architecture: Architecture
    options: SimulationOptions
    scenario: Scenario | None
    loads: dict[str, Load]
    compiled: Compiled


def simulate(
    architecture: Architecture, options: SimulationOptions | None = None, progress: Progress | None = None
) -> Results:
    """Run the load of a scenario, or every flow at its own rate, and tell what came of it.

    `progress` is called now and then with the share of the duration that is over.

    Raises:
        UsageError: the scenario, or something it names, is not there or cannot be run; says what to change.
        DefectError: a count does not add up, which is archspec's own mistake.

    """
    return collect(run_simulation(architecture, options, progress))


def run_simulation(
    architecture: Architecture, options: SimulationOptions | None = None, progress: Progress | None = None
) -> Run:
    """The run itself, for those who want its log.

    Without a length it is run again, longer, until what is asked of it is known (see `length`).
    """
    asked, looks = _understood(architecture, options or SimulationOptions())
    if len(looks) == 1:
        return _run(asked, looks[0], progress)
    precision, place = asked.options.precision or PRECISION, 0
    while True:
        run = _run(asked, looks[place], progress and _up_to(looks[place], looks[-1], progress))
        flows, is_overloaded = answers(run)
        found = list(lacking(flows, precision))
        if is_overloaded or not found or place == len(looks) - 1:
            requests = sum(len(requests.at) for requests in run.requests)
            return replace(run, ending=ending(found, precision, requests, is_overloaded=is_overloaded))
        place = next_look(looks, place, found, precision)


def lengths(architecture: Architecture, options: SimulationOptions) -> tuple[int, ...]:
    """The lengths after which a run may end, in nanoseconds; a single one where it is said or load or system change."""
    return _understood(architecture, options)[1]


def _understood(architecture: Architecture, options: SimulationOptions) -> tuple[_Asked, tuple[int, ...]]:
    scenario = _scenario(architecture, options.scenario)
    if scenario is not None:
        architecture = in_scenario(architecture, scenario)
        scenario = architecture.scenarios[scenario.id]
    loads = loads_of(scenario, dict(architecture.flows))
    for flow in loads:
        if flow not in architecture.flows:
            raise UsageError(f"the load names no flow `{flow}`; {did_you_mean(flow, list(architecture.flows))}")
    if not loads:
        raise UsageError("no flow has a `rate`, so there is nothing to simulate; give a flow a rate, such as `100/s`.")
    compiled = compile_program(architecture, tuple(loads), sampled=True)
    return _Asked(architecture, options, scenario, loads, compiled), looks_of(architecture, scenario, options, loads)


def _up_to(length: int, longest: int, progress: Progress) -> Progress:
    """The progress of a run of this length, as a share of the longest that there may be."""
    return lambda share: progress(share * length / longest)


def _run(asked: _Asked, duration: int, progress: Progress | None) -> Run:
    """The run over a length, by the lean kernel where that can do it."""
    architecture, options, scenario, loads, compiled = (
        asked.architecture,
        asked.options,
        asked.scenario,
        asked.loads,
        asked.compiled,
    )
    faults = scenario.faults if scenario else ()
    if scenario is not None and scenario.random_faults:
        faults += random_faults(architecture, duration, options.seed)
    warm_up = _warm_up(scenario, options, loads, duration)
    arrivals = {
        flow: arrival_times(architecture.flows[flow], load, duration, options.seed, options.folder)
        for flow, load in loads.items()
        if load.users is None
    }

    def finished(world: World, first: list[int], last: list[int]) -> Run:
        return Run(architecture, compiled, world, options, scenario, loads, duration, warm_up, first, last)

    if not faults and not options.keep_requests and len(arrivals) == len(loads):
        world = _prepare(architecture, compiled, loads, faults, options)
        lean = lean_run(compiled, world, list(arrivals.values()), fast=options.compiled)
        if lean is not None and lean.run(duration, warm_up, progress):
            return finished(lean.world, lean.first, lean.last)
    world = _prepare(architecture, compiled, loads, faults, options)
    world = _load(compiled, world, loads, arrivals, duration, as_array=options.compiled)
    moments = sorted({*(duration * step // STEPS_OF_PROGRESS for step in range(1, STEPS_OF_PROGRESS + 1)), warm_up})
    if options.compiled:
        from archspec.execution.compiled import run_compiled

        return finished(*run_compiled(compiled.program, world, moments, warm_up, progress))
    return finished(world, *_run_through(compiled, world, moments, warm_up, progress))


def _scenario(architecture: Architecture, id_: str | None) -> Scenario | None:
    if id_ is None:
        return None
    if id_ not in architecture.scenarios:
        raise UsageError(f"there is no scenario `{id_}`; {did_you_mean(id_, list(architecture.scenarios))}")
    return architecture.scenarios[id_]


def _warm_up(
    scenario: Scenario | None,
    options: SimulationOptions,
    loads: dict[str, Load],
    duration: int,
) -> int:
    """As asked, else a tenth of the run where the load is stationary and nothing goes wrong, else nothing."""
    asked = options.warm_up or (scenario.warm_up if scenario else None)
    if asked is not None:
        return min(asked.nanoseconds, duration)
    return duration // 10 if is_stationary(scenario, loads) else 0


def _prepare(
    architecture: Architecture,
    compiled: Compiled,
    loads: dict[str, Load],
    faults: tuple[Fault, ...],
    options: SimulationOptions,
) -> World:
    """A world with its checks, faults, scalers and samples scheduled, in this order, and how its clients think."""
    p = compiled.program
    draws = [*compiled.names.draws]
    thinking: dict[int, int] = {}
    for number, (flow, load) in enumerate(loads.items()):
        if load.users is not None:
            if load.users > MOST_USERS:
                told = f"a run keeps at most {MOST_USERS} closed clients, and `{flow}` has {load.users}"
                raise UsageError(f"{told}; scale the system down, or write a rate.")
            constant = load.think is None or not load.think.is_random
            p.constants.append(round(load.think.median) if load.think and constant else 0 if constant else NONE)
            draws.append(Draw(f"flows.{flow}#think", time=load.think, numbers=load.users))
            thinking[number] = len(draws) - 1
    source = Philox(draws, options.seed, BLOCK_BITS)
    world = new_world(p, source, recording=EVERYTHING if options.keep_requests else EVENTS)
    world.clock[SCRAPE_INTERVAL] = scrape_interval(architecture)[0]
    for number, draw in thinking.items():
        world.users[number] = draw
    for row, phase in zip(range(0, len(p.checks), CHECK_SIZE), phases(compiled, options.seed), strict=True):
        schedule_always(world, phase, CONTROLLER, CHECK, row)
    set_faults(architecture, compiled, world, faults)
    set_scalers(architecture, compiled, world)
    schedule_always(world, 0, SCRAPING, SAMPLE, 0)
    return world


def _load(
    compiled: Compiled,
    world: World,
    loads: dict[str, Load],
    arrivals: dict[str, "Times"],
    duration: int,
    *,
    as_array: bool,
) -> World:
    """Schedule the first request of every flow, or of every client that thinks; the world that knows them all.

    `as_array` leaves the moments of arrival the array that they are: good for compiled code, slow for plain.
    """
    import numpy as np

    place = 0
    moments: Any = np.concatenate([np.zeros(0, dtype=np.int64), *arrivals.values()])
    world = replace(world, arrivals=moments if as_array else moments.tolist())
    for number, (flow, load) in enumerate(loads.items()):
        if load.users is None:
            world.next_arrival[number] = place
            world.first_number[number] = -place
            place += len(arrivals[flow])
            world.arrival_end[number] = place
            await_request(world, number)
        else:
            world.last_arrival[number] = min(load.until.nanoseconds, duration) if load.until else duration
            for client in range(load.users):
                think(compiled.program, world, number, client, 0, 0)
    return world


def _run_through(
    compiled: Compiled, world: World, moments: list[int], warm_up: int, progress: Progress | None
) -> tuple[list[int], list[int]]:
    """Run to the last of the moments; the samples at the end of the warm-up and at the very end."""
    at_warm_up: list[int] = sampled(world)
    for number, moment in enumerate(moments, start=1):
        run(compiled.program, world, moment)
        if moment == warm_up:
            at_warm_up = sampled(world)
        if progress is not None:
            progress(number / len(moments))
    return at_warm_up, sampled(world)
