"""What must hold of every system, load and fault."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.language import load_text
from archspec.reports.report import Simulation, TracedRequest
from archspec.reports.simulation.csv import REPORT as CSV
from archspec.reports.simulation.html import html
from archspec.reports.simulation.json import REPORT as JSON
from archspec.reports.simulation.openmetrics import openmetrics
from archspec.reports.simulation.text import text
from archspec.reports.trace.json import data_of
from archspec.reports.trace.mermaid import mermaid
from archspec.reports.trace.tree import tree
from archspec.reports.trace.waterfall import waterfall
from archspec.simulation.evaluation import collect
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results
from archspec.simulation.simulate import run_simulation
from archspec.simulation.timeline import timeline
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import Event, TraceOptions
from archspec.values import json_text
from tests.properties import examples
from tests.simulation.random_features import featured
from tests.simulation.random_jobs import scheduled
from tests.simulation.random_sessions import connected
from tests.simulation.random_systems import FOLDER, THEMES, systems

PATIENCE = 60
"""Seconds after which a run is said to hang; each takes some hundredths."""


@contextmanager
def patience() -> Iterator[None]:
    """Fail what does not end, instead of waiting for it."""

    def give_up(_: int, __: FrameType | None) -> NoReturn:
        pytest.fail(f"it has not ended after {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def no_number(name: str) -> NoReturn:
    pytest.fail(f"{name} is no number")


def is_always_told(event: Event) -> bool:
    """Whether an event is told of every run, not only of those that keep their requests."""
    return not any(words in event.text for words in (" stored in ", " delivery ", " waits for its copy "))


def check_sums(results: Results) -> None:
    """Of what arrived, everything is answered, failed or in flight; of what was published, likewise."""
    for flow in results.flows:
        assert flow.offered == flow.ok + sum(count for _, count in flow.failed) + flow.in_flight
        assert flow.degraded <= flow.ok
    for queue in results.queues:
        assert queue.published == queue.done + queue.dead + queue.waiting + queue.in_work
        assert min(queue.waiting, queue.in_work) >= 0
    for pool in results.pools:
        assert pool.asked == pool.got + pool.refused + pool.waiting + pool.gone
        assert min(pool.refused, pool.waiting, pool.gone, pool.most_waiting) >= 0
    for job in results.jobs:
        assert job.ticks == job.done + job.failed + job.overdue + job.running
        assert job.overlaps < max(job.ticks, 1)
        assert job.most_running <= job.ticks
    for one in results.functions:
        assert one.calls >= one.warm + one.cold + one.throttled + one.refused + one.lost
        assert min(one.throttled, one.refused, one.lost, one.busy, one.starting, one.idle) >= 0
        assert one.busy + one.starting + one.idle <= one.most
    for each in results.subscriptions:
        ended = each.done + each.dead + each.expired
        assert each.published == ended + each.waiting + each.in_work
        assert min(each.waiting, each.in_work, each.most_lag, each.oldest) >= 0


@examples(50)
@given(spec=featured(), seed=st.integers(0, 2**32))
def test_a_run_with_newer_features_loses_nothing_and_can_be_repeated(spec: str, seed: int) -> None:
    """The same of systems that use what the themes above do not: every message of every subscriber is accounted for."""
    check_run(spec, seed)


@examples(30)
@given(spec=scheduled(), seed=st.integers(0, 2**32))
def test_a_run_of_jobs_loses_none_and_can_be_repeated(spec: str, seed: int) -> None:
    """The same of systems whose flows come by the clock: each run of them is accounted for, however often it begins."""
    check_run(spec, seed)


@examples(30)
@given(spec=connected(), seed=st.integers(0, 2**32))
def test_a_run_of_sessions_loses_no_user_and_can_be_repeated(spec: str, seed: int) -> None:
    """The same of systems whose users stay connected: each of them is somewhere, each session ended somehow."""
    check_run(spec, seed)


@pytest.mark.slow
@pytest.mark.parametrize("features", [featured, scheduled], ids=lambda each: each.__name__)
@examples(250)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_five_hundred_more_of_them_lose_nothing(
    features: Callable[[], st.SearchStrategy[str]], data: st.DataObject, seed: int
) -> None:
    """The same of more systems: topics, pools, functions and nearness, and jobs."""
    check_run(data.draw(features()), seed)


@pytest.mark.parametrize("theme", THEMES)
@examples(16)
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_a_run_loses_nothing_and_can_be_repeated(theme: str, data: st.DataObject, seed: int) -> None:
    """It ends, its sums hold (also those that raise a DefectError: calls, Little's law), no figure is NaN or infinite,
    every format can write it, and the same seed gives the same bytes, whichever kernel runs it.
    """
    check_run(data.draw(systems(theme)), seed)


def check_run(spec: str, seed: int) -> None:
    architecture = load_text(spec)
    options = SimulationOptions(scenario="run", seed=seed, keep_requests=True, charts=True, folder=FOLDER)
    with patience():
        run = run_simulation(architecture, options)
        results = collect(run)
        again = collect(run_simulation(architecture, replace(options, keep_requests=False)))
    check_sums(results)
    told = Simulation(results, tuple(timeline(run)))
    json.loads(JSON.write(told), parse_constant=no_number)
    for written in (str(CSV.write(told)), openmetrics(results), text(told), html(told)):
        assert "nan" not in written.lower().split()
    fewer = replace(results, events=tuple(filter(is_always_told, results.events)))
    assert JSON.write(Simulation(again)) == JSON.write(Simulation(fewer))


@examples(40)
@given(systems(), st.sampled_from([(), ("api",), ("zone-a",), ("lb", "db"), ("jobs",)]), st.booleans())
def test_a_trace_ends_and_every_format_writes_it(spec: str, fail: tuple[str, ...], sample: bool) -> None:
    """One request is walked to its end, whatever has failed, and can be written."""
    with patience():
        system = load_text(spec)
        result = trace(system, "ask", TraceOptions(fail=fail, sample=sample))
    for write in (tree, waterfall, lambda walked: json_text(data_of(walked))):
        assert write(result).endswith("\n")
    assert mermaid(TracedRequest(system, result)).endswith("\n")
