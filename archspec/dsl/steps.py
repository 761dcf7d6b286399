"""Steps of flows and stages of pipelines, as plain data."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from archspec.dsl.builder import Flow, Part

if TYPE_CHECKING:
    from typing import Unpack

    from archspec.dsl.fields import StageFields, StepFields, Target, WorkFields

Step = dict[str, Any]


def call(target: "Target", *steps: Mapping[str, Any], **fields: "Unpack[StepFields]") -> Step:
    """A step that asks `target` (a list: one of them), which performs `steps` in turn.

    >>> call("api", call("db", takes="3ms"), cpu="4ms")
    {'call': 'api', 'steps': [{'call': 'db', 'takes': '3ms'}], 'cpu': '4ms'}
    """
    return _step({"call": target, **({"steps": list(steps)} if steps else {}), **fields})


def parallel(*branches: Mapping[str, Any], **fields: "Unpack[StepFields]") -> Step:
    """Steps that begin at once; `needs=k` goes on at the k-th success."""
    return _step({"parallel": list(branches), **fields})


def work(**fields: "Unpack[WorkFields]") -> Step:
    """The caller's own work: `work(cpu="2ms", does="render")`."""
    return _step(fields)


def use(flow: Flow | str, **fields: "Unpack[StepFields]") -> Step:
    """That flow's steps, asked by the present caller."""
    return _step({"flow": flow, **fields})


def stage(name: str, kind: str, **fields: "Unpack[StageFields]") -> Step:
    """A stage of a pipeline: `stage("unit tests", "test", takes="4m")`."""
    return _step({"name": name, "kind": kind, **fields})


def _step(fields: Mapping[str, Any]) -> Step:
    return Part(fields)
