"""Dashboard."""

from typing import Literal

from archspec.model.component import Running
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


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
