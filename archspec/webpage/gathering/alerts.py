"""The alerts of a spec as a table."""

from archspec.model import Alert, Architecture
from archspec.webpage import Cell, Table, Tone

TONES = {"critical": Tone.BAD, "warning": Tone.WARNING, "info": Tone.NOTE}


def alert_table(architecture: Architecture) -> Table | None:
    """What is watched, when it is wrong and who is told; None where the spec has no alerts."""
    if not architecture.alerts:
        return None
    rows = tuple(_row(architecture, alert) for alert in architecture.alerts.values())
    return Table("", ("Alert", "Fires when", "Severity", "Tells", "Meaning"), rows)


def _row(architecture: Architecture, alert: Alert) -> tuple[Cell, ...]:
    told = ", ".join(architecture.components[id_].title for id_ in alert.notify)
    return (
        Cell(alert.id),
        Cell(condition(alert)),
        Cell(alert.severity, TONES[alert.severity]),
        Cell(told or "nobody"),
        Cell(alert.description or ""),
    )


def condition(alert: Alert) -> str:
    """When it fires, in words."""
    of = f" of {alert.flow or alert.component}" if alert.flow or alert.component else ""
    side = "above" if alert.above is not None else "below"
    limit = f" {side} {alert.threshold}" if alert.threshold is not None else ""
    windows = f" over {' and '.join(str(window) for window in alert.over)}" if alert.over else ""
    held = f" for {alert.for_}" if alert.said("for_") else ""
    return f"{alert.metric.replace('_', ' ')}{of}{limit}{windows}{held}"
