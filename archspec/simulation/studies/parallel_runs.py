"""Several runs at once on this machine's cores: the same results as one after the other.

In threads, since the engine works without the interpreter's lock, and most of a run is its work.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import TypeVar

from archspec.model import Architecture
from archspec.simulation import Results, SimulationOptions
from archspec.simulation.simulate import simulate

Progress = Callable[[float], None]
Asked = tuple[Architecture, SimulationOptions]
Item = TypeVar("Item")
Result = TypeVar("Result")


def simulate_all(
    runs: Sequence[Asked], jobs: int = 1, progress: Progress | None = None, done: Sequence[Results] = ()
) -> tuple[Results, ...]:
    """The results of every run in order; `done` has those of the first ones already.

    So many `jobs` work at them at once; -1: one for each core.
    """
    found = dict(enumerate(done))
    shares = [1.0 if number in found else 0.0 for number in range(len(runs))]

    def one(number: int, told: Progress) -> Results:
        def share(part: float) -> None:
            shares[number] = part
            told(part)
            if progress is not None:
                progress(sum(shares) / len(runs))

        result = simulate(*runs[number], share)
        share(1.0)
        return result

    found.update(in_threads(one, range(len(done), len(runs)), jobs))
    return tuple(found[number] for number in range(len(runs)))


def in_threads(
    call: Callable[[Item, Progress], Result], items: Sequence[Item], jobs: int
) -> Iterator[tuple[Item, Result]]:
    """Each item with what comes of it, as soon as that is there.

    A call has to tell its progress now and then: when nobody waits any more, as after Ctrl-C, it is ended there.
    """
    stopped = Event()

    def progress(_: float) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt

    workers = min(len(items), (os.cpu_count() or 1) if jobs == -1 else jobs)
    if workers < 2:
        yield from ((item, call(item, progress)) for item in items)
        return
    with ThreadPoolExecutor(workers) as pool:
        try:
            asked = {pool.submit(call, item, progress): item for item in items}
            for future in as_completed(asked):
                yield asked[future], future.result()
        finally:
            stopped.set()
            pool.shutdown(cancel_futures=True)
