"""The wait before the next attempt."""

from fractions import Fraction

import pytest

from archspec.model import Backoff


def waits(text: str, attempts: int) -> list[str]:
    backoff = Backoff.parse(text)
    return [str(backoff.cap(attempt)) for attempt in range(1, attempts + 1)]


def test_a_constant_back_off_waits_the_same_each_time() -> None:
    assert waits("constant(100ms)", 3) == ["100ms", "100ms", "100ms"]


def test_an_exponential_back_off_doubles_up_to_ten_times_the_first() -> None:
    assert waits("exponential(50ms)", 6) == ["50ms", "100ms", "200ms", "400ms", "500ms", "500ms"]


def test_factor_and_maximum_can_be_said() -> None:
    assert waits("exponential(50ms factor=3 max=1s)", 4) == ["50ms", "150ms", "450ms", "1s"]


def test_what_is_not_said_has_its_default() -> None:
    backoff = Backoff.parse("exponential(50ms)")
    assert (backoff.factor, str(backoff.maximum), backoff.jitter) == (Fraction(2), "500ms", "none")


def test_a_late_attempt_does_not_compute_a_huge_number() -> None:
    assert waits("exponential(1d factor=1000)", 1000)[-1] == "10d"


def test_one_meaning_has_one_spelling() -> None:
    assert str(Backoff.parse("exponential(0.05s, max=2000ms, factor=2.0)")) == "exponential(50ms factor=2 max=2s)"


@pytest.mark.parametrize("text", ["constant(100ms)", "exponential(50ms factor=1.5 max=2s jitter=equal)"])
def test_the_spelling_reads_back_as_the_same_back_off(text: str) -> None:
    assert str(Backoff.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("50ms", "`50ms` is not a back-off"),
        ("exponential()", "`exponential()` is not a back-off: it takes one time, then named values"),
        ("constant(1s factor=2)", "`constant(1s factor=2)` is not a back-off: it knows no `factor`"),
        ("exponential(1s jitter=some)", "`some` is not a jitter"),
        ("exponential(1s factor=0.5)", "`factor=0.5` is not a factor"),
        ("exponential(1)", "`1` is not a duration: it has no unit"),
        ("lognormal(p50=1ms p99=2ms)", "`lognormal(p50=1ms p99=2ms)` is not a back-off"),
    ],
)
def test_a_wrong_back_off_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        Backoff.parse(text)
    assert str(caught.value) == message
