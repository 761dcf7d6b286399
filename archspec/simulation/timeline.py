"""A run over time, in equal intervals: what charts show."""

from archspec.simulation.alerting import percentile, see
from archspec.simulation.percentiles import SHARES
from archspec.simulation.requests import Requests
from archspec.simulation.results import Series
from archspec.simulation.run import Run

INTERVALS = 60


def timeline(run: Run, intervals: int = INTERVALS) -> tuple[Series, ...]:
    """Per flow: requests offered, answered well and failed per second, and p50 and p99 of the good answers.

    An answer counts in the interval in which it came, a request offered in that in which it arrived.
    """
    edges = [run.duration * step // intervals for step in range(intervals + 1)]
    found: list[Series] = []
    for id_, requests in zip(run.flows, run.requests, strict=True):
        found += _of_flow(id_, requests, edges)
    return tuple(found)


def _of_flow(id_: str, requests: Requests, edges: list[int]) -> list[Series]:
    import numpy as np

    times = tuple(edges[1:])
    seconds = np.maximum(np.diff(edges) / 1e9, 1e-9)
    answered = requests.answered()
    # the first moment of an interval belongs to it, and so does the very end of the run to the last
    seen = see([edges[0] - 1, *(edge - 1 for edge in edges[1:-1]), edges[-1]], answered)
    found = []
    for name, up_to in (
        ("offered", np.searchsorted(requests.at, [*edges[:-1], edges[-1] + 1])),
        ("ok", seen.good),
        ("failed", seen.bad),
    ):
        values = np.diff(up_to) / seconds
        found.append(Series(f"{id_} {name}", "/s", times, tuple(values.tolist())))
    for name in ("p50", "p99"):
        ranks = [percentile(seen, step, step + 1, SHARES[name]) for step in range(len(times))]
        found.append(
            Series(f"{id_} {name}", "ns", times, tuple(None if rank is None else float(rank) for rank in ranks))
        )
    return found
