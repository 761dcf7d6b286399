"""How far a long command is: a bar on a terminal, elsewhere a line every few seconds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from archspec.cli.terminal import Terminal

EVERY = 5.0
"""Seconds between two lines, and before the first."""


@contextmanager
def progress(terminal: Terminal, label: str) -> Iterator[Callable[[float], None] | None]:
    """What to call with the share that is done, for as long as the block runs; None where nothing is to be told."""
    if not terminal.shows_progress:
        yield None if terminal.quiet else _lines(terminal, label)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)

        def show(share: float) -> None:
            bar.update(task, completed=share)

        yield show


def _lines(terminal: Terminal, label: str) -> Callable[[float], None]:
    """Tell of the share that is done, but no more often than that a log stays short."""
    told = monotonic()

    def show(share: float) -> None:
        nonlocal told
        if monotonic() - told >= EVERY:
            told = monotonic()
            terminal.message(f"{label}: {share:.0%}")

    return show
