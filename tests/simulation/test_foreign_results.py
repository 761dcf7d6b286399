"""Results of a sweep that are not ours are refused."""

import json
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.language.dump import dump
from archspec.model import Duration
from archspec.simulation.studies.sweep import on_cores, sweep
from archspec.simulation.studies.sweep_plan import Asked, Variant, tasks_of

SPEC = """
archspec: 1
name: X
components: {a: {kind: client}, b: {kind: server}}
connections: [a -> b]
flows: {f: {from: a, rate: 10/s, steps: [{call: b, cpu: 1ms}]}}
"""


@pytest.mark.parametrize(
    "change", [{"offered": "x"}, {"ok": None}, {"overloaded": 3}, {"mean": [1]}, {"flow": 1}, {"times": 5}], ids=str
)
def test_results_that_are_not_ours_are_refused(change: dict[str, object], tmp_path: Path) -> None:
    variant = Variant((), dump(load_text(SPEC)))
    tasks = tasks_of([variant], [1], [()], Asked(duration=Duration(10**9)))  # type: ignore[list-item]
    sweep(tasks, on_cores(1), tmp_path)
    (file,) = tmp_path.iterdir()
    kept = json.loads(file.read_text())
    sweep(tasks, on_cores(1), tmp_path)
    file.write_text(json.dumps([{**kept[0], **change}]))
    with pytest.raises(UsageError, match=r"is no result of this sweep; choose another folder, or delete it\."):
        sweep(tasks, on_cores(1), tmp_path)
