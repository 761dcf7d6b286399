"""A field types its scalar, not its look."""

from fractions import Fraction

import pytest
from pydantic_core import PydanticCustomError

from archspec.model import Plain
from archspec.model.scalar import core, exact, read_flag, read_integer, read_number, read_text, shown


@pytest.mark.parametrize("text", ["no", "1.10", "010", "12:30", "2026-11-22", "null", "~", "true"])
def test_text_keeps_its_spelling(text: str) -> None:
    assert read_text(Plain(text)) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("true", True),
        ("yes", "yes"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("~", None),
        ("", None),
    ],
)
def test_the_core_schema_of_yaml_1_2_gives_a_plain_scalar_its_value(text: str, value: object) -> None:
    assert core(Plain(text)) == value
    assert type(core(Plain(text))) is type(value)


def test_a_quoted_scalar_is_text_whatever_it_looks_like() -> None:
    assert core("5") == "5"


def test_a_flag_is_true_or_false_and_nothing_else() -> None:
    assert (read_flag(Plain("true")), read_flag(Plain("False")), read_flag(True)) == (True, False, True)
    for wrong in (Plain("yes"), Plain("on"), "true", 1, None):
        with pytest.raises(ValueError, match=r"neither true nor false|is quoted"):
            read_flag(wrong)


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        (Plain("no"), "did you mean `false`?"),
        (Plain("On"), "did you mean `true`?"),
        ("true", "write true without quotes."),
        (Plain("maybe"), "write `true` or `false`."),
    ],
)
def test_another_word_for_a_flag_leads_to_the_flag(written: str, remedy: str) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        read_flag(written)
    assert caught.value.context is not None
    assert caught.value.context["remedy"] == remedy


def test_a_whole_number_is_read_from_a_plain_scalar() -> None:
    assert [read_integer(Plain(text)) for text in ("2", "010", "0x10")] == [2, 10, 16]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2", '"2" is quoted'),
        (Plain("2.5"), "`2.5` is not a whole number"),
        (Plain("two"), "`two` is not a whole number"),
        (True, "`True` is not a whole number"),
        ([2], "a list is not a whole number"),
    ],
)
def test_what_is_no_whole_number_is_refused(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read_integer(value)
    assert str(caught.value) == message


def test_a_number_is_kept_exactly_as_written() -> None:
    assert (read_number(Plain("0.1")), read_number(0.1), read_number(3)) == (Fraction(1, 10), Fraction(1, 10), 3)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_must_be_finite(value: float) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        exact(value)


def test_a_huge_exponent_is_no_number() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_number(Plain("1e999999999"))


def test_long_and_structured_values_are_shown_short() -> None:
    assert [shown(value) for value in ("x" * 50, {}, [], None)] == [
        "`" + "x" * 37 + "…`",
        "a mapping",
        "a list",
        "nothing",
    ]
