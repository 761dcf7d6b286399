"""One view as a page."""

import json
from base64 import b64decode
from gzip import decompress

from lxml import html

from archspec.language import load_text
from archspec.renderers import find_view, render, renderer_for
from archspec.simulation.engine import WASM

SPEC = """
archspec: 1
name: Shop
components: {shopper: {kind: client}, web: {kind: server}, db: {kind: database}}
connections: [shopper -> web, web -> db]
flows: {buy: {from: shopper, steps: [{call: web, steps: [{call: db, takes: 3ms}]}]}}
views: {all: {title: All of it}, data: {include: [db]}}
"""


def page(view: str) -> html.HtmlElement:
    architecture = load_text(SPEC)
    made = render(renderer_for(None, "page.html"), architecture, find_view(architecture, view))
    return html.fromstring(made.data.decode())


def test_the_page_shows_the_view_asked_for_and_no_other() -> None:
    assert [figure.get("data-view") for figure in page("data").iter("figure")] == ["data"]


def unpacked(document: html.HtmlElement, id_: str) -> bytes:
    return decompress(b64decode(document.get_element_by_id(id_).text))


def test_every_flow_can_be_played_and_broken() -> None:
    document = page("all")
    walks = json.loads(unpacked(document, "archspec-walks"))
    assert list(walks["flows"]) == ["buy"]
    assert walks["supposed"]["db"] == [{"kind": "down", "target": {"component": 2}, "noticed": True}]
    assert unpacked(document, "archspec-engine") == WASM.read_bytes()


def test_nothing_is_said_of_findings_that_nobody_looked_for() -> None:
    assert "findings" not in [section.get("id") for section in page("all").iter("section")]
