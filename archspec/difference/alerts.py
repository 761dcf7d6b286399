"""What a change does to alerts: what is told later or to others, and what nobody watches any more."""

from collections.abc import Iterator

from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.language import Names
from archspec.model import FLOW_METRICS, Alert, Architecture
from archspec.values import UNKNOWN

_SEVERITIES = ("info", "warning", "critical")


def alerts(base: Architecture, head: Architecture, names: Names) -> Iterator[Consequence]:
    """Alerts that are gone, loosened or reach others; flows that are watched no more."""
    renamed = names.get("alerts", {})
    was = {renamed.get(id_, id_): alert for id_, alert in base.alerts.items()}
    for id_ in dict.fromkeys((*head.alerts, *was)):
        old, new = was.get(id_), head.alerts.get(id_)
        if old is None and new is not None:
            yield Consequence(Figure.ALERT, id_, UNKNOWN, _condition(new), Effect.BETTER)
        elif new is None and old is not None:
            yield Consequence(Figure.ALERT, id_, _condition(old), UNKNOWN, Effect.WORSE)
        elif old is not None and new is not None:
            if _condition(old) != _condition(new):
                verdict = _by_strictness(old, new)
                yield Consequence(Figure.ALERT, id_, _condition(old), _condition(new), verdict)
            yield from _told(id_, _reached(base, old, names), _reached(head, new, {}))
    yield from _watched(base, head, names)


def _told(id_: str, was: tuple[str, ...], now: tuple[str, ...]) -> Iterator[Consequence]:
    if set(was) != set(now):
        verdict = Effect.WORSE if set(was) - set(now) else Effect.BETTER
        yield Consequence(Figure.TOLD, id_, _listed(was), _listed(now), verdict, len(was), len(now))


def _reached(architecture: Architecture, alert: Alert, names: Names) -> tuple[str, ...]:
    """Who is told, and the people that a channel of those reaches, by their names in the head."""
    found = dict.fromkeys(alert.notify)
    for channel in alert.notify:
        for edge in architecture.outgoing[channel]:
            if architecture.components[edge.to].kind in ("person", "notification_channel"):
                found.setdefault(edge.to)
    components = names.get("components", {})
    return tuple(components.get(id_, id_) for id_ in found)


def _listed(receivers: tuple[str, ...]) -> str:
    return ", ".join(receivers) or "nobody"


def _condition(alert: Alert) -> str:
    """`above 5% for 2m, critical`."""
    side = "above" if alert.above is not None else "below"
    limit = f" {side} {alert.threshold}" if alert.threshold is not None else ""
    held = f" for {alert.for_}" if alert.for_.nanoseconds else ""
    windows = " and ".join(str(window) for window in alert.windows)
    return f"{alert.metric}{limit} over {windows}{held}, {alert.severity}"


def _by_strictness(old: Alert, new: Alert) -> Effect:
    """Looser or stricter in all that differs, else open."""
    signs = {
        _sign(_SEVERITIES.index(new.severity) - _SEVERITIES.index(old.severity)),
        _sign(old.for_.nanoseconds - new.for_.nanoseconds),
        _limit(old, new),
    } - {0}
    same_measure = (old.metric, old.windows) == (new.metric, new.windows) and None not in signs
    if not same_measure or len(signs) != 1:
        return Effect.OTHER
    return Effect.BETTER if signs == {1} else Effect.WORSE


def _limit(old: Alert, new: Alert) -> int | None:
    """1 where the new limit is reached sooner, -1 where later; None where the two cannot be compared."""
    was, now = old.threshold, new.threshold
    if was == now and (old.above is None) is (new.above is None):
        return 0
    if was is None or now is None or type(was) is not type(now) or (old.above is None) is not (new.above is None):
        return None
    sooner = _amount(now) < _amount(was) if new.above is not None else _amount(now) > _amount(was)
    return 1 if sooner else -1


def _amount(threshold: object) -> float:
    nanoseconds = getattr(threshold, "nanoseconds", None)
    return float(nanoseconds if nanoseconds is not None else threshold)  # type: ignore[arg-type]


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


def _watched(base: Architecture, head: Architecture, names: Names) -> Iterator[Consequence]:
    flows = names.get("flows", {})
    was = {flows.get(id_, id_): count for id_, count in _watching(base).items()}
    for id_, now in _watching(head).items():
        if id_ in was and bool(was[id_]) is not bool(now):
            verdict = Effect.BETTER if now else Effect.WORSE
            yield Consequence(Figure.WATCHED, id_, str(was[id_] or "none"), str(now or "none"), verdict, was[id_], now)


def _watching(architecture: Architecture) -> dict[str, int]:
    """How many alerts are on each flow; one that names none is on all that a person or client begins."""
    found = dict.fromkeys(architecture.flows, 0)
    for alert in architecture.alerts.values():
        if alert.metric in FLOW_METRICS:
            for id_, flow in architecture.flows.items():
                is_outer = architecture.components[flow.from_].kind in ("person", "client")
                found[id_] += alert.flow == id_ or (alert.flow is None and is_outer)
    return found
