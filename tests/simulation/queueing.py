"""Systems of queueing theory as specs, and the figures of a run that theory gives exactly, with their intervals."""

import json
from typing import Any

import numpy as np

from archspec.language import load_text
from archspec.model import Duration
from archspec.simulation.engine import Question
from archspec.simulation.evaluation import collect
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Estimate, Results
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure
from archspec.simulation.simulate import run_simulation
from archspec.simulation.statistics import BATCHES, estimate_of

SCRAPES = 400
OF_COMPONENT = {
    "mean_wait": "mean_wait",
    "mean_in_system": "in_system",
    "mean_queue": "waiting",
    "probability_of_wait": "probability_of_wait",
    "probability_of_loss": "shed_share",
}
TIMES = ("mean_response", "mean_wait", "response_p50", "response_p95", "response_p99")
"""Figures that theory gives in units of 1/mu, which are milliseconds here."""


def spec_of(case: dict[str, Any], seconds: float) -> str:
    """A client who asks one server, or a row of servers each after the other, or one so often at once."""
    system = case["system"]
    hops = [f"hop{number}" for number in range(1, system.get("hops", 1) + 1)]
    work = {key: system[key] for key in ("cpu", "takes", "status", "retries", "timeout") if key in system}
    steps: list[dict[str, Any]] = [{"call": hop, **work} for hop in hops]
    if "parallel" in system:
        steps = [{"parallel": [{**steps[0], "times": system["parallel"]}]}]
    return json.dumps(
        {
            "archspec": 1,
            "name": case["id"],
            "components": {
                "user": {"kind": "client"},
                **{hop: {"kind": "server", **system["server"]} for hop in hops},
                "metrics": {"kind": "metrics_service", "scrape_interval": f"{round(seconds * 1e6 / SCRAPES)}us"},
            },
            "connections": [{"from": "user", "to": hops}],
            "flows": {"ask": {"from": "user", "rate": system["rate"], "steps": steps}},
        }
    )


def run(case: dict[str, Any], requests: float, seed: int) -> Run:
    """A run of about so many requests, with intervals at 99%."""
    seconds = requests / int(case["system"]["rate"].removesuffix("/s"))
    options = SimulationOptions(duration=Duration(round(seconds * 1e9)), seed=seed, confidence=0.99, keep_scrapes=True)
    return run_simulation(load_text(spec_of(case, seconds)), options)


def figures(case: dict[str, Any], finished: Run) -> dict[str, Estimate]:
    """The figures that theory gives of a case, as the run has them, times in milliseconds."""
    results = collect(finished)
    return {name: _figure(name, finished, results) for name in case["exact"]}


def _figure(name: str, finished: Run, results: Results) -> Estimate:
    component, flow = results.components[0], results.flows[0]
    if name == "mean_attempts":
        return _calls_per_request(finished)
    if name in ("success", "any_slow"):
        return _share_of_requests(finished, failed=name == "any_slow")
    if name in OF_COMPONENT:
        found = component.estimate(OF_COMPONENT[name])
    else:
        assert flow.latency is not None
        percentiles = dict(flow.latency.percentiles)
        found = flow.latency.mean if name == "mean_response" else percentiles[name.removeprefix("response_")]
    assert found is not None
    unit = 1e6 if name in TIMES else 1.0
    return Estimate(found.value / unit, None if found.half_width is None else found.half_width / unit, found.why)


def _share_of_requests(finished: Run, *, failed: bool) -> Estimate:
    """The share of the ended requests of the window that failed, or that did not."""
    good, bad = (finished.responses(0, good=good).count for good in (True, False))
    successes = finished.engine.ask(Question.SUCCESSES, 0)
    batches = [1 - share for share in successes] if failed else successes
    return estimate_of((bad if failed else good) / (good + bad), batches, 0.99)


def _calls_per_request(finished: Run) -> Estimate:
    """Calls of the server for each request that ended, over stretches between samples."""
    samples = finished.samples
    size = (int((samples.times >= finished.warm_up).sum()) - 1) // BATCHES
    which = slice(len(samples.times) - 1 - size * BATCHES, None, size)
    calls = samples.rows(which).total(range(1, 2), Figure.CALLS)
    answers = finished.answers[0]
    ended = np.array(answers.good)[which] + np.array(answers.bad)[which]
    batches: list[float] = (np.diff(calls) / np.diff(ended)).tolist()
    return estimate_of(float((calls[-1] - calls[0]) / (ended[-1] - ended[0])), batches, 0.99)


def holds(estimate: Estimate, exact: float) -> bool:
    """Whether the exact value lies in the interval."""
    return estimate.half_width is not None and abs(estimate.value - exact) <= estimate.half_width


def agrees(estimate: Estimate, exact: float) -> bool:
    """Whether the exact value lies in the interval, whose half-width is under 3% of it."""
    return holds(estimate, exact) and estimate.half_width is not None and estimate.half_width < 0.03 * exact
