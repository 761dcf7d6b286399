"""Alerts: what is watched, when it is wrong, and who is told."""

from typing import Annotated, Literal

from pydantic import Field

from archspec.model.constraints import Constraint, Fits, Given, Is, Not, one_of
from archspec.model.element import ComponentRef, Element, FlowRef, Links, TellRef
from archspec.model.field_types import AnyOf, Id, Many, Text, Whole
from archspec.model.quantities import Duration, Factor, Quantity, Rate, Ratio

Threshold = Ratio | Duration | Rate | Factor | int

FLOW_METRICS: dict[str, type[Quantity]] = {
    "success_rate": Ratio,
    "request_rate": Rate,
    "p50": Duration,
    "p90": Duration,
    "p95": Duration,
    "p99": Duration,
    "p99.9": Duration,
    "burn_rate": Factor,
}
"""Metrics of flows, with what their thresholds are written in."""

COMPONENT_METRICS: dict[str, type[Quantity] | type[int]] = {
    "cpu": Ratio,
    "memory": Ratio,
    "queue_length": int,
    "replicas_up": int,
}
"""Metrics of components, with what their thresholds are written in (int: a bare count)."""

Limit = Annotated[
    Threshold,
    AnyOf(
        (Ratio, Duration, Rate, Factor),
        "is not a threshold",
        "write it as `95%`, `400ms`, `10/s`, `6x` or a bare count, by its metric.",
        count=Whole(0),
    ),
]
_METRICS = FLOW_METRICS | COMPONENT_METRICS
_NAMES_OF_FLOWS = ", ".join(f"`{name}`" for name in FLOW_METRICS)
_WRITTEN = {Ratio: "`95%`", Duration: "`400ms`", Rate: "`10/s`", Factor: "`6x`", int: "a bare number"}
_OF_A_FLOW = Is("metric", tuple(FLOW_METRICS))


def _in_the_unit_of(metric: str, kind: type[Quantity] | type[int]) -> tuple[Constraint, ...]:
    return tuple(
        Constraint(
            Fits(limit, (kind,)),
            f"`{{{limit}}}` is not a threshold for {metric}",
            f"write it as {_WRITTEN[kind]}.",
            where=Is("metric", (metric,)),
            at=limit,
        )
        for limit in ("above", "below")
    )


class Alert(Element):
    """A condition on a metric that tells somebody."""

    id: Id = Field(description="Its name everywhere else in the spec.")
    metric: Text = Field(
        description="success_rate request_rate p50 to p99.9 burn_rate cpu memory queue_length replicas_up, or your own."
    )
    flow: FlowRef | None = Field(None, description="Of which flow; default: all from person or client.")
    component: ComponentRef | None = Field(None, description="Of which component.")
    above: Limit | None = Field(None, description="Wrong when the metric is above this.")
    below: Limit | None = Field(None, description="Wrong when the metric is below this.")
    over: Many[Duration] = Field(
        (), description="Window; several: all must be in breach. Default 5m; cpu and memory 1m."
    )
    for_: Duration = Field(Duration(0), alias="for", description="Must hold so long before it fires.")
    keep_firing_for: Duration = Field(Duration(0), description="Fires on so long after the last breach.")
    severity: Literal["critical", "warning", "info"] = Field("warning", description="How bad it is.")
    notify: tuple[TellRef, ...] = Field((), description="Who is told.")
    description: Text | None = Field(None, description="What it means.")
    links: Links = Field(default_factory=dict)

    constraints = (
        *one_of("above", "below", message="`above` and `below` are both given", remedy="keep one of them."),
        *one_of(
            "flow",
            "component",
            message="`flow` and `component` are both given",
            remedy="keep the one that the metric is of.",
        ),
        Constraint(
            Not(Given("component")),
            "{metric} is a metric of flows",
            "name a `flow` instead of a component.",
            where=_OF_A_FLOW,
            at="component",
        ),
        Constraint(
            Given("component"),
            "{metric} is not a metric of flows",
            "add `component`.",
            where=Is("metric", tuple(COMPONENT_METRICS)),
            at="metric",
        ),
        Constraint(
            Given("component"),
            "{metric} is not a metric of flows",
            f"add `component` for a metric of your own; flows have {_NAMES_OF_FLOWS}.",
            where=Not(Is("metric", tuple(_METRICS))),
            at="metric",
            known=tuple(_METRICS),
        ),
        *(
            each
            for metric, kind in (FLOW_METRICS | COMPONENT_METRICS).items()
            for each in _in_the_unit_of(metric, kind)
        ),
    )

    @property
    def threshold(self) -> Threshold | None:
        """The limit, whichever side it is on."""
        return self.above if self.above is not None else self.below

    @property
    def windows(self) -> tuple[Duration, ...]:
        """The windows in force: `over`, else 1m for cpu and memory, else 5m."""
        minutes = 1 if self.metric in ("cpu", "memory") else 5
        return self.over or (Duration(minutes * 60 * 10**9),)
