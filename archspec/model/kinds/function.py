"""Function."""

from typing import Literal

from pydantic import Field

from archspec.model import Duration, Kind, Many, Positive, Role, Shape, Time
from archspec.model.component import (
    Authentication,
    Dependable,
    ErrorMonitorRef,
    LogServiceRef,
    MetricsServiceRef,
    TraceStoreRef,
)


class Function(Dependable):
    """Runs code on demand, an instance for each request: what a cloud calls serverless."""

    kind: Literal["function"] = "function"
    concurrency: Positive | None = Field(
        None, description="Instances at most; above them 429. Each works on one request. Default: no limit."
    )
    cold_start: Time | None = Field(
        None, description="Until a new instance works; default: not known, and taken as no time."
    )
    idle_after: Duration = Field(Duration(600 * 10**9), description="How long an instance waits for work, then goes.")
    authentication: Authentication | None = Field(None, description="How callers prove who they are.")
    logs_to: Many[LogServiceRef] = Field((), description="Where it ships its logs.")
    metrics_to: Many[MetricsServiceRef] = Field((), description="Where its metrics are collected.")
    errors_to: Many[ErrorMonitorRef] = Field((), description="Where it reports exceptions.")
    traces_to: Many[TraceStoreRef] = Field((), description="Where it sends spans.")


KIND = Kind(
    "function",
    "Function",
    Role.COMPUTE,
    Shape.FUNCTION,
    Function,
    provided=True,
    other_names=("lambda", "cloud_function", "serverless", "faas"),
)
