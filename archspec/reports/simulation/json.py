"""The results of a simulation as JSON: what other programs read."""

from __future__ import annotations

import json as standard
from dataclasses import asdict
from typing import Any

from archspec.printable import Syntax
from archspec.reports.calls import milliseconds
from archspec.reports.report import Report, Subject
from archspec.reports.subjects import Simulation
from archspec.simulation.results import (
    ComponentResult,
    Estimate,
    FlowResult,
    Latency,
    PoolResult,
    Results,
    SessionResult,
    SubscriptionResult,
)


def json(results: Results) -> str:
    """Everything but single requests; times in milliseconds, moments in seconds."""
    return standard.dumps(as_data(results), indent=2, ensure_ascii=False) + "\n"


def as_data(results: Results) -> dict[str, Any]:
    """The results as plain data."""
    return {
        "system": results.system,
        "scenario": results.scenario,
        "seed": results.seed,
        "duration_s": results.duration / 1e9,
        "warm_up_s": results.warm_up / 1e9,
        "ending": results.ending,
        "flows": {flow.flow: _flow(flow) for flow in results.flows},
        "components": {component.component: _component(component) for component in results.components},
        "queues": {
            q.queue: {
                "published": q.published,
                "done": q.done,
                "dead": q.dead,
                "waiting": q.waiting,
                "in_work": q.in_work,
                "deliveries": q.deliveries,
            }
            for q in results.queues
        },
        "jobs": [asdict(each) for each in results.jobs],
        "sessions": [_session(each) for each in results.sessions],
        "pools": [_pool(each) for each in results.pools],
        "functions": [{**asdict(each), "cold_share": each.cold_share} for each in results.functions],
        "subscriptions": [_subscription(each) for each in results.subscriptions],
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


def _session(each: SessionResult) -> dict[str, Any]:
    told = asdict(each)
    return {**told, "longest_below_s": told.pop("longest_below") / 1e9}


def _flow(flow: FlowResult) -> dict[str, Any]:
    return {
        "offered": flow.offered,
        "ok": flow.ok,
        "degraded": flow.degraded,
        "failed": dict(flow.failed),
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
    half = None if estimate.half_width is None else estimate.half_width / 1e6
    return {"value": milliseconds(round(estimate.value)), "half_width": half, "why": estimate.why}


def _pool(each: PoolResult) -> dict[str, object]:
    counted = ("connection", "asked", "got", "refused", "waiting", "gone", "busy", "mean_waiting", "most_waiting")
    return {
        **{name: getattr(each, name) for name in counted},
        "mean_wait_s": None if each.mean_wait is None else each.mean_wait / 1e9,
        "p99_wait_s": None if each.p99_wait is None else each.p99_wait / 1e9,
    }


def _subscription(each: SubscriptionResult) -> dict[str, object]:
    counted = ("topic", "subscriber", "published", "done", "dead", "expired", "waiting", "in_work", "deliveries")
    return {
        **{name: getattr(each, name) for name in counted},
        "mean_lag": each.mean_lag,
        "most_lag": each.most_lag,
        "oldest_s": each.oldest / 1e9,
        "mean_delay_s": None if each.mean_delay is None else each.mean_delay / 1e9,
        "longest_delay_s": None if each.longest_delay is None else each.longest_delay / 1e9,
        "cap": each.cap,
        "busy": each.busy,
    }


def _component(c: ComponentResult) -> dict[str, Any]:
    return {
        "calls": c.calls,
        "answered": c.answered,
        "errors": c.errors,
        "shed": c.shed,
        "rate_limited": c.rate_limited,
        "refused": c.refused,
        "reset": c.reset,
        "lost": c.lost,
        "in_work": c.in_work,
        "retries_in": c.retries_in,
        "core_utilisation": c.core_utilisation,
        "slot_utilisation": c.slot_utilisation,
        "waiting": c.waiting,
        "in_system": c.in_system,
        "probability_of_wait": c.probability_of_wait,
        "mean_wait_ms": None if c.mean_wait is None else c.mean_wait / 1e6,
        "intervals": dict(_interval(name, estimate) for name, estimate in c.intervals),
    }


def _interval(name: str, estimate: Estimate) -> tuple[str, dict[str, Any]]:
    """A figure of a component with its interval, a time in milliseconds."""
    unit = 1e6 if name == "mean_wait" else 1.0
    half = None if estimate.half_width is None else estimate.half_width / unit
    key = "mean_wait_ms" if name == "mean_wait" else name
    return key, {"value": estimate.value / unit, "half_width": half, "why": estimate.why}


REPORT = Report[Simulation](
    "json", Subject.SIMULATION, (".json",), lambda simulation: json(simulation.results), syntax=Syntax.JSON
)
