"""Graphviz inside Python: its WebAssembly build in an embedded V8. One engine per process, started once."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from archspec.errors import DefectError, UsageError
from archspec.renderers.assets import asset

_START = """
var graphviz = null, failure = null;
Viz.instance().then((instance) => { graphviz = instance; }, (error) => { failure = String(error); });
function layOut(source) {
  return JSON.stringify(graphviz.render(source, { format: "json0", engine: "dot" }));
}
"""
_POLLS, _POLL_SECONDS, _PATIENCE_SECONDS = 5000, 0.002, 300


@lru_cache(maxsize=32)
def lay_out(source: str) -> Mapping[str, Any]:
    """What `dot -Tjson0` gives for the DOT text: sizes in inches, places in points, y upwards. No label stands in the
    text, so that a picture in which only words change is often laid out already.

    Raises:
        UsageError: the graph is so large that no layout was found within five minutes.
        DefectError: Graphviz refuses the text, which archspec wrote itself, or cannot be started.

    """
    import json

    from py_mini_racer import JSTimeoutException

    try:
        text = _engine().eval(f"layOut({json.dumps(source)})", timeout_sec=_PATIENCE_SECONDS)
    except JSTimeoutException as error:
        raise UsageError("no layout was found in five minutes; show less: narrow the view.") from error
    answer = json.loads(str(text))
    if answer["status"] != "success":
        raise DefectError("Graphviz refused a layout: " + "; ".join(e["message"] for e in answer["errors"]))
    result: dict[str, Any] = json.loads(answer["output"])
    return result


@cache
def _engine() -> Any:
    """A V8 context that has Graphviz loaded (0.15 s)."""
    import time

    context = _context()
    for name in ("graphviz/host.js", "graphviz/viz-global.js"):
        context.eval(asset(name).decode())
    context.eval(_START)
    for _ in range(_POLLS):
        if context.eval("graphviz !== null || failure !== null"):
            break
        time.sleep(_POLL_SECONDS)
    if context.eval("graphviz === null"):
        raise DefectError(f"Graphviz could not be started: {context.eval('failure') or 'it does not answer'}")
    return context


def _context() -> Any:
    """A V8 context, made and closed by one thread of its own.

    V8 guards its memory with keys that belong to the thread which started it, so only that one may free it (elsewhere
    a segmentation fault, on processors that have such keys). And no event loop runs there: inside a server's loop V8
    would wait for itself. It is closed before the interpreter shuts down: freed any later it now and then waits for
    ever, calling back into a Python that no longer answers.
    """
    import atexit
    from concurrent.futures import Future
    from threading import Event, Thread

    from py_mini_racer import MiniRacer

    made: Future[Any] = Future()
    is_over = Event()

    def keep() -> None:
        try:
            with MiniRacer() as context:
                made.set_result(context)
                is_over.wait()
        except Exception as error:
            made.set_exception(error)

    keeper = Thread(target=keep, name="V8", daemon=True)
    keeper.start()

    def close() -> None:
        is_over.set()
        keeper.join()

    atexit.register(close)
    return made.result()
