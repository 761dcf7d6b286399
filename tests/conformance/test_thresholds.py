"""How often, how long and how far off something must be: on each side of each limit."""

from math import log
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from archspec.conformance.comparison import Comparison
from archspec.conformance.figures import Figure, Measure, figures, median_of_sum
from archspec.conformance.rules.undeclared_component import _kind
from archspec.conformance.rules.undeclared_timeout_or_retry import _retry, _timeout
from archspec.conformance.settings import TraceSettings
from archspec.language import load_text
from archspec.model import Time
from archspec.observation import Party
from tests.conformance.simulated import judged
from tests.conformance.test_planted import SPEC
from tests.observation.spans import observed, span

STEP = "{call: cache, hit: 75%, on_miss: [{call: users, access: read}]}"


def trace(number: int, *calls: tuple[str, float, float]) -> list[dict[str, Any]]:
    """One request, in which the API asks stores from so many to so many milliseconds."""
    at = number * 1000
    root = {"http__request__method": "GET", "http__route": "/users/:id"}
    return [
        span("web", 1, None, at, at + 100, "server", "GET", number, **root),
        span("web", 2, 1, at + 5, at + 90, "client", "ask", number),
        span("api", 3, 2, at + 6, at + 89, "server", "ask", number),
        *(
            span("api", 4 + place, 3, at + begin, at + end, "client", "get", number, db__system=system)
            for place, (system, begin, end) in enumerate(calls)
        ),
    ]


BOTH = "{call: cache}\n              - {call: users}"
CACHE, USERS = ("redis", 10, 12), ("mongodb", 20, 40)
TURNED, AT_ONCE = (("mongodb", 10, 20), ("redis", 30, 32)), (("redis", 10, 30), ("mongodb", 20, 40))


def found(folder: Path, spec: str, code: str, traces: list[list[dict[str, Any]]]) -> list[str]:
    findings = judged(spec, observed(folder, *(each for one in traces for each in one)))
    return [finding.message for finding in findings if finding.code == code]


@pytest.mark.parametrize(("other", "said"), [(TURNED, "come the other way round in"), (AT_ONCE, "go on at once in")])
@pytest.mark.parametrize(("count", "often"), [(40, 3), (60, 3), (100, 5), (200, 10)])
def test_steps_go_otherwise_where_a_twentieth_of_traces_or_three_say_so(
    other: tuple[tuple[str, float, float], ...], said: str, count: int, often: int, tmp_path: Path
) -> None:
    spec = SPEC.replace(STEP, BOTH)
    for times in (often - 1, often):
        traces = [trace(number, *(other if number < times else (CACHE, USERS))) for number in range(count)]
        messages = found(tmp_path, spec, "DRF05", traces)
        assert [said in message for message in messages] == ([True] if times == often else [])
        assert all(f" {times} of {count} traces" in message for message in messages)


@pytest.mark.parametrize("planted", [0, 1])
def test_branches_that_never_go_on_at_once_are_told(planted: int, tmp_path: Path) -> None:
    spec = SPEC.replace(STEP, "{parallel: [{call: cache}, {call: users}]}")
    traces = [trace(number, *(AT_ONCE if number < planted else (CACHE, USERS))) for number in range(50)]
    message = "`cache`, `users` never go on at once in 50 traces, and stand under `parallel`"
    assert found(tmp_path, spec, "DRF05", traces) == ([] if planted else [message])


@pytest.mark.parametrize(("count", "often"), [(100, 3), (300, 3), (500, 5)])
def test_a_step_is_lacking_where_a_hundredth_of_traces_or_three_have_it(count: int, often: int, tmp_path: Path) -> None:
    spec = SPEC.replace(STEP, "{call: cache}")
    for times in (often - 1, often):
        traces = [trace(number, *((CACHE, USERS) if number < times else (CACHE,))) for number in range(count)]
        expected = f"`api` asks `users` here in {times} of {count} traces, and no step of `read` does"
        assert found(tmp_path, spec, "DRF05", traces) == ([expected] if times == often else [])


def test_a_step_that_nobody_makes_is_told(tmp_path: Path) -> None:
    """Its connection was never used; where others use it, the step goes otherwise."""
    spec = SPEC.replace(STEP, BOTH)
    traces = [trace(number, CACHE) for number in range(40)]
    assert found(tmp_path, spec, "DRF03", traces) == ["`api -> users` was never used in 40 traces of `read`"]


ASKED = load_text(SPEC).flows["read"].steps[0]


def place(waits: list[int], again: int = 0, **expected: Any) -> Any:
    plain: dict[str, Any] = {"performer": "web", "callee": "api", "callees": ("api",), "step": ASKED, "times": 1}
    node = SimpleNamespace(given_up=SimpleNamespace(values=waits), tried_again=again)
    return SimpleNamespace(nodes=[node], expected=SimpleNamespace(**{**plain, **expected}))


def seen(connection: str = "web -> api") -> Any:
    return SimpleNamespace(architecture=load_text(SPEC.replace("- web -> api", f"- {connection}")))


FLOW: Any = SimpleNamespace(flow=SimpleNamespace(from_="browser"))
MS = 10**6


@pytest.mark.parametrize(
    ("waits", "connection", "said"),
    [
        ([50 * MS] * 4, "web -> api", None),
        ([50 * MS] * 5, "web -> api", "is given up after 50ms (5 times), and no `timeout` is declared"),
        ([MS - 1] * 5, "web -> api", None),
        ([MS] * 5, "web -> api", "is given up after 1ms (5 times), and no `timeout` is declared"),
        ([100 * MS] * 9 + [102 * MS], "web -> api", "is given up after 100ms (10 times), and no `timeout` is declared"),
        ([100 * MS] * 9 + [102 * MS + 1], "web -> api", None),
        ([105 * MS] * 5, "web -> api: {timeout: 100ms}", None),
        ([95 * MS] * 5, "web -> api: {timeout: 100ms}", None),
        ([106 * MS] * 5, "web -> api: {timeout: 100ms}", "after 106ms (5 times), and `timeout: 100ms` is declared"),
        ([94 * MS] * 5, "web -> api: {timeout: 100ms}", "after 94ms (5 times), and `timeout: 100ms` is declared"),
    ],
)
def test_a_wait_that_ends_at_one_time_is_a_time_out(waits: list[int], connection: str, said: str | None) -> None:
    messages = [each.message for each in _timeout(seen(connection), FLOW, place(waits))]
    assert [said is not None and each.endswith(said) for each in messages] == ([] if said is None else [True])


def test_who_starts_a_flow_gives_up_as_he_likes_unless_it_is_declared() -> None:
    waits, starter = place([50 * MS] * 5, performer="browser", callee="web"), seen()
    assert list(_timeout(starter, FLOW, waits)) == []
    declared: Any = SimpleNamespace(
        architecture=load_text(SPEC.replace("- browser -> web", "- browser -> web: {timeout: 1s}"))
    )
    (wrong,) = _timeout(declared, FLOW, waits)
    assert wrong.path == ("connections", "browser -> web", "timeout")
    assert wrong.adds is None


@pytest.mark.parametrize(
    ("again", "connection", "expected", "is_told"),
    [
        (2, "web -> api", {}, False),
        (3, "web -> api", {}, True),
        (3, "web -> api: {timeout: 1s, retries: {attempts: 2}}", {}, False),
        (3, "web -> api", {"times": 2}, False),
        (3, "web -> api", {"callees": ("api", "web")}, False),
    ],
)
def test_calls_that_are_made_again_are_retries(
    again: int, connection: str, expected: dict[str, Any], is_told: bool
) -> None:
    made = list(_retry(seen(connection), place([], again, **expected)))
    assert [(each.path, each.element, each.at_key) for each in made] == [
        (("connections", "web -> api"), "web -> api", True)
    ] * is_told
    messages = [each.message for each in made]
    said = "`web -> api` is tried again after a failure (3 times), and no `retries` are declared"
    assert messages == ([said] if is_told else [])


@pytest.mark.parametrize(
    ("system", "sends", "kind"),
    [
        (None, True, "server"),
        (None, False, "external"),
        ("redis", False, "cache"),
        ("memcached", True, "cache"),
        ("elasticsearch", False, "search_index"),
        ("postgresql", False, "database"),
        *((queue, False, "queue") for queue in ("kafka", "rabbitmq", "message_queue", "sqs", "aws_sqs", "activemq")),
        *((queue, True, "queue") for queue in ("pulsar", "nats", "jms")),
    ],
)
def test_what_is_added_has_the_kind_that_its_spans_tell(system: str | None, sends: bool, kind: str) -> None:
    party = Party("x", system)
    assert _kind(party, {party} if sends else set()) == kind


def time(declared: float | None, *values: int, slack: float = 0.0) -> Figure:
    return Figure(("x",), "api", "own time", Measure.TIME, declared, "", len(values), tuple(values), slack=slack)


def share(declared: float | None, hits: int, count: int) -> Figure:
    return Figure(("x",), "api", "chance", Measure.SHARE, declared, "", count, hits=hits)


def counted(declared: float | None, hits: int, count: int) -> Figure:
    return Figure(("x",), "api", "times", Measure.COUNT, declared, "", count, hits=hits)


@pytest.mark.parametrize(
    ("figure", "fits"),
    [
        (time(100.0, *[100] * 50), True),
        (time(110.0, *[100] * 50), True),
        (time(112.0, *[100] * 50), False),
        (time(90.0, *[100] * 50), True),
        (time(89.0, *[100] * 50), False),
        (time(89.0, *[100] * 50, slack=20.0), True),
        (time(None, *[100] * 50), True),
        (time(5.0), True),
        (share(0.5, 500, 1000), True),
        (share(0.9, 500, 1000), False),
        (share(None, 500, 1000), True),
        (share(0.5, 0, 0), True),
        (counted(2.0, 200, 100), True),
        (counted(2.005, 200, 100), True),
        (counted(3.0, 200, 100), False),
        (counted(3.0, 0, 0), True),
    ],
)
def test_a_figure_fits_where_it_may_be_true_or_is_hardly_off(figure: Figure, fits: bool) -> None:
    assert figure.fits(0.95) is fits


def test_the_median_of_a_sum_is_that_of_the_sum() -> None:
    """Of a random time and fixed ones exact; of two exponential times 1.678 of their mean, that of Γ(2)."""
    fixed, random = Time.parse("3ms"), Time.parse("exponential(10ms)")
    assert median_of_sum([]) == 0
    assert median_of_sum([fixed, fixed]) == pytest.approx(6e6)
    assert median_of_sum([fixed, random]) == pytest.approx(3e6 + log(2) * 1e7)
    assert median_of_sum([random, fixed, random]) == pytest.approx(3e6 + 1.6783470e7, rel=1e-2)


@pytest.mark.parametrize(
    ("step", "path", "declared", "rest"),
    [
        ("takes: 5ms", "takes", 5, 0),
        ("cpu: 5ms", "cpu", 5, 0),
        ("takes: 5ms, cpu: 3ms", "takes", 8, 3),
        ("does: x", "takes", None, 0),
    ],
)
def test_own_time_is_told_of_the_field_that_stands_and_less_what_else_stands(
    step: str, path: str, declared: float | None, rest: float, tmp_path: Path
) -> None:
    spec = SPEC.replace("- call: api\n", f"- call: api\n            {step.replace(', ', chr(10) + ' ' * 12)}\n")
    observation = observed(tmp_path, *(each for number in range(40) for each in trace(number, CACHE)))
    told = figures(Comparison(load_text(spec), observation, TraceSettings()))
    (own,) = [each for each in told if each.what == "own time" and each.element == "api"]
    assert own.path[-1] == path
    assert own.declared == (None if declared is None else declared * MS)
    assert own.rest == rest * MS
    assert own.estimate() is not None
    assert own.values == (81 * MS,) * 40


@pytest.mark.parametrize(
    ("step", "calls", "told"),
    [
        (
            BOTH,
            TURNED,
            (
                "DRF05",
                "read",
                "24:17",
                "put them under `parallel`, or into the order that they have.",
                "23:17: stands before it",
            ),
        ),
        (
            "{parallel: [{call: cache}, {call: users}]}",
            (CACHE, USERS),
            ("DRF05", "read", "23:18", "write them one after the other.", ""),
        ),
        ("{call: cache}", (CACHE, USERS), ("DRF05", "read", "21:13", "add the step.", "")),
        (
            BOTH,
            (CACHE,),
            (
                "DRF03",
                "api -> users",
                "13:5",
                "look whether the call is gone, goes the other way, or sends no spans.",
                "24:17: should be made here",
            ),
        ),
        (
            BOTH,
            (CACHE, ("kafka", 50, 60)),
            ("DRF01", "api -> kafka", "7:3", "add the connection to the one that is meant.", ""),
        ),
    ],
    ids=["turned", "never at once", "surplus", "never made", "unknown"],
)
def test_each_finding_says_of_what_it_is_and_where_it_stands(
    step: str, calls: tuple[tuple[str, float, float], ...], told: tuple[str, ...], tmp_path: Path
) -> None:
    traces = [each for number in range(30) for each in trace(number, *calls)]
    (finding,) = judged(SPEC.replace(STEP, step), observed(tmp_path, *traces))
    assert finding.span is not None
    related = "; ".join(f"{span.line}:{span.column}: {words}" for span, words in finding.related)
    place = f"{finding.span.line}:{finding.span.column}"
    assert (finding.code, finding.element, place, finding.remedy, related) == told
    assert finding.adds is None


@pytest.mark.parametrize(
    ("steps", "calls"),
    [
        ("{call: cache}, {call: users}", TURNED),
        ("{parallel: [{call: cache}, {call: users}]}", (CACHE, USERS)),
        ("{call: cache}", (CACHE, USERS)),
    ],
)
def test_steps_of_a_flow_within_a_flow_are_those_of_the_one_that_was_seen(
    steps: str, calls: tuple[tuple[str, float, float], ...], tmp_path: Path
) -> None:
    spec = f"{SPEC.replace(STEP, '{flow: inner}')}  inner: {{from: api, steps: [{steps}]}}\n"
    traces = [each for number in range(30) for each in trace(number, *calls)]
    (finding,) = judged(spec, observed(tmp_path, *traces))
    assert (finding.code, finding.element) == ("DRF05", "read")


def test_a_time_that_is_said_to_be_none_is_off_too(tmp_path: Path) -> None:
    spec = SPEC.replace("- call: api\n", "- call: api\n            takes: 0ms\n")
    traces = [trace(number, CACHE) for number in range(30)]
    assert found(tmp_path, spec, "DRF06", traces)[0].endswith(", and the spec says 0ms")
