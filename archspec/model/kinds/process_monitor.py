"""Process monitor."""

from typing import Literal

from archspec.model import Kind, Role, Running, Shape


class ProcessMonitor(Running):
    """Restarts crashed processes, such as PM2 or systemd."""

    kind: Literal["process_monitor"] = "process_monitor"


KIND = Kind(
    "process_monitor",
    "Process monitor",
    Role.TELEMETRY,
    Shape.OBSERVER,
    ProcessMonitor,
    other_names=("pm2", "systemd", "supervisor"),
)
