"""A whole load run through the system: many arrivals, faults and samples in the engine."""

from collections.abc import Callable
from dataclasses import replace

from archspec.model import Architecture
from archspec.simulation.asked import Asked, program_of, understood
from archspec.simulation.engine import Engine
from archspec.simulation.evaluation import answers, collect
from archspec.simulation.length import PRECISION, ending, lacking, looks_of, next_look
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results
from archspec.simulation.run import Run

Progress = Callable[[float], None]


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
    architecture: Architecture,
    options: SimulationOptions | None = None,
    progress: Progress | None = None,
) -> Run:
    """The run itself, for those who want its log.

    Without a length it is run again, longer, until what is asked of it is known (see `length`).
    """
    asked = understood(architecture, options or SimulationOptions())
    looks = _looks(asked)
    if len(looks) == 1:
        return _run(asked, looks[0], progress)
    precision, place = asked.options.precision or PRECISION, 0
    while True:
        run = _run(asked, looks[place], progress and _up_to(looks[place], looks[-1], progress))
        flows, is_overloaded = answers(run)
        found = list(lacking(flows, precision))
        if is_overloaded or not found or place == len(looks) - 1:
            requests = run.arrived
            return replace(run, ending=ending(found, precision, requests, is_overloaded=is_overloaded))
        place = next_look(looks, place, found, precision)


def lengths(architecture: Architecture, options: SimulationOptions) -> tuple[int, ...]:
    """The lengths after which a run may end, in nanoseconds; a single one where it is said or load or system change."""
    return _looks(understood(architecture, options))


def _looks(asked: Asked) -> tuple[int, ...]:
    return looks_of(asked.architecture, asked.scenario, asked.options, asked.loads)


def _up_to(length: int, longest: int, progress: Progress) -> Progress:
    """The progress of a run of this length, as a share of the longest that there may be."""
    return lambda share: progress(share * length / longest)


def _run(asked: Asked, duration: int, progress: Progress | None) -> Run:
    program = program_of(asked, duration)
    engine = Engine(program)
    engine.advance(duration, progress)
    return Run(asked.architecture, asked.compiled, engine, asked.options, asked.scenario, asked.loads, program.run)
