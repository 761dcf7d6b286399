"""When to read files again: for `archspec lint --watch`, and for `archspec serve`."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

_PAUSE = 0.3
"""Seconds between two looks at the files: soon enough for a person, and next to no work."""
_COARSE = 20_000_000
"""Nanoseconds by which a file's time may lag behind the clock."""

Stamp = tuple[int, int, int]
"""Time, size and number of a file; zeros of one that is not there."""


@dataclass(slots=True)
class Watch:
    """Files, by the paths that a person would name: what stands there now counts, wherever it was moved from.

    Each reading of them stands between `begin` and `read`, so that no change that falls into it is lost.
    """

    _known: dict[str, Stamp] = field(default_factory=dict)
    _since: int = 0

    def begin(self) -> None:
        """The files are going to be read."""
        self._since = time.time_ns() - _COARSE
        self._known = {file: _stamp(file) for file in self._known}

    def read(self, files: Iterable[str]) -> None:
        """These files took part, read, or looked for in vain; a new one that was written meanwhile has changed."""
        before, self._known = self._known, {}
        for file in files:
            now = _stamp(file)
            self._known[file] = before.get(file, (-1, 0, 0) if now[0] >= self._since else now)

    @property
    def has_changed(self) -> bool:
        """Whether a file is not as it was when it was read."""
        return self.now != tuple(self._known.values())

    @property
    def now(self) -> tuple[Stamp, ...]:
        """How the files are now, in an order that stays until the next reading."""
        return tuple(map(_stamp, self._known))


def watch(judge: Callable[[], Iterable[str]], pause: Callable[[], None] = lambda: time.sleep(_PAUSE)) -> None:
    """Call `judge`, which gives the files that took part, again after each change of one of them, until Ctrl-C.

    `pause` is called between two looks; it may raise KeyboardInterrupt to end.
    """
    watched = Watch()
    try:
        while True:
            watched.begin()
            watched.read(judge())
            while not watched.has_changed:
                pause()
    except KeyboardInterrupt:
        return


def _stamp(file: str) -> Stamp:
    try:
        status = Path(file).stat()
    except (OSError, ValueError):
        return (0, 0, 0)
    return (status.st_mtime_ns, status.st_size, status.st_ino)
