"""What the page says of a flow while a part is down, which it works out by itself."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from archspec.language import load
from archspec.simulation.trace import Tracer
from archspec.webpage.gathering.breakable import parts
from tests.browser.conftest import SPEC, Open, build
from tests.browser.run_content import run_content
from tests.browser.test_walker import options
from tests.webpage.gathering.test_breaks import SPEC as SHOP

pytestmark = pytest.mark.browser


def test_the_page_says_of_every_failure_what_python_says(open_page: Open) -> None:
    architecture = load(SPEC)
    tracers = [Tracer(architecture, flow) for flow in architecture.flows]
    probe = open_page()
    for part in parts(architecture):
        runs = [run_content(tracer.trace(options(part, ()))) for tracer in tracers]
        probe.page.evaluate("(part) => { location.hash = new URLSearchParams({ down: part }); }", part.id)
        if runs:
            probe.shows(".effects .results .pill", *(f"{run.tone.sign} {run.answer}" for run in runs))
    assert probe.complaints == []


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "shop.yaml").write_text(SHOP)
    assert build(folder / "shop.yaml", folder / "out") == 1  # lint has findings
    return folder / "out/index.html"


def test_the_section_of_a_flow_tells_the_failures_that_are_felt_the_worst_first(open_page: Open, shop: Path) -> None:
    probe = open_page(file=shop)
    probe.find("#flow-buy .tab-label >> text=When a part is down").click()
    probe.shows("#flow-buy .breaks th[scope=row] span:first-child", "lb", "web", "db", "pages", "ads")
    probe.shows(
        "#flow-buy .breaks .pill",
        *("✕ no answer: refused", "✕ 503 Service Unavailable", "✕ 502 Bad Gateway"),
        *("! 200 OK, degraded", "! 200 OK, degraded"),
    )
    probe.shows("#flow-buy .breaks td:nth-child(3)", "–", "–", "1 ms", "3 ms", "1 ms")
    probe.shows("#flow-buy .breaks td:nth-child(4)", "all", "all", "10%", "none", "none")
    probe.shows("#flow-buy .breaks .tag", "when the cache misses")
    probe.shows("#flow-buy .breaks .line", *["nobody (down after 5m)"] * 3)


def test_the_section_names_the_parts_that_make_no_difference(open_page: Open, shop: Path) -> None:
    probe = open_page(file=shop)
    probe.find("#flow-buy .tab-label >> text=When a part is down").click()
    probe.shows("#flow-buy .breaks .after", "web-1, web-2, mail, zone-a, zone-b")


def test_a_slow_part_changes_how_long_the_user_waits(open_page: Open, shop: Path) -> None:
    probe = open_page("#down=pages%3D10x", file=shop)
    probe.shows(".results .result", "in 10 ms")


def test_without_javascript_the_request_is_told_as_text(open_page: Open, shop: Path) -> None:
    probe = open_page(file=shop, scripts=False)
    expect(probe.find("#flow-buy .code")).to_contain_text("shopper has its answer after 1 ms: 200")
    expect(probe.find("#flows .without")).to_contain_text("needs JavaScript")
