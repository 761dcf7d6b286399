"""How far a long command is, and what it is at: a bar on a terminal, else a line every few seconds, so that no log
of CI stands still without a word.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from archspec.cli.terminal import Terminal

EVERY = 5.0
"""Seconds between two lines, and before the first."""


@contextmanager
def told_steps(terminal: Terminal, total: int, every: float = EVERY) -> Iterator[Callable[[str], None]]:
    """What to call with each step as it begins, of so many; a line tells of the one at hand, even if it takes long."""
    at, number, ended = "", 0, Event()

    def say(what: str) -> None:
        nonlocal at, number
        at, number = what, number + 1

    def tell() -> None:
        while not ended.wait(every):
            if at:
                terminal.message(f"{at} ({number} of {total})" if total > 1 else at)

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield say
    finally:
        ended.set()
        teller.join()


@contextmanager
def shown_steps(terminal: Terminal, total: int) -> Iterator[Callable[[str], None]]:
    """The same with a bar on a terminal, where a person looks at it."""
    if not terminal.shows_progress:
        with told_steps(terminal, total) as say:
            yield say
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True, no_color=not terminal.error_colour)
    columns = (BarColumn(bar_width=32), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)
        begun = False

        def show(what: str) -> None:
            nonlocal begun
            bar.update(task, description=what, advance=1 if begun else 0)
            begun = True

        yield show


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
