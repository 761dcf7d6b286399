"""A sweep as heat maps in one SVG: a map for each flow, its cells named and coloured."""

from archspec.errors import UsageError
from archspec.printable import Syntax
from archspec.renderers.charts.svg import draw_alone
from archspec.reports import Report, Subject, Sweep
from archspec.reports.charts.sweep import heat_map
from archspec.simulation.studies.sweep_table import axes_of, lines_of


def svg(sweep: Sweep) -> str:
    """Rows are the first axis that varies, columns the second.

    Raises:
        UsageError: not exactly two axes vary.

    """
    lines, figure = lines_of(sweep.tasks, sweep.outcomes), sweep.figure
    axes = axes_of(lines)
    if len(axes) != 2:
        raise UsageError(f"a heat map has two axes, and {len(axes)} vary; vary two of --set, --load and --faults.")
    by = f"{figure} by {axes[0][0]} and {axes[1][0]}"
    flows = dict.fromkeys(line.flow for line in lines)
    promises = {id_: flow.objective for id_, flow in sweep.architecture.flows.items()} if sweep.architecture else {}
    of_each = {flow: [line for line in lines if line.flow == flow] for flow in flows}
    maps = (heat_map(of_each[flow], axes, figure, promises.get(flow), f"{flow}: {by}") for flow in flows)
    return draw_alone(tuple(maps))


REPORT = Report("svg", Subject.SWEEP, (".svg",), svg, syntax=Syntax.MARKUP)
