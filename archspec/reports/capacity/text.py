"""How much load a system bears, for people and for programs."""

import csv as standard_csv
import json as standard_json
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

from archspec.execution.search import Capacity, Tried
from archspec.model.quantities import Duration
from archspec.reports.calls import PLAIN, Palette, wrapped


def capacity_text(capacity: Capacity, palette: Palette = PLAIN) -> str:
    """Between which loads the highest lies that holds, why the upper one breaks, and what was tried."""
    title = f"{capacity.system} · runs of up to {Duration(capacity.duration)} · seed {capacity.seed}"
    lines = [palette.paint(palette.bold, title), ""]
    if capacity.holds is None:
        lines.append(palette.paint(palette.bad, "no load tried surely meets every objective"))
    else:
        lines.append(palette.paint(palette.good, f"objectives are met up to {_load(capacity.holds, ROUND_FLOOR)}"))
    if capacity.breaks is None:
        lines.append("no load tried surely misses one")
    else:
        lines.append(f"and missed from {_load(capacity.breaks, ROUND_CEILING)} on:")
        lines += [f"  {palette.paint(palette.bad, sentence)}" for sentence in capacity.breaks.missed]
    if capacity.holds is not None and capacity.breaks is not None:
        lines += wrapped([_between(capacity)])
    is_known = capacity.holds is not None or capacity.breaks is not None
    if not is_known and capacity.is_interval:
        lines += wrapped(
            ["no run was long enough to be sure; with --duration each is judged by its figures as they are"]
        )
    if capacity.bottleneck:
        where = "there" if is_known else "at the load of the spec"
        lines += ["", palette.paint(palette.bold, "bottleneck"), f"  {where}, {capacity.bottleneck}"]
    lines += ["", palette.paint(palette.bold, "tried")]
    for tried in sorted(capacity.tried, key=_by_level):
        lines.append(f"  {_load(tried, ROUND_HALF_EVEN)}: {tried.verdict.value}")
    return "\n".join(lines) + "\n"


def _between(capacity: Capacity) -> str:
    if capacity.is_interval:
        return f"between the two the edge lies, at {capacity.confidence * 100:.4g}%; longer runs bring them closer"
    return (
        "that is the edge of these very runs, without an interval: for one leave out --duration and a scenario whose "
        "length is given or in which something changes"
    )


def _by_level(tried: Tried) -> Fraction:
    return tried.level


def _load(tried: Tried, rounding: str) -> str:
    """The rates to three digits; the flow is named where there are several."""
    rates = [(flow, _digits(rate, rounding)) for flow, rate in tried.rates]
    return f"{rates[0][1]}/s" if len(rates) == 1 else ", ".join(f"{flow} {rate}/s" for flow, rate in rates)


def _digits(rate: float, rounding: str) -> str:
    """Three digits that mean something.

    >>> _digits(53.177, ROUND_FLOOR), _digits(1234.5, ROUND_CEILING), _digits(0.01, ROUND_FLOOR)
    ('53.1', '1,240', '0.0100')
    """
    if rate == 0:
        return "0"
    exact = Decimal(repr(rate))
    return f"{exact.quantize(Decimal(1).scaleb(exact.adjusted() - 2), rounding=rounding):,f}"


def capacity_json(capacity: Capacity) -> str:
    """The whole search."""
    data = {
        "system": capacity.system,
        "seed": capacity.seed,
        "duration_s": capacity.duration / 1e9,
        "confidence": capacity.confidence if capacity.is_interval else None,
        "holds": _tried(capacity.holds),
        "breaks": _tried(capacity.breaks),
        "bottleneck": capacity.bottleneck,
        "tried": [_tried(tried) for tried in capacity.tried],
    }
    return standard_json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _tried(tried: Tried | None) -> dict[str, Any] | None:
    if tried is None:
        return None
    return {
        "level": float(tried.level),
        "offered_per_s": dict(tried.rates),
        "verdict": tried.verdict.name.lower(),
        "missed": list(tried.missed),
    }


def capacity_csv(capacity: Capacity) -> str:
    """One line a load that was tried, in rising order."""
    out = StringIO()
    writer = standard_csv.writer(out, lineterminator="\n")
    flows = [flow for flow, _ in capacity.tried[0].rates]
    writer.writerow(["level", "verdict", *(f"{flow}_per_s" for flow in flows), "missed"])
    for tried in sorted(capacity.tried, key=_by_level):
        rates = [rate for _, rate in tried.rates]
        writer.writerow([float(tried.level), tried.verdict.name.lower(), *rates, "; ".join(tried.missed)])
    return out.getvalue()
