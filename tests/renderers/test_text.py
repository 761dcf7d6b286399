"""Text is measured as the bundled font draws it, and never shown with characters that could do harm."""

from hypothesis import given
from hypothesis import strategies as st

from archspec.renderers.text import Style, Weight, clean, is_bundled, shorten, width, wrap

PLAIN, BOLD = Style(10), Style(10, Weight.SEMIBOLD)


def test_width_is_the_sum_of_the_fonts_advances():
    assert round(width("MMM", PLAIN), 3) == round(3 * width("M", PLAIN), 3)
    assert round(width("M", PLAIN), 3) == 8.892


def test_semibold_is_wider_than_regular():
    assert width("availability", BOLD) > width("availability", PLAIN)


def test_text_outside_the_font_is_measured_generously():
    assert width("日本", PLAIN) == 25.0
    assert not is_bundled("日本")


def test_a_combining_mark_takes_no_room():
    assert width("e\u0323\u0336", PLAIN) == width("e", PLAIN)


def test_words_wrap_at_blanks_and_the_last_line_is_shortened():
    assert wrap("one two three four five", 45, PLAIN, 2).lines == ("one two", "three f…")


def test_identifiers_wrap_after_punctuation():
    assert wrap("post-storage-memcached", 70, PLAIN, 2).lines == ("post-storage-", "memcached")


def test_no_word_is_cut_in_its_midst():
    assert wrap("recommendation-of-products", 70, PLAIN, 3).lines == ("recommend…", "of-products")
    assert wrap("ProductCatalogService", 90, PLAIN, 2).lines == ("ProductCatalog", "Service")
    assert wrap("データベース接続", 40, PLAIN, 3).lines == ("データ", "ベース", "接続")


def test_an_empty_text_has_no_lines():
    assert wrap(" \n ", 45, PLAIN, 2).lines == ()


def test_marks_that_turn_the_reading_direction_are_taken_out():
    assert clean("user\u202egnp.exe\u2066") == "usergnp.exe"


@given(st.text(), st.floats(5, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_limit(text: str, limit: float, lines: int):
    block = wrap(text, max(limit, width("…", PLAIN) + 13), PLAIN, lines)
    assert len(block.lines) <= lines
    assert all(width(line, PLAIN) <= max(limit, width("…", PLAIN) + 13) + 1e-9 for line in block.lines)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str):
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=40), st.floats(20, 200))
def test_a_shortened_text_ends_in_an_ellipsis_or_is_whole(text: str, limit: float):
    short = shorten(text, limit, PLAIN)
    assert short == text or short.endswith("…")
