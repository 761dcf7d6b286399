"""How long the flows of a calibrated spec take, beside what was measured."""

from collections.abc import Mapping, Sequence

from archspec.conformance.comparison import FlowSeen
from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Architecture
from archspec.observation import quantile_of
from archspec.simulation import FlowResult, TraceOptions
from archspec.simulation.simulate import simulate
from archspec.simulation.trace import trace

_WALKS = 400
"""Requests drawn of a flow without a rate."""


@frozen
class Reached:
    """A flow as measured and as the calibrated spec has it; times in nanoseconds."""

    flow: str
    traces: int
    measured: tuple[float, float]
    """Median and 95th percentile."""
    modelled: tuple[float, float] | None
    """None where the calibrated spec cannot be run, or its queues grow without end."""
    load: str | None
    """The rate at which the flow was simulated, beside all others; None where it has none, and was walked alone."""


def reached(flows: Sequence[FlowSeen], calibrated: Architecture | None) -> tuple[Reached, ...]:
    """The flows of which times were measured: simulated under the rates of the spec, all at once."""
    simulated = _simulated(calibrated) if calibrated is not None and flows else {}
    found = []
    for flow in flows:
        values = sorted(value for root in flow.roots for value in root.lasted.values)
        median, high = (quantile_of(values, share, 0.0) for share in (0.5, 0.95))
        if median is None or high is None:
            continue
        id_, rate = flow.flow.id, calibrated.flows[flow.flow.id].rate if calibrated is not None else None
        modelled = None
        if calibrated is not None:
            modelled = _percentiles(simulated.get(id_)) if rate is not None else _walked(id_, calibrated)
        found.append(Reached(id_, flow.traces, (median.value, high.value), modelled, str(rate) if rate else None))
    return tuple(found)


def _simulated(architecture: Architecture) -> Mapping[str, FlowResult]:
    if not any(flow.rate for flow in architecture.flows.values()):
        return {}
    try:
        return {flow.flow: flow for flow in simulate(architecture).flows}
    except UsageError:
        return {}


def _percentiles(result: FlowResult | None) -> tuple[float, float] | None:
    if result is None or result.latency is None or result.overloaded:
        return None
    median, high = (result.latency.percentile(name) for name in ("p50", "p95"))
    return (median, high) if median is not None and high is not None else None


def _walked(flow: str, architecture: Architecture) -> tuple[float, float] | None:
    walked = [trace(architecture, flow, TraceOptions(sample=True, number=number)) for number in range(_WALKS)]
    times = sorted(each.response_ns for each in walked if each.response_ns is not None and each.succeeded)
    median, high = (quantile_of(times, share, 0.0) for share in (0.5, 0.95))
    return (median.value, high.value) if median is not None and high is not None else None
