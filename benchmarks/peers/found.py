"""What one run of any side found."""

from typing import NamedTuple


class Found(NamedTuple):
    """Requests that came, those that were answered well, and how long these took on average, in seconds."""

    requests: int
    good: int
    mean: float
