"""Alerts, as Prometheus evaluates them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archspec.execution.alerting import Seen, Watched, evaluate, flow_breach, flow_reader, percentile, see
from archspec.execution.requests import Answered
from archspec.model.alert import Alert

MINUTE = 60 * 10**9


def watched(bad_minutes: set[int], minutes: int) -> Watched:
    """A metric that is wrong in some minutes and right in the others, sampled every 30 s."""
    samples = list(range(0, minutes * MINUTE + 1, MINUTE // 2))

    def breached(_: int, last: int) -> bool:
        return samples[last] // MINUTE in bad_minutes

    return Watched(samples, breached)


def seen(samples: list[int], good: list[int], bad: list[int], took: list[int] | None = None) -> Seen:
    times = np.array(took or [1] * len(good), dtype=np.int64)
    return see(samples, Answered(np.array(good, dtype=np.int64), np.array(bad, dtype=np.int64), times))


def changes(alert: Alert, bad_minutes: set[int], minutes: int) -> list[tuple[int, str]]:
    found = evaluate(alert, watched(bad_minutes, minutes), MINUTE, minutes * MINUTE)
    return [(change.at // MINUTE, change.state) for change in found]


def alert(**fields: object) -> Alert:
    return Alert.model_validate({"id": "a", "metric": "success_rate", "below": "95%", "over": "1m", **fields})


def test_for_ten_minutes_fires_at_the_eleventh_true_evaluation() -> None:
    """True at minutes 5 to 20: pending at 5, firing at 15."""
    assert changes(alert(**{"for": "10m"}), set(range(5, 21)), 25) == [(5, "pending"), (15, "firing"), (21, "resolved")]


def test_one_false_evaluation_resets_a_pending_alert() -> None:
    """Ten true, one false, ten true: never firing."""
    bad = set(range(1, 11)) | set(range(12, 22))
    assert changes(alert(**{"for": "10m"}), bad, 23) == [
        (1, "pending"),
        (11, "inactive"),
        (12, "pending"),
        (22, "inactive"),
    ]


def test_without_for_an_alert_fires_in_the_same_evaluation() -> None:
    """Both transitions are listed."""
    assert changes(alert(), {3}, 5) == [(3, "pending"), (3, "firing"), (4, "resolved")]


def test_an_alert_keeps_firing_for_a_while() -> None:
    """Last true at 4, kept for 3 minutes: resolved at 7."""
    assert changes(alert(keep_firing_for="3m"), {3, 4}, 9) == [(3, "pending"), (3, "firing"), (7, "resolved")]


def test_whoever_is_named_is_told_of_firing_and_resolving() -> None:
    """Pending tells nobody."""
    found = evaluate(alert(notify=["slack"]), watched({3}, 5), MINUTE, 5 * MINUTE)
    assert [(change.state, change.told) for change in found] == [
        ("pending", ()),
        ("firing", ("slack",)),
        ("resolved", ("slack",)),
    ]


def test_a_flow_without_traffic_has_no_success_rate() -> None:
    """No answers between the samples: no value, so not true."""
    read = flow_reader("success_rate", seen([0, 10, 20], [5], []), None)
    assert (read(0, 1), read(1, 2)) == (1, None)


def test_a_scrape_has_seen_what_happened_at_its_moment() -> None:
    """An answer at exactly 10 counts for the sample at 10."""
    read = flow_reader("success_rate", seen([0, 10], [10], [10]), None)
    assert read(0, 1) == 0.5


def test_the_burn_rate_is_the_failure_rate_over_the_allowed_one() -> None:
    """Half failed, 0.1% allowed: 500 times too fast."""
    read = flow_reader("burn_rate", seen([0, 10], [5], [6]), Fraction(999, 1000))
    assert read(0, 1) == 500


def test_response_times_count_in_the_window_that_saw_their_answer() -> None:
    """Answers at 3, 25, 12 and 20, sampled every 10: the first sample sees one, the second two, the third the last."""
    answers = seen([0, 10, 20, 30, 40], [3, 25, 12, 20], [], [1, 4, 2, 3])
    windows = [percentile(answers, step, step + 1, 0.5) for step in range(4)]
    assert windows == [1, 2, 4, None]
    assert percentile(answers, 0, 3, 0.99) == 4


def test_samples_need_not_be_equally_far_apart() -> None:
    """Sampled at 0, 1 and 30."""
    answers = seen([0, 1, 30], [25, 1, 31], [0, 2], [4, 1, 9])
    assert (answers.good, answers.bad, answers.took.tolist()) == ([0, 1, 2], [1, 1, 2], [1, 4, 9])


@pytest.mark.parametrize("side", ["above", "below"])
@given(times=st.lists(st.tuples(st.integers(1, 50), st.integers(1, 5))), limit=st.integers(1, 5))
def test_a_percentile_is_compared_as_if_it_were_worked_out(side: str, times: list[tuple[int, int]], limit: int) -> None:
    """Counting times on one side of the limit says the same as the percentile itself, in every window."""
    rule = Alert.model_validate({"id": "a", "metric": "p90", side: f"{limit}us"})
    answers = seen([0, 10, 20, 30, 40, 50], [at for at, _ in times], [], [1000 * took for _, took in times])
    breached = flow_breach(rule, answers, None)
    assert breached is not None
    for first in range(5):
        value = percentile(answers, first, 5, 0.9)
        expected = value is not None and (value > 1000 * limit if side == "above" else value < 1000 * limit)
        assert breached(first, 5) is expected
