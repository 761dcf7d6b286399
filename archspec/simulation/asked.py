"""What a simulation is asked for, understood: as a Program for the engine."""

from collections.abc import Mapping

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.language import named, unknown
from archspec.language.what_if import in_scenario
from archspec.model import Architecture, Fault, Load, Scenario, Start
from archspec.simulation.alerts import alerts_of, time_limits
from archspec.simulation.compile import compile_system
from archspec.simulation.faults import check_partitions, check_scaling, fault_of, random_faults, supposed_down
from archspec.simulation.loads import check_count, load_of, loads_of
from archspec.simulation.names import Compiled
from archspec.simulation.options import SimulationOptions, is_stationary, scrape_interval, starts_of
from archspec.simulation.program import Program, Run


@frozen
class Asked:
    """A run that is understood, but for its length."""

    architecture: Architecture
    """As it is in the scenario."""
    options: SimulationOptions
    scenario: Scenario | None
    loads: Mapping[str, Load]
    """By flow, in the order of the program's flows."""
    compiled: Compiled

    @property
    def starts(self) -> Start:
        """When the run begins."""
        return starts_of(self.scenario)


def understood(architecture: Architecture, options: SimulationOptions) -> Asked:
    """The scenario, its loads, and the system that they run through.

    Raises:
        UsageError: the scenario, or something it names, is not there or cannot be run; says what to change.

    """
    scenario = _scenario(architecture, options.scenario)
    if scenario is not None:
        architecture = in_scenario(architecture, scenario)
        scenario = architecture.scenarios[scenario.id]
    loads = loads_of(scenario, architecture.flows)
    for flow in loads:
        if flow not in architecture.flows:
            raise unknown(f"the load names no flow `{flow}`", flow, architecture.flows)
    if not loads:
        raise UsageError(
            "no flow has a `rate`, so there is nothing to simulate; give a flow a rate, such as `100/s`, or `every` or "
            "a `schedule`."
        )
    check_scaling(architecture)
    return Asked(architecture, options, scenario, loads, compile_system(architecture, tuple(loads)))


def _scenario(architecture: Architecture, id_: str | None) -> Scenario | None:
    return None if id_ is None else named("scenario", id_, architecture.scenarios)


def program_of(asked: Asked, duration: int) -> Program:
    """The run over a length, in nanoseconds."""
    architecture, compiled, options, scenario = asked.architecture, asked.compiled, asked.options, asked.scenario
    flows = architecture.flows
    alerts, _ = alerts_of(architecture, compiled, tuple(asked.loads))
    scrape, evaluate = scrape_interval(architecture)
    faults = (*map(_at_once, options.just_failed), *(scenario.faults if scenario is not None else ()))
    loads = tuple(
        load_of(number, flows[id_], load, options.folder, asked.starts, duration)
        for number, (id_, load) in enumerate(asked.loads.items())
    )
    check_count(loads, duration)
    planned = tuple(fault_of(architecture, compiled, fault) for fault in faults)
    check_partitions(planned)
    run = Run(
        seed=str(options.seed % 2**64),
        until=duration,
        warm_up=warm_up_of(asked, duration),
        scrape=scrape,
        watch="everything" if options.keep_requests else "events",
        loads=loads,
        faults=planned,
        supposed=tuple(supposed_down(architecture, compiled, name, noticed=True) for name in options.fail),
        charts=options.charts,
        limits=time_limits(alerts.values(), len(loads), options.buckets),
        keeps_scrapes=options.keep_scrapes,
        alerts=tuple(alerts.values()),
        evaluate=evaluate,
        random_faults=tuple(random_faults(architecture, compiled)) if scenario and scenario.random_faults else (),
    )
    return Program(compiled.system, run)


def _at_once(name: str) -> Fault:
    """What goes down at the beginning of the run."""
    return Fault(partition=name) if "->" in name else Fault(fail=name)


def warm_up_of(asked: Asked, duration: int) -> int:
    """As asked, else a tenth of the run where the load is stationary and nothing goes wrong, else nothing."""
    stated = asked.options.warm_up or (asked.scenario.warm_up if asked.scenario else None)
    if stated is not None:
        return min(stated.nanoseconds, duration)
    return duration // 10 if is_stationary(asked.options, asked.scenario, asked.loads, asked.architecture.flows) else 0
