"""What the engine tells, in seconds and by name. All that the face knows of the engine's own values is in this file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

from archspec.face import comparisons, part_figures, simulations, traces
from archspec.face.rows import Rows
from archspec.reports import report
from archspec.simulation import delivery, results, sampled_traces, trace_model
from archspec.simulation.studies import comparison, search, sweep, sweep_plan
from archspec.simulation.studies.sweep_table import Line, lines_of

T = TypeVar("T")
Items = Sequence[trace_model.Call | trace_model.OwnWork]
SECOND = 1e9


def _like(type_: type[T], value: object, **others: Any) -> T:
    """A value of this type, with the fields of another that have the same names, and these."""
    names = [field.name for field in fields(cast("Any", type_)) if field.name not in others]
    return type_(**{name: getattr(value, name) for name in names}, **others)


def told_trace(walked: trace_model.Trace) -> traces.Trace:
    """One request; without a time at all where nothing says how long anything takes."""

    def moment(at: int | None) -> float | None:
        return _seconds(at) if walked.timed else None

    within = dict(_parents(walked.calls, None))
    emitted = walked.emitted
    return _like(
        traces.Trace,
        walked,
        response=moment(walked.response_ns),
        end=moment(walked.end_ns),
        calls=Rows(_call(call, within[call.number], moment(call.sent)) for call in walked.every_call()),
        work=Rows(_work(walked.calls, None)),
        events=Rows(_like(traces.RunEvent, event, at=moment(event.at)) for event in walked.events),
        logs=Rows(_like(traces.LogLine, record, at=moment(record.at)) for record in emitted.logs),
        alerts=Rows(_like(traces.Verdict, each, fires_after=each.fires_after / SECOND) for each in walked.alerts),
    )


def _parents(items: Items, parent: int | None) -> Iterator[tuple[int, int | None]]:
    for item in items:
        if isinstance(item, trace_model.Call):
            yield item.number, parent
            yield from _parents(item.children, item.number)


def _work(items: Items, call: int | None) -> Iterator[traces.TracedWork]:
    for item in items:
        if isinstance(item, trace_model.OwnWork):
            yield _stretch(item.stretch, call, item.component, item.does)
        else:
            yield from (_stretch(stretch, item.number, item.component, item.does) for stretch in item.work)
            yield from _work(item.children, item.number)


def _stretch(stretch: trace_model.Stretch, call: int | None, component: str, does: str | None) -> traces.TracedWork:
    return traces.TracedWork(call, component, does, stretch.resource, stretch.start / SECOND, stretch.end / SECOND)


def _call(call: trace_model.Call, parent: int | None, sent: float | None) -> traces.TracedCall:
    times = {name: _seconds(getattr(call, name)) if call.timed else None for name in ("arrived", "answered", "settled")}
    lasting = {name: getattr(call, name) / SECOND for name in ("backoff", "waited")}
    return _like(traces.TracedCall, call, parent=parent, sent=sent, **times, **lasting)


def told_delivery(walked: delivery.DeliveryTrace) -> traces.Delivery:
    """One change on its way."""
    return _like(traces.Delivery, walked, end=walked.end_ns / SECOND, stages=Rows(map(_stage, walked.stages)))


def _stage(stage: delivery.StageTrace) -> traces.TracedStage:
    steps = Rows(
        _like(traces.ReplicaMove, step, **{name: getattr(step, name) / SECOND for name in ("leaves", "down", "back")})
        for step in stage.steps
    )
    start, end = stage.start / SECOND, stage.end / SECOND
    return _like(traces.TracedStage, stage, state=stage.state.value, start=start, end=end, steps=steps)


def told_simulation(reported: report.Simulation, kept: Sequence[sampled_traces.SampledTrace]) -> simulations.Simulation:
    """A run."""
    run = reported.results
    causes = tuple(dict.fromkeys(cause for flow in run.flows for cause, _ in flow.failed))
    return _like(
        simulations.Simulation,
        run,
        duration=run.duration / SECOND,
        warm_up=run.warm_up / SECOND,
        flows=Rows(_flow(flow, causes) for flow in run.flows),
        components=Rows(map(_component, run.components)),
        queues=Rows(_like(part_figures.QueueFigures, queue) for queue in run.queues),
        subscriptions=Rows(map(_subscription, run.subscriptions)),
        pools=Rows(map(_pool, run.pools)),
        jobs=Rows(_like(part_figures.JobFigures, each) for each in run.jobs),
        sessions=Rows(map(_session, run.sessions)),
        functions=Rows(_like(part_figures.FunctionFigures, each, cold_share=each.cold_share) for each in run.functions),
        alerts=Rows(_like(simulations.AlertChange, each, at=each.at / SECOND) for each in run.alerts),
        events=Rows(_like(traces.RunEvent, event, at=event.at / SECOND) for event in run.events),
        timeline=Rows(_moments([flow.flow for flow in run.flows], reported.timeline)),
        _reported=reported,
        traces=tuple(simulations.SampledTrace(each.at / SECOND, told_trace(each.trace)) for each in kept),
    )


def _pool(each: results.PoolResult) -> part_figures.PoolFigures:
    return _like(
        part_figures.PoolFigures,
        each,
        mean_wait=None if each.mean_wait is None else each.mean_wait / SECOND,
        p99_wait=None if each.p99_wait is None else each.p99_wait / SECOND,
    )


def _session(each: results.SessionResult) -> part_figures.SessionFigures:
    return _like(part_figures.SessionFigures, each, longest_below=each.longest_below / SECOND)


def _subscription(each: results.SubscriptionResult) -> part_figures.SubscriptionFigures:
    return _like(
        part_figures.SubscriptionFigures,
        each,
        oldest=each.oldest / SECOND,
        mean_delay=None if each.mean_delay is None else each.mean_delay / SECOND,
        longest_delay=None if each.longest_delay is None else each.longest_delay / SECOND,
    )


def _flow(flow: results.FlowResult, causes: tuple[str, ...]) -> simulations.FlowFigures:
    failed = dict(flow.failed)
    limits = flow.success_interval or results.Interval()
    return _like(
        simulations.FlowFigures,
        flow,
        failed=sum(failed.values()),
        failed_by_cause={cause: failed.get(cause, 0) for cause in causes},
        success_low=limits.low,
        success_high=limits.high,
        latency=_latency(flow.latency),
        failed_latency=_latency(flow.failed_latency),
    )


def _latency(latency: results.Latency | None) -> simulations.Latency:
    if latency is None:
        return simulations.Latency()
    estimates = {name.replace(".", ""): one for name, one in (("mean", latency.mean), *latency.percentiles)}
    half_widths = {name: _seconds(one.half_width) for name, one in estimates.items()}
    values: dict[str, Any] = {name: one.value / SECOND for name, one in estimates.items()}
    return simulations.Latency(**values, count=latency.count, half_width=simulations.Percentiles(**half_widths))


def _component(component: results.ComponentResult) -> simulations.ComponentFigures:
    estimates = dict(component.intervals)
    half_widths = {name: one.half_width for name, one in estimates.items()}
    half_widths["mean_wait"] = _seconds(half_widths.get("mean_wait"))
    return _like(
        simulations.ComponentFigures,
        component,
        mean_wait=_seconds(component.mean_wait),
        shed_share=estimates["shed_share"].value if "shed_share" in estimates else None,
        half_width=simulations.LoadFigures(**half_widths),
    )


def _moments(flows: Sequence[str], timeline: Sequence[results.Series]) -> Iterator[simulations.Moment]:
    by_name = {series.name: series for series in timeline}
    for flow in flows:
        columns = [by_name[f"{flow} {name}"] for name in ("offered", "ok", "failed", "p50", "p99")]
        units = [SECOND if series.unit == "ns" else 1.0 for series in columns]
        for at, *values in zip(columns[0].times, *(series.values for series in columns), strict=True):
            scaled = [None if value is None else value / unit for value, unit in zip(values, units, strict=True)]
            yield simulations.Moment(flow, at / SECOND, *scaled)


def told_capacity(found: search.Capacity) -> simulations.Capacity:
    """Between which loads the edge lies."""
    return _like(
        simulations.Capacity,
        found,
        duration=found.duration / SECOND,
        confidence=found.confidence if found.is_interval else None,
        holds=_tried(found.holds) if found.holds else None,
        breaks=_tried(found.breaks) if found.breaks else None,
        tried=Rows(map(_tried, found.tried)),
        _reported=found,
    )


def _tried(tried: search.Tried) -> simulations.TriedLoad:
    return simulations.TriedLoad(float(tried.level), dict(tried.rates), tried.verdict.name.lower(), tried.missed)


def told_comparison(made: comparison.Comparison) -> comparisons.Comparison:
    """Variants side by side."""
    bottlenecks = dict(zip(made.variants, made.bottlenecks, strict=True))
    flows = Rows(map(_compared, made.rows))
    duration = made.duration / SECOND
    return _like(comparisons.Comparison, made, duration=duration, flows=flows, bottlenecks=bottlenecks, _reported=made)


def _compared(row: comparison.Compared) -> comparisons.ComparedFlow:
    return _like(comparisons.ComparedFlow, row, **{figure.name: _figure(figure) for figure in row.figures})


def _figure(figure: comparison.Figure) -> comparisons.ComparedFigure:
    unit = 1.0 if figure.name in ("success", "throughput") else SECOND
    both = (figure.value, figure.difference)
    numbers = [number for one in both for number in ((one.value, one.half_width) if one else (None, None))]
    return comparisons.ComparedFigure(*(None if number is None else number / unit for number in numbers))


Given = Mapping[tuple[tuple[str, str], ...], Mapping[str, Any]]
"""What was set, as it was given, by what it is as text."""


def told_sweep(reported: report.Sweep, given: Given) -> comparisons.Sweep:
    """All runs, and what they come to at each point."""
    tasks, outcomes = reported.tasks, reported.outcomes
    both = zip(tasks, outcomes, strict=True)
    runs = Rows(_run(task, flow, given) for task, outcome in both for flow in outcome.flows)
    return comparisons.Sweep(Rows(_point(line, given) for line in lines_of(tasks, outcomes)), runs, reported)


def _point(line: Line, given: Given) -> comparisons.SweepPoint:
    figures = {name: line.value(name) for name in ("success", "throughput")}
    times = {name: _from_milliseconds(line.value(name)) for name in ("mean", "p50", "p99")}
    return _like(comparisons.SweepPoint, line, **_place(line.point, given), **figures, **times)


def _run(task: sweep_plan.Task, flow: sweep.FlowOutcome, given: Given) -> comparisons.SweepRun:
    times = {name: _from_milliseconds(getattr(flow, name)) for name in ("mean", "p50", "p99")}
    place = _place(task.point, given)
    return _like(comparisons.SweepRun, flow, **place, replication=task.replication, seed=task.seed, **times)


def _place(point: sweep_plan.Point, given: Given) -> dict[str, Any]:
    return {"settings": given[point.settings], "load": float(point.load), "fails": point.faults}


def _seconds(nanoseconds: float | None) -> float | None:
    return None if nanoseconds is None else nanoseconds / SECOND


def _from_milliseconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds * 1e6 / SECOND  # 28.130663 ms is 0.028130663 s
