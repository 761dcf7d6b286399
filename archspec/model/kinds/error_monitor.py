"""Error monitor."""

from typing import Literal

from archspec.model.component import Running
from archspec.model.kind import Kind, Role
from archspec.model.shape import Shape


class ErrorMonitor(Running):
    """Collects exceptions, such as Sentry."""

    kind: Literal["error_monitor"] = "error_monitor"


KIND = Kind(
    "error_monitor",
    "Error monitor",
    Role.TELEMETRY,
    Shape.OBSERVER,
    ErrorMonitor,
    provided=True,
    other_names=("sentry", "error_tracker"),
)
