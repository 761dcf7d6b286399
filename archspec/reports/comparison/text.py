"""What-ifs side by side, for people."""

from archspec.model.quantities import Duration
from archspec.reports.comparison.json import TIMES
from archspec.reports.figures import estimated
from archspec.reports.intervals import without
from archspec.reports.report import Report, Subject
from archspec.reports.screen import PAPER, Ink, Screen
from archspec.reports.table import table
from archspec.simulation.results import Estimate
from archspec.simulation.studies.comparison import FIGURES, Compared, Comparison, Figure
from archspec.values import UNKNOWN, percent


def text(comparison: Comparison, screen: Screen = PAPER) -> str:
    """One table a flow: each variant's figures, and below them how far they are from the first variant's."""
    runs = "1 run" if comparison.replications == 1 else f"{comparison.replications} runs"
    title = f"{comparison.system} · {runs} of {Duration(comparison.duration)} each · seed {comparison.seed}"
    field = _common_field(comparison.variants)
    short = {name: name.removeprefix(f"{field}=") for name in comparison.variants}
    lines = [screen.paint(Ink.BOLD, title)]
    for flow in dict.fromkeys(row.flow for row in comparison.rows):
        rows = [row for row in comparison.rows if row.flow == flow]
        lines += ["", screen.paint(Ink.BOLD, flow), *_table(field, rows, short, comparison.replications, screen)]
    lines += ["", screen.paint(Ink.BOLD, "bottleneck")]
    lines += [
        f"  {short[variant]}: {sentence or 'nothing is bounded'}"
        for variant, sentence in zip(comparison.variants, comparison.bottlenecks, strict=True)
    ]
    lines += ["", screen.paint(Ink.DIM, _legend(comparison, short))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _common_field(names: tuple[str, ...]) -> str:
    """The field that all variants set, `api.replicas`; empty where they do not set one and the same."""
    fields = {name.partition("=")[0] for name in names if "=" in name}
    return fields.pop() if len(fields) == 1 and all("=" in name for name in names) else ""


def _table(field: str, rows: list[Compared], short: dict[str, str], replications: int, screen: Screen) -> list[str]:
    cells: list[list[str]] = []
    overloaded = []
    for number, row in enumerate(rows):
        cells.append([short[row.variant], *(_cell(f.name, f.value, row.overloaded) for f in row.figures)])
        if number:
            beside = row.overloaded or rows[0].overloaded
            cells.append(["  Δ", *(_difference(f, beside) for f in row.figures)])
        overloaded += [short[row.variant]] if row.overloaded else []
    over = f"overload: with {', '.join(overloaded)} response times grow with the run"
    figures = [(figure.name, figure.value) for row in rows if not row.overloaded for figure in row.figures]
    reasons = [] if replications == 1 else [screen.paint(Ink.DIM, reason) for reason in without(dict(figures).items())]
    return [
        *table([field, *FIGURES], cells, 1, screen),
        *([screen.paint(Ink.BAD, over)] if overloaded else []),
        *reasons,
    ]


def _legend(comparison: Comparison, short: dict[str, str]) -> str:
    differences = f"Δ: less {short[comparison.variants[0]]}, run by run with the same draws"
    if comparison.replications == 1:
        return f"{differences}; --replications 10 gives intervals"
    return f"{differences}; ±: interval at {percent(comparison.confidence)} over the runs"


def _cell(name: str, estimate: Estimate | None, overloaded: bool) -> str:
    return UNKNOWN if overloaded and name in TIMES else estimated(name, estimate)


def _difference(figure: Figure, overloaded: bool) -> str:
    cell = _cell(figure.name, figure.difference, overloaded)
    return cell if cell.startswith(("-", UNKNOWN)) or figure.difference is None else f"+{cell}"


REPORT = Report("text", Subject.COMPARISON, (".txt",), text, text)
