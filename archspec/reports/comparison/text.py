"""What-ifs side by side, for people and for programs."""

import csv as standard_csv
import json as standard_json
from io import StringIO
from typing import Any

from archspec.execution.comparison import FIGURES, Compared, Comparison, Figure
from archspec.execution.results import Estimate
from archspec.model.quantities import Duration
from archspec.reports.aligned import aligned
from archspec.reports.calls import PLAIN, Palette
from archspec.reports.intervals import without
from archspec.values import lasting

TIMES = frozenset(FIGURES) - {"success", "throughput"}


def comparison_text(comparison: Comparison, palette: Palette = PLAIN) -> str:
    """One table a flow: each variant's figures, and below them how far they are from the first variant's."""
    runs = "1 run" if comparison.replications == 1 else f"{comparison.replications} runs"
    title = f"{comparison.system} · {runs} of {Duration(comparison.duration)} each · seed {comparison.seed}"
    field = _common_field(comparison.variants)
    short = {name: name.removeprefix(f"{field}=") for name in comparison.variants}
    lines = [palette.paint(palette.bold, title)]
    for flow in dict.fromkeys(row.flow for row in comparison.rows):
        rows = [row for row in comparison.rows if row.flow == flow]
        lines += ["", palette.paint(palette.bold, flow), *_table(field, rows, short, comparison.replications, palette)]
    lines += ["", palette.paint(palette.bold, "bottleneck")]
    lines += [
        f"  {short[variant]}: {sentence or 'nothing is bounded'}"
        for variant, sentence in zip(comparison.variants, comparison.bottlenecks, strict=True)
    ]
    lines += ["", palette.paint(palette.dim, _legend(comparison, short))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _common_field(names: tuple[str, ...]) -> str:
    """The field that all variants set, `api.replicas`; empty where they do not set one and the same."""
    fields = {name.partition("=")[0] for name in names if "=" in name}
    return fields.pop() if len(fields) == 1 and all("=" in name for name in names) else ""


def _table(field: str, rows: list[Compared], short: dict[str, str], replications: int, palette: Palette) -> list[str]:
    cells = [[field, *FIGURES]]
    overloaded = []
    for number, row in enumerate(rows):
        cells.append([short[row.variant], *(_cell(f.name, f.value, row.overloaded) for f in row.figures)])
        if number:
            beside = row.overloaded or rows[0].overloaded
            cells.append(["  Δ", *(_difference(f, beside) for f in row.figures)])
        overloaded += [short[row.variant]] if row.overloaded else []
    head, *lines = aligned(cells, left=1)
    over = f"overload: with {', '.join(overloaded)} response times grow with the run"
    figures = [(figure.name, figure.value) for row in rows if not row.overloaded for figure in row.figures]
    reasons = (
        [] if replications == 1 else [palette.paint(palette.dim, reason) for reason in without(dict(figures).items())]
    )
    return [
        palette.paint(palette.dim, head),
        *lines,
        *([palette.paint(palette.bad, over)] if overloaded else []),
        *reasons,
    ]


def _legend(comparison: Comparison, short: dict[str, str]) -> str:
    differences = f"Δ: less {short[comparison.variants[0]]}, run by run with the same draws"
    if comparison.replications == 1:
        return f"{differences}; --replications 10 gives intervals"
    return f"{differences}; ±: interval at {comparison.confidence * 100:.4g}% over the runs"


def _cell(name: str, estimate: Estimate | None, overloaded: bool) -> str:
    if estimate is None or (overloaded and name in TIMES):
        return "–"
    around = f" ± {_amount(name, estimate.half_width)}" if estimate.half_width else ""
    return _amount(name, estimate.value) + around


def _difference(figure: Figure, overloaded: bool) -> str:
    cell = _cell(figure.name, figure.difference, overloaded)
    return cell if cell.startswith(("-", "–")) or figure.difference is None else f"+{cell}"


def _amount(name: str, value: float) -> str:
    if name == "success":
        return f"{value:.3%}"
    if name == "throughput":
        return f"{value:.1f}/s"
    return f"-{lasting(round(-value))}" if value < 0 else lasting(round(value))


def comparison_json(comparison: Comparison) -> str:
    """The whole comparison; times in milliseconds."""
    data = {
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
                **{_key(figure.name): _figure(figure) for figure in row.figures},
            }
            for row in comparison.rows
        ],
    }
    return standard_json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _key(name: str) -> str:
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


def comparison_csv(comparison: Comparison) -> str:
    """One line a flow and variant; empty where there is no such figure."""
    out = StringIO()
    writer = standard_csv.writer(out, lineterminator="\n")
    heads = [f"{_key(name)}{part}" for name in FIGURES for part in ("", "_half_width", "_difference")]
    writer.writerow(["flow", "variant", "overloaded", *heads])
    for row in comparison.rows:
        cells: list[float | str] = []
        for figure in row.figures:
            scale = 1e6 if figure.name in TIMES else 1
            value, moved = figure.value, figure.difference
            half = value.half_width if value else None
            found = (value.value if value else None, half, moved.value if moved else None)
            cells += ["" if number is None else number / scale for number in found]
        writer.writerow([row.flow, row.variant, int(row.overloaded), *cells])
    return out.getvalue()
