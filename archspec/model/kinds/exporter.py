"""Exporter."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class Exporter(Running):
    """Shows the figures of something else to a metrics service, such as node-exporter."""

    kind: Literal["exporter"] = "exporter"


KIND = Kind(
    "exporter",
    "Exporter",
    Role.TELEMETRY,
    Shape.OBSERVER,
    Exporter,
    is_asked=False,
    other_names=("node_exporter", "metrics_exporter"),
)
