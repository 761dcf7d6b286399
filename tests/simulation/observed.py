"""What the worked cases compare: figures of a trace or a run, in their units."""

from dataclasses import asdict
from typing import Any

from archspec.language import load_text
from archspec.simulation.calls import read_log
from archspec.simulation.evaluation import collect
from archspec.simulation.options import SimulationOptions
from archspec.simulation.run import Run
from archspec.simulation.simulate import run_simulation
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import Call, TraceOptions


def observe(spec: str, run: dict[str, Any]) -> dict[str, Any]:
    """Every figure that a run of a case can expect, under the names the cases use."""
    return _trace(spec, run) if run["do"] == "trace" else _simulation(spec, run)


def _trace(spec: str, run: dict[str, Any]) -> dict[str, Any]:
    names = ("fail", "slow", "miss", "just_failed")
    options = TraceOptions(**{name: tuple(run.get(name, ())) for name in names})
    result = trace(load_text(spec), run["flow"], options)
    return {
        "status": result.status,
        "cause": result.cause,
        "degraded": result.degraded,
        "response_ms": _ms(result.response_ns),
        **_calls(list(result.every_call())),
    }


def _simulation(spec: str, run: dict[str, Any]) -> dict[str, Any]:
    options = SimulationOptions(scenario=run["scenario"], seed=1, keep_requests=True)
    finished = run_simulation(load_text(spec), options)
    results = collect(finished)
    return {
        "requests": [[_ms(request.at), request.status, _ms(request.took)] for request in results.requests],
        "counts": {
            flow.flow: {
                "offered": flow.offered,
                "ok": flow.ok,
                "degraded": flow.degraded,
                "failed": dict(flow.failed),
                "in_flight": flow.in_flight,
            }
            for flow in results.flows
        },
        "events": [[_ms(event.at), event.text] for event in results.events if "stored in" not in event.text],
        "jobs": {
            each.flow: {name: value for name, value in asdict(each).items() if name != "flow"} for each in results.jobs
        },
        "sessions": {
            each.flow: {
                name: _ms(value) if name == "longest_below" else value
                for name, value in asdict(each).items()
                if name != "flow"
            }
            for each in results.sessions
        },
        "pools": {
            each.connection: {
                name: _ms(value) if name in ("mean_wait", "p99_wait") else value
                for name, value in asdict(each).items()
                if name != "connection"
            }
            for each in results.pools
        },
        "functions": {
            each.function: {name: value for name, value in asdict(each).items() if name != "function"}
            for each in results.functions
        },
        "subscriptions": {
            f"{each.topic} -> {each.subscriber}": {
                name: _ms(value) if name in ("mean_delay", "longest_delay", "oldest") else value
                for name, value in asdict(each).items()
                if name not in ("topic", "subscriber")
            }
            for each in results.subscriptions
        },
        "queues": {
            queue.queue: {
                "published": queue.published,
                "done": queue.done,
                "dead": queue.dead,
                "deliveries": queue.deliveries,
                "waiting": queue.waiting,
            }
            for queue in results.queues
            if queue.deliveries
        },
        "alerts": [[change.alert, change.at / 1e9, change.state] for change in results.alerts],
        **_calls(every_call(finished) if len(results.requests) < 100 else []),
    }


def every_call(run: Run) -> list[Call]:
    """All attempts of all requests of a run, in the order of sending."""
    found: list[Call] = []

    def gather(items: tuple[object, ...]) -> None:
        for item in items:
            if isinstance(item, Call):
                found.append(item)
                gather(item.children)

    for request in range(len(run.every_request.at)):
        gather(read_log(run.compiled, run.log, request).tree())
    return sorted(found, key=lambda call: call.number)


def _calls(calls: list[Call]) -> dict[str, Any]:
    work = sorted(
        (
            (s.end, call.number, [call.replica, s.resource, _ms(s.start), _ms(s.end)])
            for call in calls
            for s in call.work
        ),
        key=lambda entry: entry[:2],
    )
    work_of: dict[str, list[list[float | None]]] = {}
    for _, _, (replica, _, start, end) in work:
        work_of.setdefault(str(replica), []).append([start, end])
    return {
        "calls": [[call.replica, _ms(call.sent), _ms(call.settled), call.status or call.cause] for call in calls],
        "work": [entry for _, _, entry in work],
        "work_of": work_of,
    }


def _ms(nanoseconds: int | None) -> float | None:
    return None if nanoseconds is None else nanoseconds / 1e6
