"""axe-core finds no violation in the page, whatever it is doing."""

import pytest

from tests.browser.conftest import Open
from tests.conftest import ROOT

AXE = ROOT / "tests/tools/node_modules/axe-core/axe.min.js"
STATES = {
    "as opened": "",
    "a card": "#show=api",
    "a line": "#show=lb+-%3E+api",
    "playing": "#flow=server-timeout&step=4",
    "broken": "#down=zone-a&view=deployment",
    "folded": "#fold=data",
    "overlaid": "#overlay=owner",
    "running": "#run=zone-loss&for=80000ms",
    "embedded": "?embed#show=api",
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.is_file(), reason="there is no axe-core: npm install --prefix tests/tools"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(open_page: Open, state: str, scheme: str) -> None:
    probe = open_page(STATES[state], scheme=scheme)
    probe.find(".board g[data-id]").wait_for()
    if state == "running":
        probe.page.get_by_label("Speed").select_option("Fastest")
        probe.find(".figures tr[data-figures]").wait_for(timeout=60_000)
    probe.page.evaluate(AXE.read_text())
    found = probe.page.evaluate(
        "axe.run().then(({violations}) => violations.map(v => [v.id, ...v.nodes.map(n => n.html)]))"
    )
    assert [[each[0], *(html[:160] for html in each[1:4])] for each in found] == []


def test_the_first_card_is_three_keys_away(open_page: Open) -> None:
    probe = open_page()
    probe.find(".board g[data-id]").wait_for()
    probe.press("Tab", "Tab", "Enter")
    probe.gives("document.activeElement.parentElement.dataset.id", "viewer")
