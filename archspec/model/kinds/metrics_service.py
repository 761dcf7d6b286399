"""Metrics service."""

from typing import Literal

from pydantic import Field

from archspec.model import Duration, Id, Kind, Period, Role, Running, Shape


class MetricsService(Running):
    """Collects metrics and evaluates alerts, such as Prometheus."""

    kind: Literal["metrics_service"] = "metrics_service"
    collects: tuple[Id, ...] = Field(("cpu", "memory", "network"), description="What it gets from `metrics_to`.")
    scrape_interval: Period = Field(Duration(15 * 10**9), description="Time between two samples.")
    evaluation_interval: Period | None = Field(
        None, description="Time between two looks at the alerts; default: the scrape interval."
    )


KIND = Kind(
    "metrics_service",
    "Metrics service",
    Role.TELEMETRY,
    Shape.OBSERVER,
    MetricsService,
    other_names=("prometheus", "metrics", "monitoring"),
)
