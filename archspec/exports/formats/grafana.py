"""A dashboard for Grafana: a row for each flow, with its objective, and one for each component that is measured."""

from typing import Any

from archspec.exports import Export, Exporting, Notes, OfFlows, number, of_flows, slug
from archspec.exports.metrics.of_components import of_component
from archspec.model import Component, Flow, Queue, Running
from archspec.simulation import SHARES
from archspec.values import json_text

_WINDOW = "$__rate_interval"
_WIDTH, _HEIGHT = 24, 8
_SCHEMA = 39


class _Board:
    """Panels in the order they are added, four rows of the grid to a row of panels."""

    def __init__(self) -> None:
        self.panels: list[dict[str, Any]] = []
        self.y = 0

    def row(self, title: str, panels: list[dict[str, Any]]) -> None:
        """A heading and its panels side by side; nothing where there are none."""
        if not panels:
            return
        heading = {"type": "row", "title": title, "collapsed": False, "panels": []}
        self._add(heading, 0, _WIDTH, 1)
        self.y += 1
        width = _WIDTH // len(panels)
        for place, panel in enumerate(panels):
            self._add(panel, place * width, width, _HEIGHT)
        self.y += _HEIGHT

    def _add(self, panel: dict[str, Any], x: int, width: int, height: int) -> None:
        grid = {"x": x, "y": self.y, "w": width, "h": height}
        self.panels.append({"id": len(self.panels) + 1, **panel, "gridPos": grid})


def _write(exporting: Exporting, notes: Notes) -> str:
    architecture = exporting.architecture
    board = _Board()
    for flow in architecture.flows.values():
        of = of_flows(exporting, [flow.id], notes)
        if of is not None:
            board.row(flow.title, list(_of_flow(flow, of)))
    for component in architecture.components.values():
        if isinstance(component, Running):
            board.row(component.title, list(_of_component(exporting, component)))
    if not board.panels:
        return ""
    source = {"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Data source"}
    dashboard = {
        "uid": slug(architecture.name)[:40],
        "title": architecture.name,
        "description": f"Written by archspec export from {exporting.file}, do not edit.",
        "tags": ["archspec"],
        "schemaVersion": _SCHEMA,
        "editable": True,
        "time": {"from": "now-3h", "to": "now"},
        "refresh": "30s",
        "templating": {"list": [source]},
        "panels": board.panels,
    }
    return json_text(dashboard)


def _of_flow(flow: Flow, of: OfFlows) -> list[dict[str, Any]]:
    promised = flow.objective
    success = promised.success if promised else None
    panels = [
        _panel("Requests per second", "reqps", [(of.rate(_WINDOW), "requests")]),
        _panel(
            "Success" + (f", {success} promised" if success else ""),
            "percentunit",
            [(f"1 - {of.failed(_WINDOW)}", "success")],
            below=float(success.value) if success else None,
            most=1,
        ),
    ]
    limits = promised.percentiles if promised else {}
    shown = dict.fromkeys(["p50", "p99", *limits])
    told = ", ".join(f"{name} {limit}" for name, limit in limits.items())
    strictest = max((each.nanoseconds for each in limits.values()), default=None)
    seconds = of.flows[0].per_second
    panels.append(
        _panel(
            "Response time" + (f", {told} promised" if told else ""),
            "s" if seconds == 1 else "ms",
            [(of.quantile(name, _WINDOW), name) for name in sorted(shown, key=SHARES.__getitem__)],
            above=strictest * seconds / 1e9 if strictest is not None else None,
        )
    )
    if success and success.value < 1 and promised:
        budget = f"1 - ({of.failed('$__range')}) / {number(1 - success.value)}"
        panels.append(_panel("Error budget left in the time shown", "percentunit", [(budget, "left")], kind="stat"))
    return panels


def _of_component(exporting: Exporting, component: Component) -> list[dict[str, Any]]:
    replicas = _wanted_replicas(component)
    unsaid = Notes()  # a component without such metrics is no fault of the spec
    of_queue = [("queue_length", "Messages that wait", "short")] if isinstance(component, Queue) else []
    wanted = [("cpu", "Cores busy", "percentunit"), ("replicas_up", "Replicas up", "short"), *of_queue]
    return [
        _panel(title, unit, [(expr, component.id)], below=replicas if name == "replicas_up" else None)
        for name, title, unit in wanted
        if (expr := of_component(exporting, component, name, _WINDOW, unsaid)) is not None
    ]


def _wanted_replicas(component: Component) -> float | None:
    replicas = getattr(component, "replicas", None)
    return float(replicas) if isinstance(replicas, int) else None


def _panel(
    title: str,
    unit: str,
    queries: list[tuple[str, str]],
    *,
    above: float | None = None,
    below: float | None = None,
    most: float | None = None,
    kind: str = "timeseries",
) -> dict[str, Any]:
    """A panel; red `above` a limit, or `below` it."""
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if above is not None:
        steps = [*steps, {"color": "red", "value": above}]
    elif below is not None:
        steps = [{"color": "red", "value": None}, {"color": "green", "value": below}]
    defaults: dict[str, Any] = {"unit": unit, "thresholds": {"mode": "absolute", "steps": steps}}
    defaults |= {"max": most} if most is not None else {}
    if kind == "timeseries" and len(steps) > 1:
        defaults["custom"] = {"thresholdsStyle": {"mode": "line"}}
    source = {"type": "prometheus", "uid": "${datasource}"}
    return {
        "type": kind,
        "title": title,
        "datasource": source,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {},
        "targets": [
            {"refId": chr(ord("A") + place), "datasource": source, "expr": expr, "legendFormat": legend}
            for place, (expr, legend) in enumerate(queries)
        ],
    }


EXPORT = Export("grafana", "a dashboard for Grafana", "grafana.json", _write, comment=None)
