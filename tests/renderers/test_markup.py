"""Nothing that is written into XML can leave its place."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archspec.renderers.markup import element, escape, number


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_survives_as_an_attribute_and_as_content(text: str):
    tree = etree.fromstring(element("a", {"b": text}, escape(text)))
    assert len(tree) == 0
    assert tree.get("b") == (tree.text or "")


@given(st.floats(-1e6, 1e6))
def test_numbers_are_within_half_a_hundredth_of_their_value(value: float):
    assert abs(float(number(value)) - value) <= 0.005 + 1e-6


def test_numbers_are_short():
    assert [number(v) for v in (0.0, -0.0, 1e-9, 10.0, 100.5)] == ["0", "0", "0", "10", "100.5"]
