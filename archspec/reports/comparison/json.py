"""What-ifs side by side as JSON."""

from typing import Any

from archspec.reports import TIMES, Subject, json_report
from archspec.simulation import Estimate
from archspec.simulation.studies.comparison import Comparison, Figure


def data(comparison: Comparison) -> dict[str, Any]:
    """The whole comparison; times in milliseconds."""
    return {
        "system": comparison.system,
        "seed": comparison.seed,
        "duration_s": comparison.duration / 1e9,
        "replications": comparison.replications,
        "confidence": comparison.confidence,
        "variants": [
            {"variant": variant, "bottleneck": sentence}
            for variant, sentence in zip(comparison.variants, comparison.bottlenecks, strict=True)
        ],
        "rows": [
            {
                "flow": row.flow,
                "variant": row.variant,
                "overloaded": row.overloaded,
                "missed": list(row.missed),
                **{key_of(figure.name): _figure(figure) for figure in row.figures},
            }
            for row in comparison.rows
        ],
    }


def key_of(name: str) -> str:
    """A figure's name with its unit."""
    return f"{name}_ms" if name in TIMES else f"{name}_per_s" if name == "throughput" else name


def _figure(figure: Figure) -> dict[str, Any]:
    scale = 1e6 if figure.name in TIMES else 1

    def pair(estimate: Estimate | None) -> dict[str, Any] | None:
        if estimate is None:
            return None
        half = estimate.half_width
        return {
            "value": estimate.value / scale,
            "half_width": None if half is None else half / scale,
            "why": estimate.why,
        }

    return {"value": pair(figure.value), "difference": pair(figure.difference)}


REPORT = json_report(Subject.COMPARISON, data)
