"""A trace as a page."""

from lxml import html as parser

from archspec.language import load_text
from archspec.reports.report import TracedRequest
from archspec.reports.trace.html import html
from archspec.simulation.trace import trace

SPEC = """
archspec: 1
name: "<script>alert(1)</script>"
components: {user: {kind: client}, api: {kind: server, cores: 1}, db: {kind: database}}
connections: [user -> api, api -> db]
flows: {ask: {from: user, steps: [{call: api, cpu: 4ms, steps: [{call: db, takes: 3ms, does: "</pre><img src=x>"}]}]}}
"""


def test_a_page_shows_times_messages_and_everything_and_runs_nothing() -> None:
    """Two pictures and the text of the tree; a hostile name stays a text."""
    architecture = load_text(SPEC)
    page = parser.document_fromstring(html(TracedRequest(architecture, trace(architecture, "ask"))).encode())
    assert [heading.text for heading in page.iter("h2")] == ["Times", "Messages", "Everything"]
    assert len(list(page.iter("svg"))) == 2
    assert list(page.iter("script")) == []
    assert list(page.iter("img")) == []
    assert "user has its answer after 7 ms: 200" in page.findtext(".//pre")
