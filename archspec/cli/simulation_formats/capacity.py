"""How much load a system bears, for people and for programs."""

import csv as standard_csv
import json as standard_json
from fractions import Fraction
from io import StringIO
from typing import Any

from archspec.cli.trace_formats.words import PLAIN, Palette
from archspec.execution.search import Capacity, Tried
from archspec.model.quantities import Duration


def capacity_text(capacity: Capacity, palette: Palette = PLAIN) -> str:
    """The highest load that holds, the lowest that breaks and why, and what was tried."""
    title = f"{capacity.system} · runs of {Duration(capacity.duration)} · seed {capacity.seed}"
    lines = [palette.paint(palette.bold, title), ""]
    if capacity.holds is None:
        lines.append(palette.paint(palette.bad, "even the smallest load tried misses an objective"))
    else:
        lines.append(palette.paint(palette.good, f"objectives are met up to {_load(capacity.holds)}"))
    if capacity.breaks is None:
        lines.append("no load tried breaks it; nothing that was reached is bounded")
    else:
        lines.append(f"at {_load(capacity.breaks)}:")
        lines += [f"  {palette.paint(palette.bad, sentence)}" for sentence in capacity.breaks.missed]
    if capacity.bottleneck:
        lines += ["", palette.paint(palette.bold, "bottleneck"), f"  there, {capacity.bottleneck}"]
    lines += ["", palette.paint(palette.bold, "tried")]
    lines += [
        f"  {_level(t.level):>9}  {'misses' if t.missed else 'holds'}" for t in sorted(capacity.tried, key=_by_level)
    ]
    return "\n".join(lines) + "\n"


def _by_level(tried: Tried) -> Fraction:
    return tried.level


def _level(level: Fraction) -> str:
    return f"{float(level):.4g}x"


def _load(tried: Tried) -> str:
    rates = ", ".join(f"{flow} {rate:.4g}/s" for flow, rate in tried.rates)
    return f"{_level(tried.level)} ({rates})"


def capacity_json(capacity: Capacity) -> str:
    """The whole search."""
    data = {
        "system": capacity.system,
        "seed": capacity.seed,
        "duration_s": capacity.duration / 1e9,
        "holds": _tried(capacity.holds),
        "breaks": _tried(capacity.breaks),
        "bottleneck": capacity.bottleneck,
        "tried": [_tried(tried) for tried in capacity.tried],
    }
    return standard_json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _tried(tried: Tried | None) -> dict[str, Any] | None:
    if tried is None:
        return None
    return {"level": float(tried.level), "offered_per_s": dict(tried.rates), "missed": list(tried.missed)}


def capacity_csv(capacity: Capacity) -> str:
    """One line a load that was tried, in rising order."""
    out = StringIO()
    writer = standard_csv.writer(out, lineterminator="\n")
    flows = [flow for flow, _ in capacity.tried[0].rates]
    writer.writerow(["level", "holds", *(f"{flow}_per_s" for flow in flows), "missed"])
    for tried in sorted(capacity.tried, key=_by_level):
        rates = [rate for _, rate in tried.rates]
        writer.writerow([float(tried.level), int(not tried.missed), *rates, "; ".join(tried.missed)])
    return out.getvalue()
