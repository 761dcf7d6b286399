"""A course of figures in one line of block characters."""

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, from 0 to the largest; a gap where there is none.

    >>> sparkline([0, 1, 2, None, 8])
    '▁▂▃ █'
    >>> sparkline([0, 0])
    '▁▁'
    """
    top = max((value for value in values if value is not None), default=0.0)
    return "".join(" " if value is None else BLOCKS[_height(value, top)] for value in values)


def _height(value: float, top: float) -> int:
    return min(len(BLOCKS) - 1, int(value / top * (len(BLOCKS) - 1) + 0.5)) if top > 0 else 0
