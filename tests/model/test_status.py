"""What a step's target answers."""

from fractions import Fraction

import pytest

from archspec.model import Answers, Plain


def test_one_status_has_the_whole_share() -> None:
    assert Answers.read(Plain("404")).shares == ((404, Fraction(1)),)


def test_what_is_left_of_all_is_200_and_comes_last() -> None:
    answers = Answers.read({"404": "2%", "500": "0.1%"})
    assert answers.shares == ((404, Fraction(1, 50)), (500, Fraction(1, 1000)), (200, Fraction(979, 1000)))
    assert answers.likeliest == 200


def test_shares_that_add_up_to_all_leave_no_200() -> None:
    assert Answers.read({404: "40%", 503: "60%"}).shares == ((404, Fraction(2, 5)), (503, Fraction(3, 5)))


def test_of_equal_shares_the_first_written_is_the_likeliest() -> None:
    assert Answers.read({503: "50%", 404: "50%"}).likeliest == 503


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (Plain("99"), "`99` is not a status"),
        (Plain("600"), "`600` is not a status"),
        ("404", '"404" is quoted'),
        ({404: "60%", 500: "60%"}, "the shares add up to more than 100%"),
        ({404: "2%", 200: "90%"}, "the shares add up to 92%"),
        ({404: "2%", 200: "0%"}, "the shares add up to 2%"),
        ({404: 2}, "`2` is not a ratio"),
    ],
)
def test_a_wrong_status_is_refused_with_its_reason(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Answers.read(value)
    assert str(caught.value) == message
