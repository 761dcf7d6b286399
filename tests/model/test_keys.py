"""Key spaces of caches."""

from fractions import Fraction

import pytest

from archspec.model.keys import Keys


def test_a_key_space_has_a_number_of_keys_and_an_exponent() -> None:
    keys = Keys.parse("zipf(count=1000000 exponent=0.9)")
    assert (keys.count, keys.exponent) == (1_000_000, Fraction(9, 10))


def test_named_arguments_may_stand_in_any_order() -> None:
    assert str(Keys.parse("zipf(exponent=1.0, count=50)")) == "zipf(count=50 exponent=1)"


@pytest.mark.parametrize("text", ["zipf(1000 0.9)", "zipf(count=0 exponent=1)", "zipf(count=5)", "uniform(count=5)"])
def test_anything_else_is_no_key_space(text: str) -> None:
    with pytest.raises(ValueError, match="is not a key space"):
        Keys.parse(text)
