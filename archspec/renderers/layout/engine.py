"""Graphviz inside Python: its WebAssembly build under wasmtime, a new instance for each layout."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock, Timer
from typing import Any

from archspec.errors import DefectError, UsageError
from archspec.renderers.layout.host import AbortedError, Instance

_PATIENCE_SECONDS = 300
_one_at_a_time = Lock()
"""The clock that stops a layout is the whole engine's."""


@lru_cache(maxsize=32)
def lay_out(source: str) -> Mapping[str, Any]:
    """What `dot -Tjson0` gives for the DOT text: sizes in inches, places in points, y upwards. No label stands in the
    text, so that a picture in which only words change is often laid out already.

    Raises:
        UsageError: the graph is so large that no layout was found within five minutes.
        DefectError: Graphviz refuses the text, which archspec wrote itself, or gives up.

    """
    from wasmtime import Trap, TrapCode, WasmtimeError

    instance = Instance()
    try:
        with _one_at_a_time, _patience(instance):
            text = _rendered(instance, source)
    except Trap as trap:
        if trap.trap_code is TrapCode.INTERRUPT:
            raise UsageError("no layout was found in five minutes; show less: narrow the view.") from trap
        raise DefectError(f"Graphviz stopped in the middle of a layout: {trap.message}") from trap
    except (AbortedError, WasmtimeError) as error:
        raise DefectError(f"Graphviz gave up a layout: {error} {instance.said}") from error
    if text is None:
        raise DefectError(f"Graphviz refused a layout: {instance.said}")
    answer: dict[str, Any] = json.loads(text)
    return answer


def _rendered(instance: Instance, source: str) -> str | None:
    """The layout as JSON; None for a text that is not DOT."""
    graph = instance.call("read_graph", instance.put(source))
    if not graph:
        return None
    context = instance.call("create_context")
    if instance.call("layout", context, graph, instance.put("dot")) != 0:
        return None
    answer = instance.call("render", context, graph, instance.put("json0"))
    return instance.text(answer) if answer else None


@contextmanager
def _patience(instance: Instance) -> Iterator[None]:
    """Stop the instance when nobody will wait any longer."""
    instance.allow_until_next_epoch()
    timer = Timer(_PATIENCE_SECONDS, instance.next_epoch)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
