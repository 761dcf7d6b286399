"""Alerts, as Prometheus evaluates them."""

from archspec.execution.alerting import Answered, Value, Watched, evaluate, flow_reader
from archspec.model.alert import Alert

MINUTE = 60 * 10**9


def watched(bad_minutes: set[int], minutes: int) -> Watched:
    """A metric that is 0 in some minutes and 1 in the others, sampled every 30 s."""
    samples = list(range(0, minutes * MINUTE + 1, MINUTE // 2))

    def read(first: int, last: int) -> Value:
        return 0 if samples[last] // MINUTE in bad_minutes else 1

    return Watched(samples, read)


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
    read = flow_reader("success_rate", Answered([5], [], [1]), [0, 10, 20], None)
    assert (read(0, 1), read(1, 2)) == (1, None)


def test_a_scrape_has_seen_what_happened_at_its_moment() -> None:
    """An answer at exactly 10 counts for the sample at 10."""
    read = flow_reader("success_rate", Answered([10], [10], [1]), [0, 10], None)
    assert read(0, 1) == 0.5


def test_the_burn_rate_is_the_failure_rate_over_the_allowed_one() -> None:
    """Half failed, 0.1% allowed: 500 times too fast."""
    from fractions import Fraction

    read = flow_reader("burn_rate", Answered([5], [6], [1]), [0, 10], Fraction(999, 1000))
    assert read(0, 1) == 500
