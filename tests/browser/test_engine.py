"""The engine in Chromium and in Python: the same bytes."""

from base64 import b64decode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from archspec.language import load
from archspec.simulation.asked import program_of, understood
from archspec.simulation.compile import compile_system
from archspec.simulation.engine import Engine, View
from archspec.simulation.options import SimulationOptions
from archspec.simulation.program import Program, Request, Run
from tests.browser.engine_page import engine_page
from tests.browser.probe import Probe
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

RUN = """async ([program, until, views]) => {
  const run = engine.begin(program);
  while (!run.advance(until === null ? null : BigInt(until), 10000n));
  const told = await Promise.all(views.map((view) => new Promise((tell) => {
    const reader = new FileReader();
    reader.onload = () => tell(reader.result.split(",")[1] ?? "");
    reader.readAsDataURL(new Blob([run.column(view)]));
  })));
  run.stop();
  return told;
}"""
VIEWS = [view.name.lower() for view in View]
SIMULATED: list[tuple[str, str | None, int]] = [
    ("video_platform", None, 1),
    ("video_platform", "zone-loss", 2**64 - 1),
    ("video_platform", "deploy-at-peak", 7),
    ("web_shop", "sale", 2),
    ("online_boutique", "loadgenerator", 3),
    ("lessons/slow_replica", "limping", 4),
    ("lessons/cache_stampede", "morning", 5),
    ("lessons/retry_storm", "hiccup", 6),
]
SECONDS = 80
KEPT = ("lessons/cache_stampede", "lessons/slow_replica")
"""Small enough to compare every request and the whole log."""
TRACED = ("video_platform", "sock_shop")


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Probe]:
    with engine_page(browser, tmp_path_factory.mktemp("engine")) as probe:
        yield probe


def in_python(program: Program) -> dict[str, bytes]:
    run = Engine(program)
    run.advance(program.run.until)
    return {view.name.lower(): run.column(view, "uint8").tobytes() for view in View}


def in_chromium(page: Probe, program: Program) -> dict[str, bytes]:
    told = page.page.evaluate(RUN, [program.to_json(), program.run.until, VIEWS])
    return dict(zip(VIEWS, map(b64decode, told), strict=True))


@pytest.mark.parametrize(("spec", "scenario", "seed"), SIMULATED)
def test_a_simulation_in_chromium_has_the_bytes_of_python(
    page: Probe, spec: str, scenario: str | None, seed: int
) -> None:
    folder = ROOT / "specs" / spec
    options = SimulationOptions(scenario, seed=seed, folder=folder, keep_requests=spec in KEPT)
    asked = understood(load(folder / "architecture.yaml"), options)
    program = program_of(asked, SECONDS * 10**9)
    expected = in_python(program)
    assert any(expected["counts"])
    assert any(expected["alerts"]) == (scenario == "zone-loss")
    assert (len(expected["at"]) > 100 * 8) == (spec in KEPT)
    assert in_chromium(page, program) == expected


@pytest.mark.parametrize("spec", TRACED)
def test_a_trace_in_chromium_has_the_bytes_of_python(page: Probe, spec: str) -> None:
    architecture = load(ROOT / "specs" / spec / "architecture.yaml")
    for flow in architecture.flows:
        run = Run(sampled=False, watch="everything", request=Request(0, 0))
        program = Program(compile_system(architecture, (flow,)).system, run)
        expected = in_python(program)
        assert len(expected["log"]) > 4 * 48
        assert in_chromium(page, program) == expected


def test_chromium_says_why_a_program_is_refused(page: Probe) -> None:
    refused = "try { engine.begin(archspecEngine.programOf('{}', {})) } catch (error) { error.message }"
    assert (
        page.page.evaluate(refused)
        == "the engine refuses a Program: the Program is refused: `program.run.seed` is missing."
    )
