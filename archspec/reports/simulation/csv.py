"""The flows of a simulation as CSV: one line per flow."""

from collections.abc import Iterator, Sequence

from archspec.reports import Simulation, Subject, csv_report
from archspec.simulation import Estimate, FlowResult, Interval
from archspec.simulation.log import CAUSES

PERCENTILES = ("p50", "p90", "p95", "p99", "p99.9")


def rows(simulation: Simulation) -> Iterator[Sequence[object]]:
    """Counts, failures by cause, and response times in milliseconds; empty where there is no such figure.

    After each figure stands the half-width of its interval, after the share of successes the limits of it.
    """
    causes = [cause for cause in CAUSES if cause]
    names = ("mean", *PERCENTILES)
    heads = ["flow", "seed", "offered", "ok", "degraded", *causes, "in_flight", "success", "success_low"]
    heads += ["success_high", "throughput", *(f"{name}{part}" for name in names for part in ("_ms", "_half_width_ms"))]
    yield heads
    for flow in simulation.results.flows:
        failed, limits = dict(flow.failed), flow.success_interval or Interval()
        row: list[object] = [flow.flow, simulation.results.seed, flow.offered, flow.ok, flow.degraded]
        row += [failed.get(cause, 0) for cause in causes]
        row += [flow.in_flight, flow.success, limits.low, limits.high, flow.throughput]
        estimates = _estimates(flow)
        for name in names:
            estimate = estimates.get(name)
            row += [_milliseconds(estimate.value), _milliseconds(estimate.half_width)] if estimate else [None, None]
        yield row


def _estimates(flow: FlowResult) -> dict[str, Estimate]:
    return {"mean": flow.latency.mean, **dict(flow.latency.percentiles)} if flow.latency is not None else {}


def _milliseconds(nanoseconds: float | None) -> float | None:
    return None if nanoseconds is None else nanoseconds / 1e6


REPORT = csv_report(Subject.SIMULATION, rows)
