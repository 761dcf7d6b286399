"""Which alerts watch the successes of which flow, and how closely."""

from collections.abc import Mapping
from fractions import Fraction

from archspec.frozen import frozen
from archspec.model import FLOW_METRICS, Alert, Architecture, Factor, Flow, Ratio, Role

_SUCCESS = ("success_rate", "burn_rate")


def covers(architecture: Architecture, alert: Alert, flow: Flow) -> bool:
    """Whether an alert on flows watches this one: it names it, or names none and a person or client starts it."""
    if alert.metric not in FLOW_METRICS:
        return False
    if alert.flow is not None:
        return alert.flow == flow.id
    return architecture.components[flow.from_].kind_of.role is Role.ACTOR


def success_alerts(architecture: Architecture) -> Mapping[str, tuple[Alert, ...]]:
    """By flow, the alerts on its success rate or burn rate, in the order written."""
    watching = [alert for alert in architecture.alerts.values() if alert.metric in _SUCCESS]
    return {
        flow.id: tuple(alert for alert in watching if covers(architecture, alert, flow))
        for flow in architecture.flows.values()
    }


@frozen
class Watch:
    """An alert, and the burn rate from which it fires: 1 spends the budget in exactly its window."""

    alert: Alert
    burn: Fraction


def tightest(alerts: tuple[Alert, ...], objective: Ratio) -> Watch | None:
    """Of a flow's success alerts the one that fires at the smallest burn; None where none has a limit.

    >>> from archspec.model.quantities import Ratio
    >>> alert = Alert(id="a", metric="success_rate", below="95%")
    >>> float(tightest((alert,), Ratio.parse("99.9%")).burn)
    50.0
    """
    budget = 1 - objective.value
    watches = [Watch(alert, burn) for alert in alerts if budget and (burn := _burn(alert, budget)) is not None]
    return min(watches, key=lambda watch: watch.burn, default=None)


def _burn(alert: Alert, budget: Fraction) -> Fraction | None:
    if isinstance(alert.above, Factor):
        return alert.above.value
    return (1 - alert.below.value) / budget if isinstance(alert.below, Ratio) else None


def suggested_limit(objective: Ratio, page_burn_rate: Fraction) -> Ratio:
    """The success rate below which the budget burns at the page rate; the objective where that is below 0.

    >>> str(suggested_limit(Ratio.parse("99.9%"), Fraction(144, 10)))
    '98.56%'
    """
    limit = 1 - page_burn_rate * (1 - objective.value)
    return Ratio(limit) if limit > 0 else objective
