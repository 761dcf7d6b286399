"""Several runs at once on this machine's cores: the same results in the same order as one after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from archspec.errors import UsageError
from archspec.model.architecture import Architecture
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Results
from archspec.simulation.simulate import simulate

Progress = Callable[[float], None]
Asked = tuple[Architecture, SimulationOptions]
PAYS_FROM = 10_000_000
"""Calls still to be simulated from which other processes save more than their start of a second or two takes: the
engine simulates some millions a second."""


def simulate_all(
    runs: Sequence[Asked], jobs: int = 1, progress: Progress | None = None, done: Sequence[Results] = ()
) -> tuple[Results, ...]:
    """The results of every run in order; `done` has those of the first ones already.

    `jobs` processes work at them; -1 stands for one a core, but only where what is left is worth their start, judged by
    the calls of the first run.
    """
    found = list(done)
    if jobs == -1 and not found and len(runs) > 2:
        found.append(_here(runs, 0, progress))
    left = runs[len(found) :]
    if len(left) > 1 and jobs != 1 and (jobs > 1 or _pays(found, left)):
        for result in _in_processes(left, jobs):
            found.append(result)
            if progress is not None:
                progress(len(found) / len(runs))
    else:
        found += [_here(runs, number, progress) for number in range(len(found), len(runs))]
    return tuple(found)


def _pays(found: Sequence[Results], left: Sequence[Asked]) -> bool:
    calls = sum(component.calls for component in found[0].components) if found else 0
    return calls * len(left) >= PAYS_FROM


def _here(runs: Sequence[Asked], number: int, progress: Progress | None) -> Results:
    def share(part: float) -> None:
        if progress is not None:
            progress((number + part) / len(runs))

    return simulate(*runs[number], share)


def _in_processes(runs: Sequence[Asked], jobs: int) -> Iterator[Results]:
    from joblib import Parallel, delayed

    # a process that is used again stands where its first task did
    there = [(architecture, replace(options, folder=options.folder.absolute())) for architecture, options in runs]
    with worker_lost_told():
        yield from Parallel(n_jobs=jobs, return_as="generator")(
            delayed(simulate)(architecture, options) for architecture, options in there
        )


@contextmanager
def worker_lost_told() -> Iterator[None]:
    """Says in a sentence that a process of joblib's was killed. Raises UsageError."""
    from joblib.externals.loky.process_executor import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool:
        told = "a process that ran a part of it was killed, perhaps for want of memory"
        raise UsageError(f"{told}; run fewer at once with --jobs.") from None
