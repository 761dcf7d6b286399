"""What was made of a spec's entries: an entry that stays as it was written is not made anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from archspec.model import Path


@dataclass(slots=True)
class Memory:
    """The elements of one spec by path and text of their entry, all without a mistake.

    What comes to an entry from elsewhere (`defaults`, `set`) is the same for all that is remembered.
    """

    _around: object = None
    _before: dict[tuple[Path, str], Any] = field(default_factory=dict)
    _now: dict[tuple[Path, str], Any] = field(default_factory=dict)

    def begin(self, *around: Any) -> None:
        """Begin a spec to whose entries all this comes from elsewhere; of the one before, what fits is known."""
        exact = _exact(around)
        self._before, self._now = (self._now if exact == self._around else {}), {}
        self._around = exact

    def recall(self, path: Path, text: str) -> Any:
        """What was made of an entry; None where nothing was."""
        found = self._before.get((path, text))
        if found is not None:
            self._now[path, text] = found
        return found

    def keep(self, path: Path, text: str, made: Any) -> None:
        """Remember what was made of an entry."""
        self._now[path, text] = made


def _exact(data: Any) -> object:
    """Data to be compared: an unquoted scalar is not the same as a quoted one."""
    if isinstance(data, Mapping):
        return tuple((str(key), _exact(value)) for key, value in data.items())
    if isinstance(data, (list, tuple)):
        return tuple(map(_exact, data))
    return (type(data), data)
