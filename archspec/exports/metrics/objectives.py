"""What is promised of flows, as objectives that other tools watch: each a share of events that are good."""

from collections.abc import Iterator
from fractions import Fraction

from archspec.exports import Exporting, Notes, OfFlows, measured, slug
from archspec.frozen import frozen
from archspec.model import Duration, Flow
from archspec.simulation import SHARES


@frozen
class Objective:
    """One promise: a share of requests, over a window of time."""

    name: str
    flow: Flow
    target: Fraction
    limit: Duration | None
    """None: the request succeeds; else a good answer takes no longer."""
    of: OfFlows

    @property
    def about(self) -> str:
        """In a sentence."""
        if self.limit is None:
            return f"{self.percent:.10g}% of {self.flow.title} succeed."
        return f"{self.percent:.10g}% of the good answers to {self.flow.title} come within {self.limit}."

    @property
    def percent(self) -> float:
        """The share in percent."""
        return float(self.target * 100)

    def errors(self, window: str) -> str:
        """Bad events per second."""
        flow = self.of.flows[0]
        if self.limit is None:
            return f"sum(rate({flow.bad}[{window}])) or vector(0)"
        return f"{self.total(window)} - sum(rate({flow.within(self._bucket)}[{window}]))"

    def total(self, window: str) -> str:
        """All events per second."""
        flow = self.of.flows[0]
        return f"sum(rate({flow.total if self.limit is None else flow.good}[{window}]))"

    @property
    def bare(self) -> tuple[str, str]:
        """The selectors of its errors (of a limit: of what is good) and of all."""
        flow = self.of.flows[0]
        return (flow.bad, flow.total) if self.limit is None else (flow.within(self._bucket), flow.good)

    @property
    def _bucket(self) -> str:
        assert self.limit is not None
        return self.of.bucket_of(self.limit) or ""


def objectives(exporting: Exporting, notes: Notes) -> Iterator[Objective]:
    """Every promise whose metrics are known: `success` is one, each percentile another; of the others a note."""
    system = slug(exporting.architecture.name)
    for flow in exporting.architecture.flows.values():
        if flow.objective is None:
            continue
        how = measured(exporting, flow, notes)
        if how is None:
            continue
        if how.own.success or how.own.total:
            notes.add(f"flow {flow.id}", "its own `success` and `total` are no selectors, which objectives are made of")
            continue
        of = OfFlows((how,), exporting.settings.prometheus.buckets)
        if flow.objective.success is not None:
            yield Objective(f"{system}-{slug(flow.id)}-success", flow, flow.objective.success.value, None, of)
        for percentile, limit in flow.objective.percentiles.items():
            if of.bucket_of(limit) is None:
                reason = f"no bucket ends at {limit}, so {percentile} is not an objective that can be counted"
                notes.add(f"flow {flow.id}", f"{reason}; give the histogram that bucket, and [prometheus] buckets too")
                continue
            share = Fraction(str(SHARES[percentile]))
            yield Objective(f"{system}-{slug(flow.id)}-{slug(percentile)}", flow, share, limit, of)
