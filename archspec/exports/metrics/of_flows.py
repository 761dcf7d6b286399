"""PromQL of what flows do: their rate, the share that fails, their response times."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from archspec.exports import Exporting, Measured, Notes, measured, number
from archspec.frozen import frozen
from archspec.model import Duration
from archspec.simulation import SHARES


@frozen
class OfFlows:
    """Expressions of some flows taken together; a window is what stands between the brackets."""

    flows: tuple[Measured, ...]
    buckets: tuple[float, ...]

    def rate(self, window: str) -> str:
        """Answered requests per second."""
        return self._own("total", window) or _sum((each.total for each in self.flows), window)

    def failed(self, window: str) -> str:
        """The share that fails: 0 where no request ever has."""
        success = self._own("success", window)
        if success is not None:
            return f"(1 - {success} / {self.rate(window)})"
        bad = _sum((each.bad for each in self.flows), window)
        return f"({bad} or vector(0)) / {self.rate(window)}"

    def within(self, limit: Duration, window: str) -> str | None:
        """The share of the good answers that took no longer; None where no bucket ends there."""
        le = self.bucket_of(limit)
        if le is None:
            return None
        reached = _sum((each.within(le) for each in self.flows), window)
        return f"{reached} / {_sum((each.good for each in self.flows), window)}"

    def bucket_of(self, limit: Duration) -> str | None:
        """The limit as a bucket's label, in the histogram's unit; None where there is no such bucket."""
        seconds = limit.nanoseconds / 1e9
        if seconds not in self.buckets:
            return None
        return spelled(seconds * self.flows[0].per_second)

    def quantile(self, percentile: str, window: str) -> str:
        """The response time that a share of the good answers keep, in the histogram's unit."""
        rates = " or ".join(f"rate({each.bucket}[{window}])" for each in self.flows)
        return f"histogram_quantile({number(Fraction(str(SHARES[percentile])))}, sum by (le) ({rates}))"

    def _own(self, name: str, window: str) -> str | None:
        """What the configuration says instead, of one flow."""
        told = getattr(self.flows[0].own, name) if len(self.flows) == 1 else None
        return None if told is None else f"({told.replace('{window}', window)})"


def spelled(limit: float) -> str:
    """A bucket's limit as Prometheus' clients write it.

    >>> spelled(0.4), spelled(1.0), spelled(400.0)
    ('0.4', '1.0', '400.0')
    """
    return repr(float(limit))


def of_flows(exporting: Exporting, ids: Sequence[str], notes: Notes) -> OfFlows | None:
    """The expressions of some flows; those that are not measured are noted and left out. None: none is measured."""
    flows = exporting.architecture.flows
    found = tuple(each for id_ in ids if (each := measured(exporting, flows[id_], notes)) is not None)
    return OfFlows(found, exporting.settings.prometheus.buckets) if found else None


def _sum(selectors: Iterable[str], window: str) -> str:
    return f"sum({' or '.join(f'rate({each}[{window}])' for each in dict.fromkeys(selectors))})"
