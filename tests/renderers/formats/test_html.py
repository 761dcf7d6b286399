"""One view as a page."""

import json

from lxml import html

from archspec.language import load_text
from archspec.renderers import find_view, render, renderer_for

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


def test_every_flow_can_be_played_and_broken() -> None:
    told = json.loads(page("all").get_element_by_id("archspec-data").text)
    broken = {part: told["words"][told["runs"][each["run"]][0]] for part, each in told["flows"][0]["breaks"].items()}
    assert broken["db"] == "502 Bad Gateway"
    assert broken["web"] == "no answer: refused"


def test_nothing_is_said_of_findings_that_nobody_looked_for() -> None:
    assert "findings" not in [section.get("id") for section in page("all").iter("section")]
