"""From the state a run ended in to its results; every sum is checked on the way."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from archspec.errors import DefectError
from archspec.model import Duration
from archspec.simulation.alerts import alerts_of, changes_of
from archspec.simulation.component_results import component_results, find_bottleneck, function_results, pool_results
from archspec.simulation.engine import Question
from archspec.simulation.events import events_of
from archspec.simulation.job_results import job_notes, job_results
from archspec.simulation.log import CAUSES
from archspec.simulation.message_results import queue_results, subscription_results
from archspec.simulation.not_modelled import not_modelled
from archspec.simulation.overload import GROWING, Overloads, is_growing, overloads_of, strays
from archspec.simulation.responses import Outcome
from archspec.simulation.results import FlowResult, RequestResult, Results, Series
from archspec.simulation.run import Run
from archspec.simulation.session_results import session_results
from archspec.simulation.statistics import Window, latency_of, share_of
from archspec.simulation.windows import windows_of


def collect(run: Run) -> Results:
    """Everything a run has to tell.

    Raises:
        DefectError: requests, calls or messages do not add up.

    """
    overloads = overloads_of(run)
    flows = _flows(run, overloads)
    components, pools, functions = component_results(run), pool_results(run), function_results(run)
    evaluated, left_out = alerts_of(run.architecture, run.compiled, run.flows)
    watched = [run.architecture.alerts[id_] for id_ in evaluated]
    return Results(
        system=run.architecture.name,
        scenario=run.scenario.id if run.scenario else None,
        seed=run.options.seed,
        duration=run.duration,
        warm_up=run.warm_up,
        flows=flows,
        components=components,
        queues=queue_results(run),
        subscriptions=subscription_results(run),
        pools=pools,
        jobs=job_results(run),
        sessions=session_results(run),
        functions=functions,
        alerts=tuple(changes_of(run.engine, watched)),
        events=events_of(run.compiled, run.log),
        series=tuple(_series(run)),
        bottleneck=find_bottleneck(components, pools, functions),
        assumed=run.assumed,
        notes=(
            *(f"alert {id_} is not evaluated: {why}" for id_, why in left_out.items()),
            *_notes(run, overloads),
        ),
        requests=_requests(run) if run.options.keep_requests else (),
        ending=run.ending,
        overloads=tuple(found.sentence for found in overloads.found if found.is_sure and not found.flows),
    )


def answers(run: Run) -> tuple[tuple[FlowResult, ...], bool]:
    """What came of each flow, and whether anything is overloaded: enough to see whether a run may end."""
    overloads = overloads_of(run)
    flows = _flows(run, overloads)
    return flows, any(flow.overloaded for flow in flows) or any(found.is_sure for found in overloads.found)


def _flows(run: Run, overloads: Overloads) -> tuple[FlowResult, ...]:
    return tuple(_flow(run, number, overloads, window) for number, window in enumerate(windows_of(run)))


def _notes(run: Run, overloads: Overloads) -> tuple[str, ...]:

    notes = [run.ending] if run.ending else []
    notes += [f"`{name}` is down all the time, and whoever can notice has noticed" for name in run.options.fail]
    notes += [f"`{name}` is down from the beginning" for name in run.options.just_failed]
    notes += [f"the first {Duration(run.warm_up)} are left out as warm-up"] if run.warm_up else []
    # failed requests are kept as the good ones are, and are sooner put in order
    if not all(run.responses(flow, good=False).is_exact for flow in range(len(run.flows))):
        notes.append("percentiles of more than 1,000,000 requests are read from a histogram: at most 0.1% above")
    notes += [found.sentence for found in overloads.found if found.of_one or not found.is_sure]
    notes += job_notes(run)
    return (*notes, *run.compiled.passed_over, not_modelled(run.architecture, run.compiled))


def _flow(run: Run, number: int, overloads: Overloads, seen: Window) -> FlowResult:
    id_, confidence = run.flows[number], run.options.confidence
    counted: list[int] = run.outcomes[number].tolist()
    offered, ok, degraded, in_flight = counted[: Outcome.HALFWAY]
    failed = tuple((cause, count) for cause, count in zip(CAUSES, counted[len(Outcome) :], strict=True) if count)
    ended = ok + sum(count for _, count in failed)
    if offered != ended + in_flight:
        raise DefectError(f"requests of `{id_}` do not add up: {offered} offered, {ok} ok, {failed}, {in_flight}")
    reasons = [
        *_growth(counted, overloads, number),
        *(found.sentence for found in overloads.of(number) if found.is_sure),
    ]
    successes = run.engine.ask(Question.SUCCESSES, number)
    return FlowResult(
        flow=id_,
        offered=offered,
        ok=ok,
        degraded=degraded,
        failed=failed,
        in_flight=in_flight,
        latency=latency_of(run.responses(number), confidence, seen),
        failed_latency=latency_of(run.responses(number, good=False), confidence, seen),
        throughput=ok * 1e9 / max(run.duration - run.warm_up, 1),
        overloaded="; ".join(reasons) or None,
        objective=run.architecture.flows[id_].objective,
        deadline=run.architecture.flows[id_].deadline,
        success_interval=share_of(ok, ended, successes, confidence, seen),
    )


def _growth(counted: list[int], overloads: Overloads, flow: int) -> Iterator[str]:
    """Whether requests pile up: over 5% in flight at the end, and more than at half-time beyond chance.

    Where the utilisation law says that whatever the flow waits for keeps up, a queue explains those of late, and only
    those count that have been in flight since half-time.
    """
    offered, in_flight = counted[Outcome.OFFERED], counted[Outcome.IN_FLIGHT]
    at_half, since = counted[Outcome.HALFWAY], counted[Outcome.SINCE_HALF]
    if in_flight <= GROWING * offered:
        return
    if flow in overloads.settled:
        if since > GROWING / 2 * offered:
            yield f"{in_flight} of {offered} requests are in flight at the end, {since} of them since half-time"
    elif is_growing(at_half, in_flight) and in_flight - at_half > strays(offered) * offered:
        yield f"{in_flight} of {offered} requests are in flight at the end, {at_half} at half-time"


def _requests(run: Run) -> tuple[RequestResult, ...]:
    r = run.every_request
    columns = (r.flow, r.number, r.at, r.until, r.status, r.cause, r.degraded)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        RequestResult(
            flow=run.flows[flow],
            number=number,
            at=at,
            status=status or None,
            cause=CAUSES[cause] or None,
            degraded=bool(degraded),
            took=until - at if until >= 0 else None,
        )
        for flow, number, at, until, status, cause, degraded in sorted(rows, key=lambda row: (row[2], row[0], row[1]))
    )


def _series(run: Run) -> Iterator[Series]:
    """Per flow, between scrapes: answers per second, share of successes, median response time."""
    for id_, seen in zip(run.flows, run.answers, strict=True):
        times = seen.times
        steps = [
            (seen.good[last] - seen.good[first], seen.bad[last] - seen.bad[first], times[last] - times[first])
            for first, last in pairwise(range(len(times)))
        ]
        of_each: tuple[tuple[str, str, Iterable[float | None]], ...] = (
            ("answers", "/s", ((ok + failed) * 10**9 / time for ok, failed, time in steps)),
            ("success", "", (ok / (ok + failed) if ok + failed else None for ok, failed, _ in steps)),
            ("p50", "ns", (None if median < 0 else float(median) for median in seen.medians[1:])),
        )
        for name, unit, values in of_each:
            yield Series(f"{id_} {name}", unit, tuple(times[1:]), tuple(values))
