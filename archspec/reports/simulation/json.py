"""The results of a simulation as JSON: what other programs read."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from archspec.reports import Simulation, Subject, json_report, milliseconds
from archspec.simulation import ComponentResult, Estimate, FlowResult, Latency, Series, SessionResult, failures_of


def data(simulation: Simulation) -> dict[str, Any]:
    """Everything but single requests; times in milliseconds, moments in seconds."""
    results = simulation.results
    return {
        "system": results.system,
        "scenario": results.scenario,
        "seed": results.seed,
        "duration_s": results.duration / 1e9,
        "warm_up_s": results.warm_up / 1e9,
        "ending": results.ending,
        "flows": {flow.flow: _flow(flow, simulation.timeline) for flow in results.flows},
        "components": {component.component: _component(component) for component in results.components},
        "queues": {each.queue: _told(each, "queue") for each in results.queues},
        "jobs": [_told(each) for each in results.jobs],
        "sessions": [_session(each) for each in results.sessions],
        "pools": [_told(each, seconds=("mean_wait", "p99_wait")) for each in results.pools],
        "functions": [{**_told(each), "cold_share": each.cold_share} for each in results.functions],
        "subscriptions": [
            _told(each, seconds=("oldest", "mean_delay", "longest_delay")) for each in results.subscriptions
        ],
        "alerts": [
            {"alert": change.alert, "at_s": change.at / 1e9, "state": change.state, "told": list(change.told)}
            for change in results.alerts
        ],
        "events": [{"at_s": event.at / 1e9, "text": event.text} for event in results.events],
        "series": [
            {
                "name": series.name,
                "unit": series.unit,
                "times_s": [time / 1e9 for time in series.times],
                "values": list(series.values),
            }
            for series in results.series
        ],
        "missed": list(results.missed),
        "bottleneck": results.bottleneck,
        "assumed": list(results.assumed),
        "notes": list(results.notes),
    }


def _told(value: Any, *without: str, seconds: Sequence[str] = ()) -> dict[str, Any]:
    """What a result says by its fields' names; these, which are in nanoseconds, in seconds."""
    told = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in without}
    named = ((f"{name}_s", _scaled(item, 1e9)) if name in seconds else (name, item) for name, item in told.items())
    return dict(named)


def _scaled(value: float | None, unit: float) -> float | None:
    return None if value is None else value / unit


def _session(each: SessionResult) -> dict[str, Any]:
    return {**_told(each, "longest_below"), "longest_below_s": each.longest_below / 1e9}


def _flow(flow: FlowResult, timeline: Sequence[Series]) -> dict[str, Any]:
    return {
        "offered": flow.offered,
        "ok": flow.ok,
        "degraded": flow.degraded,
        "failed": dict(flow.failed),
        "failures_over_time": [
            {"cause": cause, "times_s": [time / 1e9 for time in series.times], "per_s": list(series.values)}
            for cause, series in failures_of(flow.flow, timeline).items()
        ],
        "in_flight": flow.in_flight,
        "success": flow.success,
        "success_interval": None if flow.success_interval is None else asdict(flow.success_interval),
        "throughput_per_s": flow.throughput,
        "overloaded": flow.overloaded,
        "latency_ms": _latency(flow.latency),
        "failed_latency_ms": _latency(flow.failed_latency),
    }


def _latency(latency: Latency | None) -> dict[str, Any] | None:
    if latency is None:
        return None
    return {"mean": _estimate(latency.mean), **{name: _estimate(value) for name, value in latency.percentiles}}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    half = _scaled(estimate.half_width, 1e6)
    return {"value": milliseconds(round(estimate.value)), "half_width": half, "why": estimate.why}


def _component(component: ComponentResult) -> dict[str, Any]:
    return {
        **_told(component, "component", "mean_wait", "intervals"),
        "mean_wait_ms": _scaled(component.mean_wait, 1e6),
        "intervals": dict(_interval(name, estimate) for name, estimate in component.intervals),
    }


def _interval(name: str, estimate: Estimate) -> tuple[str, dict[str, Any]]:
    """A figure of a component with its interval, a time in milliseconds."""
    unit = 1e6 if name == "mean_wait" else 1.0
    half = _scaled(estimate.half_width, unit)
    key = "mean_wait_ms" if name == "mean_wait" else name
    return key, {"value": estimate.value / unit, "half_width": half, "why": estimate.why}


REPORT = json_report(Subject.SIMULATION, data)
