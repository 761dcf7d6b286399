"""Traces made by hand, small enough to check by eye."""

import json
from pathlib import Path
from typing import Any

from archspec.observation.observe import Observation, observe

MS = 10**6
KINDS = {"internal": 1, "server": 2, "client": 3, "producer": 4, "consumer": 5}


def span(
    service: str,
    number: int,
    parent: int | None,
    begin: float,
    end: float,
    kind: str = "",
    name: str = "work",
    trace: int = 1,
    failed: bool = False,
    link: tuple[int, int] | None = None,
    **attributes: object,
) -> dict[str, Any]:
    """A resource with one span in OTLP; times in milliseconds, `__` in a name of an attribute is a dot."""
    made: dict[str, Any] = {
        "traceId": f"{trace:032x}",
        "spanId": f"{number:016x}",
        "name": name,
        "kind": KINDS.get(kind, 0),
        "startTimeUnixNano": str(round(begin * MS)),
        "endTimeUnixNano": str(round(end * MS)),
        "attributes": [
            {"key": key.replace("__", "."), "value": {"intValue" if isinstance(value, int) else "stringValue": value}}
            for key, value in attributes.items()
        ],
        "status": {"code": 2} if failed else {},
    }
    if parent is not None:
        made["parentSpanId"] = f"{parent:016x}"
    if link is not None:
        made["links"] = [{"traceId": f"{link[0]:032x}", "spanId": f"{link[1]:016x}"}]
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]}
    return {"resource": resource, "scopeSpans": [{"spans": [made]}]}


def shop(trace: int = 1, at: float = 0) -> list[dict[str, Any]]:
    """A web server asks a cache and then, as it has nothing, a database; both sides of each call but the database's."""
    return [
        span("web", 1, None, at, at + 100, "server", "GET /", trace, http__request__method="GET", http__route="/"),
        span("web", 2, 1, at + 10, at + 20, "client", "get", trace),
        span("cache", 3, 2, at + 12, at + 18, "server", "get", trace),
        span("web", 4, 1, at + 30, at + 70, "client", "find", trace, db__system="mongodb", server__address="users-db"),
    ]


def written(folder: Path, *resources: dict[str, Any]) -> Path:
    """A file of JSON lines, one for each span."""
    file = folder / "traces.jsonl"
    file.write_text("".join(json.dumps({"resourceSpans": [each]}) + "\n" for each in resources))
    return file


def observed(folder: Path, *resources: dict[str, Any]) -> Observation:
    """What such a file tells."""
    return observe([str(written(folder, *resources))])


def outline(observation: Observation) -> list[str]:
    """Each operation of each flow on a line: callee, calls, own time and lag in milliseconds."""
    lines: list[str] = []

    def tell(node: Any, depth: int) -> None:
        times = [f"{samples.values[0] / MS:g}" if samples.count else "-" for samples in (node.own, node.lag)]
        lines.append(f"{'  ' * depth}{node.key.callee.shown} x{node.calls} {' '.join(times)}")
        for below in node.inner.values():
            tell(below, depth + 1)

    for root in observation.roots:
        tell(root.node, 0)
    return lines
