"""What the browser makes of the engine's log, held against what Python makes of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from archspec.analysis.structure import Structures
from archspec.language import load
from archspec.model import Architecture, Caching
from archspec.renderers.text import clean
from archspec.simulation.trace import Tracer
from archspec.simulation.trace_model import TraceOptions
from archspec.values import duration
from archspec.webpage.gathering.breakable import parts
from archspec.webpage.gathering.walks import walks
from archspec.webpage.part_content import PartContent, PartKind
from tests.browser.conftest import SPEC
from tests.browser.engine_page import engine_page
from tests.browser.probe import Probe
from tests.browser.run_content import RunContent, run_content
from tests.browser.steps import steps
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

SPECS = (SPEC, *sorted((ROOT / "specs").glob("**/architecture.yaml")))
WALK = """([walks, asked]) => {
  const walker = new archspecEngine.Walker(engine, walks);
  return asked.map(([flow, part, misses]) => walker.walk(flow, part, misses));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probe]:
    with engine_page(browser, tmp_path_factory.mktemp("walker")) as probe:
        yield probe


def told(run: RunContent) -> dict[str, Any]:
    """A run as the page's viewer shows it; -1 is a moment that nobody knows."""
    return {
        "answer": run.answer,
        "tone": run.tone.value,
        "lasted": run.duration,
        "duration": duration(run.duration) if run.timed else "",
        "calls": [
            {
                "depth": call.depth,
                "caller": call.caller,
                "callee": call.callee,
                "replica": call.replica,
                "title": clean(call.title),
                "start": call.start,
                "end": call.end,
                "took": duration(call.end - call.start) if call.timed else "",
                "answer": call.answer,
                "tone": call.tone.value,
                "notes": list(call.notes),
            }
            for call in run.calls
        ],
        "steps": [[step.call, step.kind.value, step.at if run.timed else -1] for step in steps(run)],
        "emissions": [
            [each.kind.value, each.at if each.timed else -1, each.source, each.target, clean(each.text)]
            for each in run.emissions
        ],
        "alarms": [{"sentence": alarm.sentence, "brief": alarm.brief} for alarm in run.alarms],
    }


def options(part: PartContent | None, misses: tuple[str, ...]) -> TraceOptions:
    if part is None:
        return TraceOptions(miss=misses)
    if part.kind is PartKind.SLOW:
        return TraceOptions(slow=(part.id,), miss=misses)
    return TraceOptions(fail=part.both or (part.id,), miss=misses)


def asked(architecture: Architecture) -> Iterator[tuple[str, PartContent | None, tuple[str, ...]]]:
    """Every flow whole, without its caches, and with each part down."""
    caches = tuple(each.id for each in architecture.components.values() if isinstance(each, Caching))
    for flow in architecture.flows:
        yield flow, None, caches
        for part in (None, *parts(architecture)):
            yield flow, part, ()


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_the_browser_says_of_every_failure_what_python_says(page: Probe, spec: Path) -> None:
    architecture = load(spec)
    numbers = {id_: number for number, id_ in enumerate(architecture.components)}
    tracers = {flow: Tracer(architecture, flow) for flow in architecture.flows}
    questions = list(asked(architecture))
    told_to_the_page = walks(Structures(architecture), parts(architecture), tracers.values())
    sent = [[flow, part and part.id, [numbers[id_] for id_ in misses]] for flow, part, misses in questions]
    found = page.page.evaluate(WALK, [json.loads(told_to_the_page), sent])
    for (flow, part, misses), run in zip(questions, found, strict=True):
        expected = told(run_content(tracers[flow].trace(options(part, misses))))
        assert run == expected, (flow, part, misses)
