"""`archspec lint --watch`: judge again whenever a file that takes part has changed."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

_PAUSE = 0.3
"""Seconds between two looks at the files: soon enough for a person, and next to no work."""

Stamp = tuple[tuple[str, int, int], ...]


def watch(judge: Callable[[], Iterable[str]], pause: Callable[[], None] = lambda: time.sleep(_PAUSE)) -> None:
    """Call `judge`, which gives the files that took part, again after each change of one of them, until Ctrl-C.

    `pause` is called between two looks; it may raise KeyboardInterrupt to end.
    """
    try:
        while True:
            files = sorted(set(judge()))
            before = stamp(files)
            while stamp(files) == before:
                pause()
    except KeyboardInterrupt:
        return


def stamp(files: Iterable[str]) -> Stamp:
    """What tells whether files have changed: time and size of each; zeros for one that is gone."""
    found = []
    for file in files:
        try:
            status = Path(file).stat()
            found.append((file, status.st_mtime_ns, status.st_size))
        except OSError:
            found.append((file, 0, 0))
    return tuple(found)
