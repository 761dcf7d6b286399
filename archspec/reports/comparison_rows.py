"""What-ifs side by side as rows of a table: each variant's figures, and how far they are from the first one's."""

from collections.abc import Sequence

from archspec.model import Duration
from archspec.reports.figures import estimated, without
from archspec.simulation import Estimate
from archspec.simulation.studies.comparison import FIGURES, Compared, Comparison, Figure
from archspec.values import UNKNOWN, percent

TIMES = frozenset(FIGURES) - {"success", "throughput"}


def runs(comparison: Comparison) -> str:
    """What was run."""
    count = "1 run" if comparison.replications == 1 else f"{comparison.replications} runs"
    return f"{count} of {Duration(comparison.duration)} each · seed {comparison.seed}"


def common_field(names: tuple[str, ...]) -> str:
    """The field that all variants set, `api.replicas`; empty where they do not set one and the same."""
    fields = {name.partition("=")[0] for name in names if "=" in name}
    return fields.pop() if len(fields) == 1 and all("=" in name for name in names) else ""


def short_names(comparison: Comparison) -> dict[str, str]:
    """The variants without the field that all set."""
    field = common_field(comparison.variants)
    return {name: name.removeprefix(f"{field}=") for name in comparison.variants}


def rows_of(rows: Sequence[Compared], short: dict[str, str]) -> list[list[str]]:
    """The rows of one flow; below each variant but the first stand its differences."""
    cells: list[list[str]] = []
    for number, row in enumerate(rows):
        cells.append([short[row.variant], *(_cell(f.name, f.value, row.overloaded) for f in row.figures)])
        if number:
            beside = row.overloaded or rows[0].overloaded
            cells.append(["  Δ", *(_difference(f, beside) for f in row.figures)])
    return cells


def overload(rows: Sequence[Compared], short: dict[str, str]) -> str | None:
    """Which variants are overloaded, in a sentence without its end."""
    names = [short[row.variant] for row in rows if row.overloaded]
    return f"overload: with {', '.join(names)} response times grow with the run" if names else None


def reasons(rows: Sequence[Compared], replications: int) -> list[str]:
    """Why figures have no interval; nothing of single runs."""
    figures = [(figure.name, figure.value) for row in rows if not row.overloaded for figure in row.figures]
    return [] if replications == 1 else without(dict(figures).items())


def legend(comparison: Comparison, short: dict[str, str]) -> str:
    """What Δ and ± mean."""
    differences = f"Δ: less {short[comparison.variants[0]]}, run by run with the same draws"
    if comparison.replications == 1:
        return f"{differences}; --replications 10 gives intervals"
    return f"{differences}; ±: interval at {percent(comparison.confidence)} over the runs"


def _cell(name: str, estimate: Estimate | None, overloaded: bool) -> str:
    return UNKNOWN if overloaded and name in TIMES else estimated(name, estimate)


def _difference(figure: Figure, overloaded: bool) -> str:
    cell = _cell(figure.name, figure.difference, overloaded)
    return cell if cell.startswith(("-", UNKNOWN)) or figure.difference is None else f"+{cell}"
