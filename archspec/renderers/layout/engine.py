"""Graphviz inside Python: its WebAssembly build in an embedded V8. One engine per process, started once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from archspec.errors import DefectError
from archspec.renderers.assets import asset

_START = """
var graphviz = null, failure = null;
Viz.instance().then((instance) => { graphviz = instance; }, (error) => { failure = String(error); });
function layOut(source) {
  return JSON.stringify(graphviz.render(source, { format: "json0", engine: "dot" }));
}
"""
_POLLS, _POLL_SECONDS = 5000, 0.002


@dataclass(frozen=True, slots=True)
class _Engine:
    """A V8 context that has Graphviz loaded, and the function in it that lays out DOT text."""

    context: Any
    lay_out: Any


def lay_out(source: str) -> dict[str, Any]:
    """What `dot -Tjson0` gives for the DOT text: sizes in inches, places in points, y upwards.

    Raises:
        DefectError: Graphviz refuses the text, which archspec wrote itself, or cannot be started.

    """
    import json

    answer = json.loads(str(_engine().lay_out(source)))
    if answer["status"] != "success":
        raise DefectError("Graphviz refused a layout: " + "; ".join(e["message"] for e in answer["errors"]))
    result: dict[str, Any] = json.loads(answer["output"])
    return result


@cache
def _engine() -> _Engine:
    import time

    from py_mini_racer import MiniRacer

    context = MiniRacer()
    for name in ("graphviz/host.js", "graphviz/viz-global.js"):
        context.eval(asset(name).decode())
    context.eval(_START)
    for _ in range(_POLLS):
        if context.eval("graphviz !== null || failure !== null"):
            break
        time.sleep(_POLL_SECONDS)
    if context.eval("graphviz === null"):
        raise DefectError(f"Graphviz could not be started: {context.eval('failure') or 'it does not answer'}")
    return _Engine(context, context.eval("layOut"))
