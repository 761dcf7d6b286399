"""What is reported on where it is more than one result."""

from typing import TYPE_CHECKING

from archspec.frozen import frozen

if TYPE_CHECKING:
    from archspec.analysis.report import SystemReport
    from archspec.model import Architecture
    from archspec.simulation.fault_stretches import FaultStretch
    from archspec.simulation.load_timeline import LoadTimeline
    from archspec.simulation.results import Results, Series
    from archspec.simulation.run import Run
    from archspec.simulation.sampled_traces import SampledTrace
    from archspec.simulation.studies.sweep import Outcome
    from archspec.simulation.studies.sweep_plan import Task
    from archspec.simulation.trace_model import Trace
    from archspec.validators import Rule


@frozen
class Analysis:
    """The figures of a spec, and beside them those with some `settings` (`api.replicas=6`) instead of the spec's."""

    base: "SystemReport"
    changed: "SystemReport | None" = None
    settings: tuple[str, ...] = ()


@frozen
class TracedRequest:
    """A request that was walked, and the system that it was walked through."""

    architecture: "Architecture"
    trace: "Trace"


@frozen
class Traces:
    """Whole traces; `epoch` is the Unix time in nanoseconds at which they begin."""

    traces: "tuple[SampledTrace, ...]"
    epoch: int = 0


@frozen
class Simulation:
    """The results of a run, and its course; `epoch` is the Unix time in nanoseconds at which it begins."""

    results: "Results"
    timeline: "tuple[Series, ...]" = ()
    run: "Run | None" = None
    """The run itself (of several the first), for what is told of each sample."""
    epoch: int = 0
    load: "LoadTimeline | None" = None
    faults: "tuple[FaultStretch, ...]" = ()


@frozen
class Sweep:
    """The runs of a sweep with what came of each; `figure` is what a heat map shows."""

    tasks: "tuple[Task, ...]"
    outcomes: "tuple[Outcome, ...]"
    figure: str = "p99"
    architecture: "Architecture | None" = None
    """With the first of the settings: its name, and what its flows promise."""


@frozen
class RulePages:
    """Rules to be explained: each by its whole page, or all in a list."""

    rules: "tuple[Rule, ...]"
    is_whole: bool
