"""A line with two heads: one line in the picture, each half of which is a way of its own to click and to mark."""

from pathlib import Path

import pytest

from tests.browser.conftest import Open, build

pytestmark = pytest.mark.browser

SPEC = """
archspec: 1
name: Chat
components: {app: {kind: client}, gateway: {kind: server}, rooms: {kind: server}}
connections:
  - app -> gateway
  - gateway -> rooms: {protocol: grpc, timeout: 2s}
  - rooms -> gateway: {protocol: grpc, timeout: 3s}
flows:
  send: {from: app, steps: [{call: gateway, takes: 1ms, steps: [{call: rooms, takes: 2ms}]}]}
"""
HEADS = """[...document.querySelectorAll('.board g[data-source]')].map(({dataset, children}) =>
  [dataset.source, dataset.target, [...children].filter(({tagName}) => tagName === "path")
    .at(-1).getAttribute("d").split("M").length - 1])"""
CHOSEN = "[...document.querySelectorAll('.board g.chosen')].map(({dataset}) => dataset.source)"


def test_each_half_tells_of_its_own_way(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "chat.yaml").write_text(SPEC)
    build(tmp_path / "chat.yaml", tmp_path / "out")
    probe = open_page(file=tmp_path / "out" / "index.html")
    probe.gives(HEADS, [["app", "gateway", 1], ["gateway", "rooms", 1], ["rooms", "gateway", 1]])
    for source, target, limit in (("gateway", "rooms", "2s"), ("rooms", "gateway", "3s")):
        probe.find(f".board [aria-label^='{source} to {target}']").press("Enter")
        probe.gives(CHOSEN, [source])
        probe.gives(f"document.querySelector('.details').innerText.includes('{limit}')", True)
