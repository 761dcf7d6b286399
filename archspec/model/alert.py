"""Alerts: what is watched, when it is wrong, and who is told."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from archspec.model.element import ComponentRef, Element, FlowRef, Id, Links, Many, TellRef, Text
from archspec.model.quantities import Duration, Factor, Quantity, Rate, Ratio
from archspec.model.scalar import Plain, failed, read_integer, shown

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

_READERS: tuple[type[Quantity], ...] = (Ratio, Duration, Rate, Factor)


def _read_threshold(value: object) -> Threshold:
    if isinstance(value, (Ratio, Duration, Rate, Factor)) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, Plain) and value.isdecimal():
        return read_integer(value)
    for reader in _READERS:
        try:
            return reader.read(value)  # type: ignore[return-value]
        except ValueError:
            continue
    fits = "`95%`, `400ms`, `10/s`, `6x` or a bare count"
    raise failed(f"{shown(value)} is no threshold", f"write it as {fits}, by its metric.", "threshold")


def _threshold_schema() -> dict[str, Any]:
    units = "|".join(kind.pattern for kind in (Ratio, Duration, Rate, Factor))
    return {"anyOf": [{"type": "string", "pattern": f"^(?:{units})$"}, {"type": "number", "minimum": 0}]}


Limit = Annotated[
    Threshold,
    PlainValidator(_read_threshold),
    PlainSerializer(lambda limit: limit if isinstance(limit, int) else str(limit)),
    WithJsonSchema(_threshold_schema()),
]
_NAMES_OF_FLOW_METRICS = ", ".join(f"`{name}`" for name in FLOW_METRICS)


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

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.above is not None and self.below is not None:
            raise failed("`above` and `below` are both given", "keep one of them.", "alert", at="below")
        if self.flow and self.component:
            raise failed(
                "`flow` and `component` are both given", "keep the one that the metric is of.", "alert", at="component"
            )
        if self.metric in FLOW_METRICS and self.component:
            raise failed(
                f"{self.metric} is a metric of flows", "name a `flow` instead of a component.", "alert", at="component"
            )
        if self.metric not in FLOW_METRICS and not self.component:
            message = f"{self.metric} is no metric of flows"
            if self.metric in COMPONENT_METRICS:
                raise failed(message, "add `component`.", "alert", at="metric")
            own = f"add `component` for a metric of your own; flows have {_NAMES_OF_FLOW_METRICS}."
            raise failed(message, own, "alert", at="metric", known=[*FLOW_METRICS, *COMPONENT_METRICS])
        wanted = FLOW_METRICS.get(self.metric) or COMPONENT_METRICS.get(self.metric)
        limit = self.threshold
        if wanted is not None and limit is not None and not isinstance(limit, wanted):
            fits = {Ratio: "`95%`", Duration: "`400ms`", Rate: "`10/s`", Factor: "`6x`", int: "a bare number"}[wanted]
            raise failed(
                f"`{limit}` is no threshold for {self.metric}",
                f"write it as {fits}.",
                "alert",
                at="above" if self.above is not None else "below",
            )
        return self

    @property
    def threshold(self) -> Threshold | None:
        """The limit, whichever side it is on."""
        return self.above if self.above is not None else self.below

    @property
    def windows(self) -> tuple[Duration, ...]:
        """The windows in force: `over`, else 1m for cpu and memory, else 5m."""
        minutes = 1 if self.metric in ("cpu", "memory") else 5
        return self.over or (Duration(minutes * 60 * 10**9),)
