"""The charts of a plan: how near each promise is with the change that was found."""

from archspec.planning.values import Margin, Plan
from archspec.renderers import Axis, Chart, Dot, Row, Rows, Unit
from archspec.renderers.charts.scale import fitting, nines
from archspec.values import duration, percent

SUCCESS = "success"


def plan_charts(plan: Plan) -> tuple[Chart, ...]:
    """The worst state of each flow and figure against its promise: shares and times apart."""
    shares = [margin for margin in plan.margins if margin.figure == SUCCESS]
    times = [margin for margin in plan.margins if margin.figure != SUCCESS]
    found = []
    if shares:
        scale = nines([each for margin in shares for each in (margin.low, margin.high, margin.promised)])
        rows = tuple(_row(margin, margin.flow, percent(margin.value)) for margin in shares)
        found.append(Rows("Success, at the worst", Axis("share of good answers, by its nines", scale), rows))
    if times:
        values = [each for margin in times for each in (margin.low, margin.high, margin.promised)]
        rows = tuple(_row(margin, f"{margin.flow} {margin.figure}", duration(margin.value)) for margin in times)
        found.append(Rows("Response times, at the worst", Axis("response time", fitting(Unit.TIME, values)), rows))
    return tuple(found)


def _row(margin: Margin, label: str, said: str) -> Row:
    return Row(label, (Dot(margin.figure, margin.value, low=margin.low, high=margin.high),), said, margin.promised)
