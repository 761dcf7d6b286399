"""Confidence intervals of what a run tells of a component, from 20 stretches of time.

The stretches are equally long and made of whole scrape intervals; of each the figure is computed as for the whole
window, as a ratio of two increases (Law and Kelton, 9.5.3, with time in place of observations).
"""

from collections.abc import Iterator

from archspec.simulation.results import Estimate
from archspec.simulation.run import Run
from archspec.simulation.samples import Figure, Samples
from archspec.simulation.statistics import BATCHES, Window, estimate_of

RARE = ("waiting", "probability_of_wait", "mean_wait", "shed_share")
"""Figures that are 0 until something happens: a run in which it did not does not say how rare it is."""


def component_intervals(
    run: Run, window: Window, replicas: range, cores: int, slots: int
) -> tuple[tuple[str, Estimate], ...]:
    """Each figure of a component over the window with its interval; those that there are.

    `window` is what can be seen of the component, `cores` and `slots` what one replica has (0: not stated).
    """
    figures = (
        ("core_utilisation", Figure.CORES, Figure.REGISTERED, cores),
        ("slot_utilisation", Figure.SLOTS, Figure.REGISTERED, slots),
        ("waiting", Figure.QUEUED, None, 1),
        ("in_system", Figure.IN_WORK, None, 1),
        ("probability_of_wait", Figure.WAITED, Figure.ANSWERED, 1),
        ("mean_wait", Figure.TIME_WAITED, Figure.ANSWERED, 1),
        ("shed_share", Figure.SHED, Figure.CALLS, 1),
    )
    borders, calls = _borders(run), run.window.increase(replicas, Figure.CALLS)
    found = []
    for name, over, under, capacity in figures:
        value = next(_ratios(run.window, replicas, over, under))
        if capacity > 0 and value is not None:
            batches = list(_ratios(borders, replicas, over, under))
            why = _why_not(name, value, batches, window, calls)
            numbers = [batch / capacity for batch in batches if batch is not None]
            share = value / capacity
            found.append(
                (name, Estimate(share, None, why) if why else estimate_of(share, numbers, run.options.confidence))
            )
    return tuple(found)


def _why_not(name: str, value: float, batches: list[float | None], window: Window, calls: int) -> str | None:
    if not batches:
        return f"fewer than {BATCHES} scrape intervals"
    if None in batches:
        return "too few calls: each part of the run needs some"
    if name in RARE and value == 0:
        return "it never happened in this run"
    return window.lacks(calls)


def _borders(run: Run) -> Samples:
    """The samples between which the stretches lie, the last ones of the window; none where they are too few."""
    rows = int((run.samples.times >= run.warm_up).sum())
    size = (rows - 1) // BATCHES
    return run.samples.rows(slice(-1 - size * BATCHES, None, size) if size > 0 else slice(0, 0))


def _ratios(samples: Samples, replicas: range, over: Figure, under: Figure | None) -> Iterator[float | None]:
    """Between each sample and the next, the increase of one figure by that of another, or by the time (None)."""
    above = samples.total(replicas, over)
    below = samples.times if under is None else samples.total(replicas, under)
    for increase, by in zip((above[1:] - above[:-1]).tolist(), (below[1:] - below[:-1]).tolist(), strict=True):
        yield increase / by if by else None
