"""Response times that are given one by one, in the place of those that the engine keeps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archspec.simulation.percentiles import Tally, bucket_of, rank_of, together
from archspec.simulation.statistics import BATCHES


@dataclass(frozen=True)
class Given:
    """Times in order of arrival."""

    times: NDArray[np.int64]

    @property
    def count(self) -> int:
        return len(self.times)

    @property
    def mean(self) -> float:
        return float(self.times.mean())

    def quantile(self, share: float) -> float:
        return float(np.sort(self.times)[rank_of(share, len(self.times)) - 1])

    def batch_means(self) -> list[float]:
        return batch_means(self.times)

    def beyond(self, value: float) -> tuple[list[float], list[float]]:
        return batch_means(self.times > value), batch_means(self.times >= value)

    def tally(self) -> Tally:
        return tally_of(self.times)


def batch_means(values: NDArray[np.generic]) -> list[float]:
    """The means of 20 batches of equal count; what is too much is left out at the front."""
    size = len(values) // BATCHES
    means: list[float] = values[len(values) - size * BATCHES :].reshape(BATCHES, size).mean(axis=1).tolist()
    return means


def tally_of(times: NDArray[np.int64]) -> Tally:
    """Times bucket by bucket."""
    return together([tuple((time, time, 1) for time in sorted(times.tolist(), key=bucket_of))])
