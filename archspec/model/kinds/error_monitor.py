"""Error monitor."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


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
