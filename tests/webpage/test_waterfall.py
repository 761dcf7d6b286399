"""Calls on a time line."""

from lxml import html

from archspec.webpage.sections.waterfall import waterfall
from tests.webpage.example import run


def test_each_bar_spans_its_share_of_the_whole_time() -> None:
    document = html.fromstring(waterfall(run(), "calls"))
    bars = [(bar.get("x"), bar.get("width")) for bar in document.iter("rect")]
    assert bars == [("0", "1000"), ("357.14", "285.71"), ("547.62", "23.81")]


def test_each_bar_says_its_times_aloud() -> None:
    document = html.fromstring(waterfall(run(), "calls"))
    assert [svg.get("aria-label") for svg in document.iter("svg")][1] == "from 15 ms to 27 ms"
