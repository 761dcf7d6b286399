"""Many runs: on this machine's cores or on a cluster, each kept as soon as it is there."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from math import inf
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from archspec.errors import ArchspecError, MissingExtraError, UsageError
from archspec.frozen import frozen
from archspec.language import load_text
from archspec.model import Architecture, Duration
from archspec.plain_file import read_plain_file
from archspec.simulation import Estimate, FlowResult, Latency, SimulationOptions, Tally, at_level
from archspec.simulation.simulate import simulate
from archspec.simulation.studies.parallel_runs import in_threads
from archspec.simulation.studies.sweep_plan import Task, with_faults
from archspec.whole_file import replace_whole

MINUTE = Duration(60 * 10**9)
"""All points of a sweep run equally long, so that they compare request by request."""
Progress = Callable[[float], None]
Runner = Callable[[Sequence[Task]], Iterable["Outcome"]]


@frozen
class FlowOutcome:
    """One flow of one run; times in milliseconds, None where no request succeeded."""

    flow: str
    offered: int
    ok: int
    degraded: int
    failed: int
    in_flight: int
    success: float | None
    throughput: float
    mean: float | None
    p50: float | None
    p99: float | None
    overloaded: bool
    missed: int
    """How many objectives it misses."""
    times: Tally = ()
    """Response times of the successful ones in nanoseconds, to put replications together from."""
    spans: float | None = None
    """How often the queues forget within the window; None: there are none that matter."""

    @property
    def latency(self) -> Latency | None:
        """What replications are put together from, in nanoseconds; None where no request succeeded."""
        if self.mean is None or self.p50 is None or self.p99 is None:
            return None
        percentiles = (("p50", Estimate(self.p50 * 1e6)), ("p99", Estimate(self.p99 * 1e6)))
        return Latency(self.ok, Estimate(self.mean * 1e6), percentiles, self.times, self.spans or inf)


@frozen
class Outcome:
    """One run, by the key of its task."""

    key: str
    flows: tuple[FlowOutcome, ...]


def run_task(task: Task, progress: Progress | None = None) -> Outcome:
    """Run one task, wherever this is: a function of the task alone."""
    architecture = at_level(_read(task.text), task.scenario, task.point.load)
    scenario = task.scenario
    if task.point.faults:
        architecture, scenario = with_faults(architecture, scenario, task.duration, task.point.faults)
    duration = task.duration or (architecture.scenarios[scenario].duration if scenario else MINUTE)
    options = SimulationOptions(scenario, duration, task.warm_up, seed=task.seed, folder=task.folder)
    return Outcome(task.key, tuple(_flow(flow) for flow in simulate(architecture, options, progress).flows))


@lru_cache(maxsize=64)
def _read(text: str) -> Architecture:
    return load_text(text, "<sweep>")


def _flow(flow: FlowResult) -> FlowOutcome:
    latency = flow.latency
    times = [latency.mean.value, latency.percentile("p50"), latency.percentile("p99")] if latency else [None] * 3
    mean, p50, p99 = (None if time is None else time / 1e6 for time in times)
    return FlowOutcome(
        flow=flow.flow,
        offered=flow.offered,
        ok=flow.ok,
        degraded=flow.degraded,
        failed=sum(count for _, count in flow.failed),
        in_flight=flow.in_flight,
        success=flow.success,
        throughput=flow.throughput,
        mean=mean,
        p50=p50,
        p99=p99,
        overloaded=flow.overloaded is not None,
        missed=len(flow.missed),
        times=latency.times if latency else (),
        spans=latency.spans if latency and latency.spans < inf else None,
    )


def on_cores(jobs: int) -> Runner:
    """A runner over this machine's cores (-1: all of them)."""

    def runner(tasks: Sequence[Task]) -> Iterator[Outcome]:
        yield from (outcome for _, outcome in in_threads(run_task, tasks, jobs))

    return runner


def on_cluster(address: str) -> Runner:
    """A runner over a Dask cluster, such as `tcp://10.0.0.5:8786` (extra `cluster`).

    A task whose worker dies is given to another one.
    """

    def runner(tasks: Sequence[Task]) -> Iterator[Outcome]:
        try:
            from distributed import Client, as_completed
        except ImportError:
            raise MissingExtraError("a sweep on a cluster", "cluster") from None
        try:
            client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
        except OSError:
            raise UsageError(f"no Dask scheduler answers at {address}; start one, or run on this machine.") from None
        with client:
            futures = client.map(run_task, list(tasks), key=[f"archspec-{task.key}" for task in tasks], retries=3)
            try:
                for future in as_completed(futures):  # type: ignore[no-untyped-call]
                    yield future.result()
            except ArchspecError:
                raise
            except Exception as error:  # each way to lose a scheduler or a worker has an exception of its own
                told = f"the cluster at {address} ended the sweep ({type(error).__name__})"
                raise UsageError(f"{told}; with --results, what is done is kept and can be taken up again.") from None

    return runner


def sweep(
    tasks: Sequence[Task], runner: Runner, kept_in: Path | None = None, progress: Progress | None = None
) -> tuple[Outcome, ...]:
    """The outcome of every task, in their order; those that `kept_in` has already are not run again.

    Raises:
        UsageError: the folder cannot be used.

    """
    done = {task.key: outcome for task in tasks if (outcome := _kept(kept_in, task.key)) is not None}
    left = [task for task in {task.key: task for task in tasks}.values() if task.key not in done]
    for outcome in runner(left):
        done[outcome.key] = outcome
        if kept_in is not None:
            _keep(kept_in, outcome)
        if progress is not None:
            progress(len(done) / len(tasks))
    if progress is not None:
        progress(1.0)
    return tuple(done[task.key] for task in tasks)


def _kept(folder: Path | None, key: str) -> Outcome | None:
    if folder is None:
        return None

    file = folder / f"{key}.json"
    try:
        flows = TypeAdapter(tuple[FlowOutcome, ...]).validate_json(read_plain_file(file, within=folder), strict=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}; choose another folder.") from None
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            return None  # cut off by a machine that went down: it is run again
        raise UsageError(f"{file} is no result of this sweep; choose another folder, or delete it.") from None
    return Outcome(key, flows)


def _keep(folder: Path, outcome: Outcome) -> None:
    """Write it whole or not at all, so that a sweep can be stopped at any moment."""
    text = json.dumps([asdict(flow) for flow in outcome.flows])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_whole(folder / f"{outcome.key}.json", text.encode())
    except OSError as error:
        raise UsageError(f"cannot write {folder}: {error.strerror or error}; choose another place.") from None
