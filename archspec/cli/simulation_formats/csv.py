"""The flows of a simulation as CSV: one line per flow."""

import csv as standard
from io import StringIO

from archspec.execution.layout import CAUSES
from archspec.execution.results import Results

PERCENTILES = ("p50", "p90", "p95", "p99", "p99.9")


def csv(results: Results) -> str:
    """Counts, failures by cause, and response times in milliseconds; empty where there is no such figure."""
    out = StringIO()
    writer = standard.writer(out, lineterminator="\n")
    causes = [cause for cause in CAUSES if cause]
    writer.writerow(
        ["flow", "seed", "offered", "ok", "degraded", *causes, "in_flight", "throughput", "mean_ms"]
        + [f"{name}_ms" for name in PERCENTILES]
    )
    for flow in results.flows:
        failed = dict(flow.failed)
        latency = flow.latency
        times = [latency.mean.value if latency else None]
        times += [latency.percentile(name) if latency else None for name in PERCENTILES]
        writer.writerow(
            [flow.flow, results.seed, flow.offered, flow.ok, flow.degraded]
            + [failed.get(cause, 0) for cause in causes]
            + [flow.in_flight, flow.throughput]
            + ["" if time is None else time / 1e6 for time in times]
        )
    return out.getvalue()
