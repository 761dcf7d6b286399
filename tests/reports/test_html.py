"""Every report as a page: one door in, nothing out, whatever its texts are."""

import json
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import pytest
from lxml import html

from archspec.cli.main import run
from archspec.difference.consequence import Consequence, Effect, Figure
from archspec.difference.difference import Side, difference
from archspec.language import load_text
from archspec.model import Objective
from archspec.planning.values import Change, Margin, Plan, Setting, Try, Verdict
from archspec.reports import report_for
from archspec.reports.report import Simulation, Subject
from archspec.simulation.options import SimulationOptions
from archspec.simulation.results import Series
from archspec.simulation.studies.replications import run_often
from archspec.simulation.timeline import fault_stretches, load_timeline, timeline
from archspec.verification.values import Fault, FlowVerdict, Kept, Late, State, Tried, Verification

EVIL = "</title><script>alert(1)</script>&amp;<b onclick=alert(1)>"
DATABASE = {"call": "db", "takes": "5ms", "does": EVIL}
SPEC = {
    "archspec": 1,
    "name": EVIL,
    "groups": {"zone-a": {"kind": "zone", "availability": "99.9%", "label": EVIL}, "zone-b": {"kind": "zone"}},
    "components": {
        "user": {"kind": "client"},
        "lb": {"kind": "load_balancer", "replicas": 2, "zones": ["zone-a", "zone-b"]},
        "api": {"kind": "server", "replicas": 2, "cores": 2, "zones": ["zone-a", "zone-b"], "label": EVIL},
        "db": {"kind": "database", "availability": "99.95%", "slots": 20},
        "logs": {"kind": "metrics_service", "scrape_interval": "1s"},
        "pager": {"kind": "notification_channel", "pages": True},
    },
    "connections": ["user -> lb", "lb -> api", {"api -> db": {"timeout": "100ms", "latency": "1ms"}}],
    "flows": {
        "buy": {
            "from": "user",
            "rate": "50/s",
            "description": EVIL,
            "objective": {"success": "99.9%", "p99": "100ms"},
            "steps": [
                {
                    "call": "lb",
                    "steps": [
                        {
                            "call": "api",
                            "cpu": "exponential(4ms)",
                            "steps": [{"call": "db", "takes": "5ms", "does": EVIL}],
                        }
                    ],
                }
            ],
        }
    },
    "alerts": {"failing": {"metric": "success_rate", "flow": "buy", "below": "99%", "for": "1s", "notify": ["pager"]}},
    "scenarios": {"lost": {"duration": "20s", "faults": [{"at": "5s", "for": "5s", "fail": "db"}]}},
}


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("evil") / "evil.yaml"
    file.write_text(json.dumps(SPEC))
    return file


@dataclass(frozen=True)
class Page:
    """A report: its file, and how many scripts it has of its own."""

    arguments: tuple[str, ...]
    charts: int
    scripts: int = 0


PAGES = {
    "simulation": Page(("simulate", "SPEC", "--scenario", "lost"), 8),
    "sweep": Page(("sweep", "SPEC", "--load", "1x,4x,8x,12x", "--duration", "2s", "--set", "api.replicas=2,3"), 4),
    "capacity": Page(("simulate", "SPEC", "--find-capacity", "--duration", "2s"), 2),
    "comparison": Page(("simulate", "SPEC", "--compare", "api.replicas=2,3", "--duration", "2s"), 4),
    "analysis": Page(("analyze", "SPEC", "--set", "api.replicas=4"), 4),
    "trace": Page(("trace", "SPEC", "buy"), 0),
    "difference": Page(("diff", "SPEC", "SPEC"), 0, 1),
}


def _check(text: str, charts: int, scripts: int = 0) -> None:
    page = html.document_fromstring(text)
    policy = page.find(".//meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:")
    assert len(page.findall(".//script")) == scripts
    assert ("script-src 'sha256-" in policy) == bool(scripts)
    attributes = [(key, value) for each in page.iter() for key, value in each.attrib.items()]
    assert not [key for key, _ in attributes if key.startswith("on")]
    assert not [value for key, value in attributes if key in ("src", "href") and not value.startswith(("#", "data:"))]
    assert not page.findall(".//link")
    assert len(page.findall(".//figure")) == charts
    assert not re.search(r"\d\.?\d*e[+-]\d", page.text_content())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_runs_nothing_of_a_spec(name: str, spec: Path, tmp_path: Path) -> None:
    wanted, out = PAGES[name], tmp_path / "page.html"
    assert run([*(str(spec) if each == "SPEC" else each for each in wanted.arguments), "-q", "-o", str(out)]) in (0, 1)
    _check(out.read_text(), wanted.charts, wanted.scripts)


PROMISE = Objective.model_validate({"success": "99.9%", "p99": "100ms"})
CALM = State(1000, 1000, (), (Late("p99", 57.4e6, 50e6, 60e6, 100_000_000),), None)
BROKEN = State(1000, 900, (("timeout", 100),), (Late("p99", 250e6, 200e6, 300e6, 100_000_000),), None)
GROWING = State(1000, 100, (), (Late("p99", 9e9, 8e9, 9e9, 100_000_000),), "calls pile up")
STATES = (("db-1", BROKEN, Kept.NO), ("zone-a", GROWING, Kept.UNKNOWN), ("api-1", CALM, Kept.YES))
VERDICT = FlowVerdict(
    flow="buy",
    level=Fraction(1),
    objective=PROMISE,
    calm=CALM,
    calm_kept=Kept.YES,
    why=(),
    tried=tuple(
        Tried(Fault((part,), (EVIL,), 0.001, 60.0), state, (), 0.0, None, (), (), kept, (EVIL,), f"archspec '{EVIL}'")
        for part, state, kept in STATES
    ),
    kept=Kept.NO,
    availability=0.9999,
    said=None,
    command="archspec",
)


def _rows(text: str, title: str) -> list[list[str]]:
    figures = html.document_fromstring(text).findall(".//figure")
    found = next(each for each in figures if each.find(".//strong").text_content() == title)
    return [[cell.text_content() for cell in row] for row in found.findall(".//tr")]


def test_a_verification_shows_what_breaks_which_promise() -> None:
    """Only faults that break something have a row; a time that grows with the run is none."""
    text = report_for(Subject.VERIFICATION, name="html").write(Verification(EVIL, 1, (VERDICT,), (), (EVIL,)))
    _check(text, 2)
    assert _rows(text, "Which fault breaks which promise") == [
        ["fails \\ flow", "buy"],
        ["nothing", "100%"],
        ["db-1", "✗ 90%"],
        ["zone-a", "? 10%"],
    ]
    assert _rows(text, "p99 under the worst faults") == [
        ["", "p99"],
        ["nothing", "57.4 ms (50 ms to 60 ms)"],
        ["db-1", "250 ms (200 ms to 300 ms)"],
        ["api-1", "57.4 ms (50 ms to 60 ms)"],
    ]


def test_a_plan_shows_how_near_each_promise_is() -> None:
    change = Change((Setting("api.replicas", Fraction(2), Fraction(3)),))
    margins = (
        Margin("buy", "success", 0.999, 1.0, 0.9995, 1.0, None),
        Margin("buy", "p99", 1e8, 57.4e6, 50e6, 60e6, EVIL),
    )
    plan = Plan(EVIL, Fraction(2), 1, change, margins, (Try(change, Verdict.HOLDS, EVIL),), (EVIL,), (EVIL,))
    text = report_for(Subject.PLAN, name="html").write(plan)
    _check(text, 2)
    assert _rows(text, "Success, at the worst") == [
        ["", "success", "promised"],
        ["buy", "100% (99.95% to 100%)", "99.9%"],
    ]
    assert _rows(text, "Response times, at the worst")[1] == ["buy p99", "57.4 ms (50 ms to 60 ms)", "100 ms"]


def test_a_difference_shows_base_and_head_over_one_axis() -> None:
    """Capacity in multiples of the load, times in seconds: each figure with its own unit."""
    base = Side("a", "a.yaml", load_text(json.dumps(SPEC)))
    told = (
        Consequence(Figure.FULL_AT, "buy", "445/s (8.9x the load)", "200/s (4x the load)", Effect.WORSE, 8.9, 4.0),
        Consequence(Figure.LATENCY, "buy", "–", "15 ms", Effect.NOW_KNOWN, None, 0.015),
        Consequence(Figure.AVAILABILITY, "buy", "≤ 99.9%", "≤ 99.99%", Effect.BETTER, 0.999, 0.9999),
    )
    text = report_for(Subject.DIFFERENCE, name="html").write(replace(difference(base, base), consequences=told))
    _check(text, 3, 1)
    assert _rows(text, "Capacity")[1] == ["buy: full at", "8.9x", "4x"]
    assert _rows(text, "Times")[1] == ["buy: time of a request without load", "–", "15 ms"]
    assert _rows(text, "Availability")[1] == ["buy: availability", "99.9%", "99.99%"]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    architecture = load_text(json.dumps(SPEC))
    results, first = run_often(architecture, SimulationOptions("lost"))
    return Simulation(results, timeline(first), first, 0, load_timeline(first), fault_stretches(first))


def _titles(simulation: Simulation) -> list[str]:
    text = report_for(Subject.SIMULATION, name="html").write(simulation)
    return [each.text_content() for each in html.document_fromstring(text).findall(".//figcaption/strong")]


def test_a_run_with_a_fault_tells_when_it_was_and_what_it_did(simulation: Simulation) -> None:
    assert _titles(simulation) == [
        "Faults and alerts",
        "Requests over time",
        "Success over time",
        "Response times over time",
        "How long answers took",
        "Why requests failed",
        "How busy things are",
        "The busiest over time",
    ]


def test_faults_and_alerts_stand_in_the_charts(simulation: Simulation) -> None:
    text = report_for(Subject.SIMULATION, name="html").write(simulation)
    page = html.document_fromstring(text)
    figures = {each.find(".//strong").text_content(): each for each in page.findall(".//figure")}
    rows = [[cell.text_content() for cell in row] for row in figures["Faults and alerts"].findall(".//tr")]
    assert rows[1][:2] == ["A  fail db", "5 s to 10 s"]
    bands = [each for each in figures["Success over time"].iter("rect") if each.get("class") == "band bad"]
    assert [each[0].text for each in bands] == ["fail db: 5 s to 10 s"]


def test_of_several_causes_is_drawn_when_each_struck(simulation: Simulation) -> None:
    flow, times = simulation.results.flows[0].flow, simulation.timeline[0].times
    others = (Series(f"{flow} failed {cause}", "/s", times, (1.0,) * len(times)) for cause in ("shed", "rate_limited"))
    text = report_for(Subject.SIMULATION, name="html").write(
        replace(simulation, timeline=(*simulation.timeline, *others))
    )
    figures = {each.find(".//strong").text_content(): each for each in html.document_fromstring(text).iter("figure")}
    heads = [cell.text_content() for cell in figures["Why requests failed, over time"].find(".//tr")]
    assert heads[1:] == ["refused", "shed", "rate limited"]


def test_of_an_overload_no_distribution_is_drawn(simulation: Simulation) -> None:
    flow = replace(simulation.results.flows[0], overloaded="more comes than can be done")
    over = replace(simulation, results=replace(simulation.results, flows=(flow,)))
    assert "How long answers took" not in _titles(over)


def test_without_a_run_nothing_is_made_up(simulation: Simulation) -> None:
    """Only what the results themselves tell: no course, no fault."""
    assert _titles(Simulation(simulation.results)) == [
        *("Faults and alerts", "How long answers took", "Why requests failed", "How busy things are")
    ]
