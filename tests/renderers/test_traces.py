"""Sequence diagrams and waterfalls are drawn as well-formed pictures, to scale."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archspec.model import Shape
from archspec.renderers.sequence import Frame, FrameKind, Message, MessageStyle, Participant, Section, Sequence
from archspec.renderers.svg.sequence import draw_sequence
from archspec.renderers.waterfall import Segment, SegmentKind, Waterfall, WaterfallRow, draw_waterfall, ticks
from tests.properties import examples
from tests.renderers.scenes_for_tests import texts

SVG = {"s": "http://www.w3.org/2000/svg"}

SIGN_IN = Sequence(
    "sign-in",
    "Sign in",
    (
        Participant("viewer", "Browser", Shape.DEVICE),
        Participant("api", "API", Shape.SERVER, "nodejs"),
        Participant("db", "Accounts", Shape.STORE, "postgresql"),
    ),
    (
        Message("viewer", "api", "POST /session", "0 ms"),
        Message("api", "api", "hash", "15 ms"),
        Message("api", "db", "select account", "75 ms"),
        Message("db", "api", "", "80 ms", "timeout", MessageStyle.ANSWER, failed=True),
    ),
)

REQUEST = Waterfall(
    "sign-in",
    "Sign in",
    (
        WaterfallRow("viewer", 0, (Segment(0, 100_000_000, SegmentKind.WAIT),), "200"),
        WaterfallRow("api-1", 1, (Segment(0, 50_000_000, SegmentKind.WORK),), "200"),
        WaterfallRow("db-1", 2, (Segment(50_000_000, 100_000_000, SegmentKind.WORK),), "503", failed=True),
    ),
)


@st.composite
def sequences(draw: st.DrawFn) -> Sequence:
    ids = [f"p{index}" for index in range(draw(st.integers(1, 4)))]
    people = tuple(Participant(id_, draw(texts), draw(st.sampled_from(Shape)), draw(texts)) for id_ in ids)
    end = st.sampled_from(ids)
    message = st.builds(Message, end, end, texts, texts, texts, st.sampled_from(MessageStyle), st.booleans())
    items = st.lists(st.recursive(message, framed, max_leaves=5), max_size=6)
    return Sequence("any", draw(texts), people, tuple(draw(items)), draw(texts))


def framed(item: st.SearchStrategy[Message | Frame]) -> st.SearchStrategy[Message | Frame]:
    section = st.builds(Section, texts, st.lists(item, max_size=3).map(tuple))
    return st.builds(Frame, st.sampled_from(FrameKind), st.lists(section, min_size=1, max_size=2).map(tuple))


@examples(40)
@given(sequences())
def test_any_sequence_is_well_formed(sequence: Sequence):
    tree = etree.fromstring(draw_sequence(sequence).encode())
    assert len(tree.xpath("//s:g[@data-step]", namespaces=SVG)) == len(sequence.messages)


def test_messages_stand_in_the_order_of_time():
    tree = etree.fromstring(draw_sequence(SIGN_IN).encode())
    paths = [g.find("s:path", SVG).get("d") for g in tree.xpath("//s:g[@data-step]", namespaces=SVG)]
    heights = [float(path.replace("C", " ").replace("L", " ").split()[1]) for path in paths]
    assert heights == sorted(heights)


def test_a_sequence_is_as_expected(golden: Callable[[str, str], None]):
    golden("tests/renderers/expected/sequence.svg", draw_sequence(SIGN_IN, with_font=False))


def test_a_waterfall_is_as_expected(golden: Callable[[str, str], None]):
    golden("tests/renderers/expected/waterfall.svg", draw_waterfall(REQUEST, with_font=False))


def test_bars_are_to_scale():
    tree = etree.fromstring(draw_waterfall(REQUEST).encode())
    rows = tree.xpath("//s:g[@data-row]", namespaces=SVG)
    bars = [(float(row.find("s:rect", SVG).get("x")), float(row.find("s:rect", SVG).get("width"))) for row in rows]
    left = bars[0][0]
    assert [(x - left, width) for x, width in bars] == [(0, 620), (0, 310), (310, 310)]


def test_a_failed_call_is_marked_by_more_than_colour():
    tree = etree.fromstring(draw_waterfall(REQUEST).encode())
    assert tree.xpath("//s:g[@data-row='db-1']/s:text/text()", namespaces=SVG) == ["db-1", "✗ 50 ms · 503"]


@examples(40)
@given(st.lists(st.tuples(texts, st.integers(0, 5), st.integers(0, 10**12), st.integers(0, 10**12)), max_size=5))
def test_any_waterfall_is_well_formed(rows: list[tuple[str, int, int, int]]):
    made = tuple(
        WaterfallRow(label, depth, (Segment(min(a, b), max(a, b), SegmentKind.QUEUED),), label)
        for label, depth, a, b in rows
    )
    tree = etree.fromstring(draw_waterfall(Waterfall("w", "t", made)).encode())
    assert len(tree.xpath("//s:g[@data-row]", namespaces=SVG)) == len(rows)


@given(st.integers(1, 10**15))
def test_there_are_two_to_six_ticks_and_the_first_is_zero(total: int):
    found = ticks(total)
    assert found[0] == 0
    assert 2 <= len(found) <= 6
