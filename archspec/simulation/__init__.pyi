"""Requests as they run: flows compiled to a program, the engine that runs it, and what is read from its log.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.simulation.delivery import DeliveryTrace, StageState, StageTrace, trace_pipeline
from archspec.simulation.options import SimulationOptions, is_stationary, scrape_interval
from archspec.simulation.percentiles import SHARES, Tally, percentile_of, together
from archspec.simulation.program import Program
from archspec.simulation.results import (
    AlertChange,
    ComponentResult,
    Estimate,
    FlowResult,
    FunctionResult,
    Interval,
    JobResult,
    Latency,
    PoolResult,
    QueueResult,
    RequestResult,
    Results,
    Series,
    SessionResult,
    SubscriptionResult,
)
from archspec.simulation.run import Message, Run
from archspec.simulation.sampled_traces import SampledTrace
from archspec.simulation.studies.comparison import Compared, Comparison, compare
from archspec.simulation.studies.load_level import at_level
from archspec.simulation.studies.search import Capacity, find_capacity
from archspec.simulation.studies.sweep_plan import Task, Variant
from archspec.simulation.timeline import FaultStretch, LoadTimeline, failures_of
from archspec.simulation.trace_model import Call, Event, Measurement, OwnWork, Stretch, Trace, TraceOptions, Verdict

__all__ = [
    "SHARES",
    "AlertChange",
    "Call",
    "Capacity",
    "Compared",
    "Comparison",
    "ComponentResult",
    "DeliveryTrace",
    "Estimate",
    "Event",
    "FaultStretch",
    "FlowResult",
    "FunctionResult",
    "Interval",
    "JobResult",
    "Latency",
    "LoadTimeline",
    "Measurement",
    "Message",
    "OwnWork",
    "PoolResult",
    "Program",
    "QueueResult",
    "RequestResult",
    "Results",
    "Run",
    "SampledTrace",
    "Series",
    "SessionResult",
    "SimulationOptions",
    "StageState",
    "StageTrace",
    "Stretch",
    "SubscriptionResult",
    "Tally",
    "Task",
    "Trace",
    "TraceOptions",
    "Variant",
    "Verdict",
    "at_level",
    "compare",
    "failures_of",
    "find_capacity",
    "is_stationary",
    "percentile_of",
    "scrape_interval",
    "together",
    "trace_pipeline",
]
PLACES: dict[str, str]
