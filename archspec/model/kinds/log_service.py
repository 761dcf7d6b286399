"""Log service."""

from typing import Literal

from pydantic import Field

from archspec.model import Duration, Kind, Role, Running, Shape


class LogService(Running):
    """Keeps log records, such as Loki."""

    kind: Literal["log_service"] = "log_service"
    retention: Duration | None = Field(None, description="How long a record is kept.")


KIND = Kind(
    "log_service",
    "Log service",
    Role.TELEMETRY,
    Shape.OBSERVER,
    LogService,
    other_names=("loki", "log_store", "logging", "logs", "elk"),
)
