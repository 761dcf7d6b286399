"""How long a million spans take to be read, and how much memory: OTLP in JSON lines of 700 bytes a span, and Jaeger.

    uv run python benchmarks/observation.py [--spans 1000000] [--form otlp|jaeger]

Twenty services, seven spans a trace, batches of twenty spans as collectors write them; Jaeger's as its page downloads
them, each reference with the span's whole ancestry. The file is written first, which is not counted.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHAPE = ((0, None), (1, 0), (2, 1), (3, 2), (4, 2), (5, 4), (6, 5))
"""Spans of a trace: its number, and its parent's."""
PADDING = "a text that makes the span as long as those of a collector are " * 2


def main() -> None:
    """Write, read in a process of its own, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spans", type=int, default=1_000_000)
    parser.add_argument("--form", choices=("otlp", "jaeger"), default="otlp")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"traces.{options.form}.json"
        with file.open("w", encoding="utf-8") as out:
            out.writelines((otlp if options.form == "otlp" else jaeger)(options.spans))
        size = file.stat().st_size
        print(f"{options.spans:,} spans, {size / 1e6:.0f} MB, {size / options.spans:.0f} bytes a span", flush=True)
        subprocess.run([sys.executable, __file__, "--read", str(file)], check=True, cwd=ROOT)


def read(file: Path) -> None:
    """Time and memory of one reading."""
    sys.path[0] = str(ROOT)
    from archspec.observation.observe import observe

    start, cpu = time.perf_counter(), time.process_time()
    found = observe([str(file)])
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"{found.reading.traces:,} traces, {len(found.edges)} pairs: {took:.1f} s, {cpu:.1f} s of CPU, {used:.0f} MB")


def spans(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Service and span, trace by trace."""
    for number in range(count):
        trace, place = divmod(number, len(SHAPE))
        at = 1_700_000_000 * 10**9 + trace * 10**6
        own, parent = SHAPE[place]
        yield (
            f"service-{(trace + own // 2) % 20}",
            {
                "traceId": f"{trace + 1:032x}",
                "spanId": f"{trace * 16 + own + 1:016x}",
                **({"parentSpanId": f"{trace * 16 + parent + 1:016x}"} if parent is not None else {}),
                "name": f"operation-{own}",
                "kind": 2 if own % 2 == 0 else 3,
                "startTimeUnixNano": str(at + own * 1000),
                "endTimeUnixNano": str(at + 10**6 - own * 1000),
                "attributes": [
                    {"key": "http.request.method", "value": {"stringValue": "GET"}},
                    {"key": "http.response.status_code", "value": {"intValue": "200"}},
                    {"key": "thread.id", "value": {"intValue": str(number % 97)}},
                    {"key": "thread.name", "value": {"stringValue": PADDING}},
                ],
                "status": {},
            },
        )


def otlp(count: int) -> Iterator[str]:
    """A line for each twenty spans, under the resources of their services."""
    batch: dict[str, list[dict[str, Any]]] = {}
    for number, (service, span) in enumerate(spans(count), start=1):
        batch.setdefault(service, []).append(span)
        if number % 20 == 0 or number == count:
            resources = [
                {
                    "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": name}}]},
                    "scopeSpans": [{"scope": {"name": "benchmark"}, "spans": found}],
                }
                for name, found in batch.items()
            ]
            yield json.dumps({"resourceSpans": resources}, separators=(",", ":")) + "\n"
            batch = {}


def jaeger(count: int) -> Iterator[str]:
    """One object, as Jaeger's page downloads it."""
    yield '{"data":['
    trace: list[tuple[str, dict[str, Any]]] = []
    for number, each in enumerate(spans(count), start=1):
        trace.append(each)
        if len(trace) == len(SHAPE) or number == count:
            yield ("" if number <= len(SHAPE) else ",") + json.dumps(downloaded(trace))
            trace = []
    yield "]}\n"


def downloaded(trace: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """A trace in Jaeger's JSON, ancestors within references."""
    made: dict[str, dict[str, Any]] = {}
    for service, span in trace:
        parent = span.get("parentSpanId")
        made[span["spanId"]] = {
            "traceID": span["traceId"],
            "spanID": span["spanId"],
            "operationName": span["name"],
            "references": [{"refType": "CHILD_OF", "traceID": span["traceId"], "spanID": parent, "span": made[parent]}]
            if parent
            else [],
            "startTime": int(span["startTimeUnixNano"]) // 1000,
            "duration": 900,
            "tags": [{"key": "thread.name", "type": "string", "value": PADDING}],
            "logs": [],
            "processID": service,
            "warnings": None,
        }
    processes = {service: {"serviceName": service, "tags": []} for service, _ in trace}
    return {"traceID": trace[0][1]["traceId"], "spans": list(made.values()), "processes": processes}


if __name__ == "__main__":
    main()
