"""A progress bar on standard error, where somebody sees it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archspec.cli.terminal import Terminal


@contextmanager
def progress(terminal: Terminal, label: str) -> Iterator[Callable[[float], None] | None]:
    """A bar for as long as the block runs, and what to call with the share that is done; None where nobody looks."""
    if not terminal.shows_progress:
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)

        def show(share: float) -> None:
            bar.update(task, completed=share)

        yield show
