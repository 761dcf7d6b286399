"""Confidence intervals of what a run tells of a component, from 20 stretches of time.

The stretches are equally long and made of whole scrape intervals; of each the figure is computed as for the whole
window, as a ratio of two increases (Law and Kelton, 9.5.3, with time in place of observations).
"""

from itertools import pairwise

from archspec.execution.finished import Run
from archspec.execution.results import Estimate
from archspec.execution.sample_rows import (
    ANSWERED,
    CALLS,
    CORES,
    IN_WORK,
    QUEUED,
    REGISTERED,
    SHED,
    SLOTS,
    TIME_WAITED,
    WAITED,
    increase,
)
from archspec.execution.statistics import BATCHES, Window, estimate_of
from archspec.execution.windows import window_of_component

TIME = -1
"""In place of a column: the length of the stretch."""
RARE = ("waiting", "probability_of_wait", "mean_wait", "shed_share")
"""Figures that are 0 until something happens: a run in which it did not does not say how rare it is."""


def component_intervals(
    run: Run, component: int, replicas: range, cores: int, slots: int
) -> tuple[tuple[str, Estimate], ...]:
    """Each figure of a component over the window with its interval; those that there are."""
    figures = (
        ("core_utilisation", CORES, REGISTERED, cores),
        ("slot_utilisation", SLOTS, REGISTERED, slots),
        ("waiting", QUEUED, TIME, 1),
        ("in_system", IN_WORK, TIME, 1),
        ("probability_of_wait", WAITED, ANSWERED, 1),
        ("mean_wait", TIME_WAITED, ANSWERED, 1),
        ("shed_share", SHED, CALLS, 1),
    )
    rows, window = _borders(run), window_of_component(run, component)
    found = []
    for name, over, under, capacity in figures:
        value = _ratio(run.first, run.last, replicas, over, under)
        if capacity > 0 and value is not None:
            batches = [_ratio(first, last, replicas, over, under) for first, last in pairwise(rows)]
            calls = increase(run.first, run.last, replicas, CALLS)
            why = _why_not(name, value, batches, window, calls)
            numbers = [batch / capacity for batch in batches if batch is not None]
            share = value / capacity
            found.append((name, Estimate(share, None, why) if why else _estimate(share, numbers, run)))
    return tuple(found)


def _why_not(name: str, value: float, batches: list[float | None], window: Window, calls: int) -> str | None:
    if not batches:
        return f"fewer than {BATCHES} scrape intervals"
    if None in batches:
        return "too few calls: each part of the run needs some"
    if name in RARE and value == 0:
        return "it never happened in this run"
    return window.lacks(calls)


def _estimate(value: float, batches: list[float], run: Run) -> Estimate:
    import numpy as np

    return estimate_of(value, np.array(batches), run.options.confidence)


def _borders(run: Run) -> list[list[int]]:
    """The samples between which the stretches lie, the last ones of the window; none where they are too few."""
    rows = [row for row in run.samples if row[0] >= run.warm_up]
    size = (len(rows) - 1) // BATCHES
    return rows[-1 - size * BATCHES :: size] if size > 0 else []


def _ratio(first: list[int], last: list[int], replicas: range, over: int, under: int) -> float | None:
    below = last[0] - first[0] if under == TIME else increase(first, last, replicas, under)
    return increase(first, last, replicas, over) / below if below else None
