"""Dashboard."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class Dashboard(Running):
    """Shows figures to people, such as Grafana."""

    kind: Literal["dashboard"] = "dashboard"


KIND = Kind(
    "dashboard",
    "Dashboard",
    Role.TELEMETRY,
    Shape.OBSERVER,
    Dashboard,
    is_asked=False,
    other_names=("grafana", "kibana"),
)
