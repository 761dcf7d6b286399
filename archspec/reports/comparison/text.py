"""What-ifs side by side, for people."""

from archspec.reports import PAPER, Ink, Report, Screen, Subject
from archspec.reports.comparison_rows import common_field, legend, overload, reasons, rows_of, runs, short_names
from archspec.reports.table import table
from archspec.simulation.studies.comparison import FIGURES, Compared, Comparison


def text(comparison: Comparison, screen: Screen = PAPER) -> str:
    """One table a flow: each variant's figures, and below them how far they are from the first variant's."""
    short = short_names(comparison)
    lines = [screen.paint(Ink.BOLD, f"{comparison.system} · {runs(comparison)}")]
    for flow in dict.fromkeys(row.flow for row in comparison.rows):
        rows = [row for row in comparison.rows if row.flow == flow]
        lines += ["", screen.paint(Ink.BOLD, flow), *_table(comparison, rows, short, screen)]
    lines += ["", screen.paint(Ink.BOLD, "bottleneck")]
    lines += [
        f"  {short[variant]}: {sentence or 'nothing is bounded'}"
        for variant, sentence in zip(comparison.variants, comparison.bottlenecks, strict=True)
    ]
    lines += ["", screen.paint(Ink.DIM, legend(comparison, short))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(comparison: Comparison, rows: list[Compared], short: dict[str, str], screen: Screen) -> list[str]:
    over = overload(rows, short)
    return [
        *table([common_field(comparison.variants), *FIGURES], rows_of(rows, short), 1, screen),
        *([screen.paint(Ink.BAD, over)] if over else []),
        *(screen.paint(Ink.DIM, reason) for reason in reasons(rows, comparison.replications)),
    ]


REPORT = Report("text", Subject.COMPARISON, (".txt",), text, text)
