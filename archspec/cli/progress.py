"""A progress bar on standard error, where somebody sees it."""

from collections.abc import Callable

from archspec.cli.terminal import Terminal


def progress(terminal: Terminal, label: str) -> Callable[[float], None] | None:
    """What to call with the share that is done; the bar goes away at 1. None where nobody would see it."""
    if not terminal.shows_progress:
        return None
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=1.0)
    bar.start()

    def show(share: float) -> None:
        bar.update(task, completed=share)
        if share >= 1:
            bar.stop()

    return show
