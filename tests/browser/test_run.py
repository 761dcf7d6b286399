"""Loads that run in the page: the same Programs, and the same figures, as the command line has."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from archspec.analysis.structure import Structures
from archspec.cli.options import settings
from archspec.language import load
from archspec.model import Duration
from archspec.simulation.asked import program_of, understood
from archspec.simulation.options import SimulationOptions
from archspec.simulation.trace import Tracer
from archspec.webpage.gathering.breakable import parts
from archspec.webpage.gathering.walks import walks
from tests.browser.conftest import SPEC, Open
from tests.browser.engine_page import engine_page
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

SPECS = (SPEC, *sorted((ROOT / "specs").glob("**/architecture.yaml")))
SECONDS = 7
PROGRAMS = """([walks, asked]) => asked.map(([number, settings, duration]) => archspecEngine.programText(
  walks, { play: walks.plays[number], settings, faults: [], duration, seed: "1" }))"""


def turned(knob: dict[str, Any]) -> str:
    """Another value than the spec's, as `--set` takes it."""
    match knob["what"]:
        case "rate":
            return f"{knob['value'] * 1.5:g}/s"
        case "hit":
            return "35%"
        case "timeout":
            return f"{knob['value'] * 2 // 1000}us"
        case "attempts":
            return str(knob["value"] + 2)
        case _:
            return str(int(knob["value"]) + 3)


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.parent.name)
def test_what_is_turned_on_the_page_is_what_set_sets(browser: Browser, tmp_path: Path, spec: Path) -> None:
    architecture = load(spec)
    tracers = [Tracer(architecture, flow) for flow in architecture.flows]
    told = json.loads(walks(Structures(architecture), parts(architecture), tracers))
    duration = SECONDS * 10**9
    asked = [(number, None) for number in range(len(told["plays"]))]
    asked += [(number, knob) for number, play in enumerate(told["plays"]) for knob in play["knobs"]]
    sent = [[number, {knob["name"]: turned(knob)} if knob else {}, duration] for number, knob in asked]
    with engine_page(browser, tmp_path) as probe:
        found = probe.page.evaluate(PROGRAMS, [told, sent])
    for (number, knob), text in zip(asked, found, strict=True):
        given = [f"{knob['name']}={turned(knob)}"] if knob else []
        options = SimulationOptions(
            scenario=told["plays"][number]["scenario"], duration=Duration(duration), charts=True, folder=spec.parent
        )
        program = program_of(understood(load(spec, settings=settings(given)), options), duration)
        assert json.loads(text) == json.loads(program.to_json()), (number, given)


ASKED = (
    "#run=own+rates&for=8000ms",
    "#run=own+rates&for=8000ms&seed=7&set=watch-video.rate%3D600%2Fs&set=api.cores%3D3&set=titles.hit%3D70%25",
    "#run=own+rates&for=8000ms&fault=%7Bfail%3A+zone-a%2C+at%3A+2000ms%2C+for%3A+3000ms%7D"
    "&fault=%7Bslow%3A+metadata%2C+by%3A+5x%2C+at%3A+4000ms%7D&fault=%7Bpartition%3A+api+-%3E+sessions%2C+at%3A+6000ms%7D",
    "#run=evening-peak&for=6000ms",
    "#run=zone-loss&for=90000ms",
)


@pytest.mark.parametrize("address", ASKED)
def test_the_figures_of_a_run_are_those_of_its_command(open_page: Open, address: str) -> None:
    probe = open_page(address)
    probe.page.get_by_label("Speed").select_option("Fastest")
    expect(probe.find(".figures tr[data-figures]")).to_be_visible(timeout=60_000)
    rows = probe.page.locator(".figures tr[data-figures]")
    figures = [json.loads(row) for row in rows.evaluate_all("rows => rows.map(row => row.dataset.figures)")]
    command = shlex.split(probe.find(".command code").evaluate("code => code.textContent"))
    assert command[:3] == ["archspec", "simulate", "video.yaml"]
    run = [sys.executable, "-m", "archspec", *command[1:], "-q", "-f", "json"]
    told = json.loads(subprocess.run(run, cwd=SPEC.parent, capture_output=True, check=True).stdout)
    assert [flow.pop("id") for flow in figures] == list(told["flows"])
    for flow in figures:  # as the report rounds it
        flow["mean"] = flow["mean"] and round(flow["mean"])
    assert figures == [of_command(flow) for flow in told["flows"].values()]
    told_causes = probe.page.locator(".causes li").evaluate_all(
        "items => items.map(({children: [cause, count]}) => [cause.textContent.split(': ').pop(), count.textContent])"
    )
    failed = [sorted(flow["failed"].items(), key=lambda each: -each[1]) for flow in told["flows"].values()]
    assert told_causes == [[cause.replace("_", " "), f"{count:,}"] for causes in failed for cause, count in causes]
    changes = [[each["alert"], round(each["at_s"] * 1e9), each["state"]] for each in told["alerts"]]
    shown = probe.page.locator("ul.alerts").evaluate_all("lists => lists.map(list => list.dataset.changes)")
    has_fired = any(state == "firing" for _, _, state in changes)
    assert [json.loads(each) for each in shown] == ([changes] if has_fired else [])
    assert has_fired == ("zone-loss" in address)
    assert probe.complaints == []


def test_alerts_say_since_when_they_fire_and_who_is_told(open_page: Open) -> None:
    probe = open_page("#run=zone-loss&for=80000ms")
    probe.page.get_by_label("Speed").select_option("Fastest")
    expect(probe.find(".figures tr[data-figures]").first).to_be_visible(timeout=60_000)
    fired = probe.page.locator("ul.alerts li.firing")
    expect(fired).to_have_text(
        [
            re.compile("sign-in-burn.*fires since 1 min 15 s.*tells Team channel"),
            re.compile("watch-burn.*fires since 1 min 15 s.*tells On call, Team channel"),
        ]
    )
    probe.find(".views button:nth-child(3)").click()
    probe.marks(".board g[data-id].told", "pagerduty", "slack")
    slider = probe.page.get_by_label("Moment of the run")
    slider.fill("900")  # 1 min 12 s
    expect(probe.page.locator("ul.alerts")).to_have_count(0)
    expect(probe.page.locator(".scrubber .firing")).to_have_count(2)
    assert probe.complaints == []


def of_command(flow: dict[str, Any]) -> dict[str, Any]:
    """The figures of a flow in the report of the command line, under the page's names; times in nanoseconds."""
    latency = flow["latency_ms"] or {}
    times = {name: round(each["value"] * 1e6) for name, each in latency.items()}
    return {
        "offered": flow["offered"],
        "ok": flow["ok"],
        "degraded": flow["degraded"],
        "failed": [[cause, count] for cause, count in flow["failed"].items()],
        "inFlight": flow["in_flight"],
        "success": flow["success"],
        "throughput": flow["throughput_per_s"],
        "mean": times.pop("mean", None),
        "percentiles": times,
    }
