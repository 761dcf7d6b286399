"""Each figure of a difference: how it is spelled before and after, which way it goes, and where it is not told."""

import pytest

from archspec.difference.consequence import Consequence, Figure
from archspec.difference.difference import Difference
from tests.difference.test_pairs import compared

Told = tuple[str, str, str]
"""Before, after, verdict."""


def told(found: Difference, figure: Figure, subject: str | None = None) -> list[Told]:
    """What is said of a figure, or of it for one subject."""
    return [
        (each.base, each.head, each.verdict.value)
        for each in found.consequences
        if each.figure is figure and subject in (None, each.subject)
    ]


def one(found: Difference, figure: Figure) -> Consequence:
    (each,) = [each for each in found.consequences if each.figure is figure]
    return each


WATCHED = """archspec: 1
name: Watched
components:
  user: {kind: client}
  api: {kind: server}
  metrics: {kind: metrics_service}
  chat: {kind: notification_channel}
  pager: {kind: notification_channel}
  ann: {kind: person}
connections: [user -> api, pager -> ann, chat -> api]
flows:
  read: {from: user, steps: [{call: api}]}
  tidy: {from: api, steps: [{call: api}]}
alerts:
  odd: {ALERT}
"""
LATE = "metric: p99, flow: read, above: 400ms"
LATE_SAID = "p99 above 400ms over 5m, warning"
BAD = "metric: success_rate, flow: read, below: 99%"
BAD_SAID = "success_rate below 99% over 5m, warning"


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "verdict"),
    [
        (LATE, f"{LATE}, severity: critical", LATE_SAID, "p99 above 400ms over 5m, critical", "better"),
        (LATE, f"{LATE}, severity: info", LATE_SAID, "p99 above 400ms over 5m, info", "worse"),
        (f"{LATE}, severity: info", f"{LATE}, severity: critical", None, None, "better"),
        (LATE, f"{LATE}, for: 2m", LATE_SAID, "p99 above 400ms over 5m for 2m, warning", "worse"),
        (f"{LATE}, for: 2m", f"{LATE}, for: 1m", None, None, "better"),
        (LATE, LATE.replace("400ms", "300ms"), LATE_SAID, "p99 above 300ms over 5m, warning", "better"),
        (LATE, LATE.replace("400ms", "1s"), LATE_SAID, "p99 above 1s over 5m, warning", "worse"),
        (BAD, BAD.replace("99%", "99.9%"), BAD_SAID, "success_rate below 99.9% over 5m, warning", "better"),
        (BAD, BAD.replace("99%", "9%"), BAD_SAID, "success_rate below 9% over 5m, warning", "worse"),
        (
            "metric: queue_length, component: api, above: 10",
            "metric: queue_length, component: api, above: 9",
            "queue_length above 10 over 5m, warning",
            "queue_length above 9 over 5m, warning",
            "better",
        ),
        # together: one way, or open
        (LATE, f"{LATE.replace('400ms', '1s')}, severity: info, for: 1m", None, None, "worse"),
        (LATE, f"{LATE.replace('400ms', '1s')}, severity: critical", None, None, "other"),
        (f"{LATE}, for: 2m", f"{LATE}, severity: info", None, None, "other"),
        # what cannot be compared
        (LATE, LATE.replace("above", "below"), None, None, "other"),
        (LATE, LATE.replace(", above: 400ms", ""), LATE_SAID, "p99 over 5m, warning", "other"),
        (LATE.replace(", above: 400ms", ""), LATE, "p99 over 5m, warning", LATE_SAID, "other"),
        (LATE, LATE.replace("p99", "p50"), LATE_SAID, "p50 above 400ms over 5m, warning", "other"),
        (LATE, LATE.replace("p99", "p50").replace("400ms", "1s"), None, None, "other"),
        (LATE, f"{LATE}, over: 1m", LATE_SAID, "p99 above 400ms over 1m, warning", "other"),
        (LATE, f"{LATE}, over: [1m, 1h], severity: info", None, None, "other"),
        (
            "metric: cpu, component: api, above: 80%",
            "metric: memory, component: api, above: 80%, over: [1m, 2h]",
            "cpu above 80% over 1m, warning",
            "memory above 80% over 1m and 2h, warning",
            "other",
        ),
    ],
)
def test_an_alert_is_looser_or_stricter(
    old: str, new: str, before: str | None, after: str | None, verdict: str
) -> None:
    ((was, now, said),) = told(compared(WATCHED.replace("ALERT", old), WATCHED.replace("ALERT", new)), Figure.ALERT)
    assert (before or was, after or now, verdict) == (was, now, said)


@pytest.mark.parametrize(
    "new", [LATE, f"{LATE}, description: slow", f"{LATE}, keep_firing_for: 5m", f"{LATE}, over: 5m"]
)
def test_an_alert_that_speaks_as_before_is_no_figure(new: str) -> None:
    assert told(compared(WATCHED.replace("ALERT", LATE), WATCHED.replace("ALERT", new)), Figure.ALERT) == []


def test_an_alert_that_comes_or_goes_is_better_or_worse() -> None:
    some = WATCHED.replace("ALERT", LATE)
    more = f"{some}  bad: {{{BAD}}}\n"
    assert told(compared(some, more), Figure.ALERT, "bad") == [("–", BAD_SAID, "better")]
    assert told(compared(more, some), Figure.ALERT, "bad") == [(BAD_SAID, "–", "worse")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[chat]", "[chat, pager]", [("chat", "chat, pager, ann", "better")]),
        ("[chat, pager]", "[chat]", [("chat, pager, ann", "chat", "worse")]),
        ("[chat]", "[pager]", [("chat", "pager, ann", "worse")]),
        ("[]", "[ann]", [("nobody", "ann", "better")]),
        ("[ann]", "[]", [("ann", "nobody", "worse")]),
        ("[pager]", "[ann, pager]", []),
        ("[pager, chat]", "[chat, pager]", []),
    ],
)
def test_who_is_told_are_those_named_and_the_people_that_their_channels_reach(
    old: str, new: str, expected: list[Told]
) -> None:
    base, head = (WATCHED.replace("ALERT", f"{LATE}, notify: {each}") for each in (old, new))
    found = compared(base, head)
    assert told(found, Figure.TOLD, "odd") == expected
    counts = [(each.base_value, each.head_value) for each in found.consequences if each.figure is Figure.TOLD]
    assert counts == [
        tuple(0 if text == "nobody" else text.count(",") + 1 for text in (was, now)) for was, now, _ in expected
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (LATE, "metric: cpu, component: api, above: 1%", {"read": ("1", "none", "worse")}),
        ("metric: cpu, component: api, above: 1%", LATE, {"read": ("none", "1", "better")}),
        ("metric: p99, above: 1s", "metric: p99, above: 1s, flow: read", {}),
        ("metric: p99, above: 1s", "metric: p99, above: 1s, flow: tidy", {
            "read": ("1", "none", "worse"), "tidy": ("none", "1", "better"),
        }),
        (LATE, f"{LATE}}}\n  bad: {{{BAD}", {}),
    ],
)  # fmt: skip
def test_a_flow_is_watched_by_alerts_on_it_and_if_it_comes_from_outside_by_those_on_none(
    old: str, new: str, expected: dict[str, Told]
) -> None:
    found = compared(WATCHED.replace("ALERT", old), WATCHED.replace("ALERT", new))
    seen = {each.subject: each for each in found.consequences if each.figure is Figure.WATCHED}
    assert {flow: (each.base, each.head, each.verdict.value) for flow, each in seen.items()} == expected
    assert [(each.base_value, each.head_value) for each in seen.values()] == [
        tuple(0 if word == "none" else int(word) for word in words[:2]) for words in expected.values()
    ]


PROMISING = """archspec: 1
name: Promising
components: {user: {kind: client}, api: {kind: server, availability: API}}
connections: [user -> api]
flows:
  ask: {from: user, OBJECTIVE steps: [{call: api}]}
"""


def promising(availability: str | None, objective: str | None) -> str:
    spec = PROMISING.replace(", availability: API", "" if availability is None else f", availability: {availability}")
    return spec.replace("OBJECTIVE", "" if objective is None else f"objective: {{success: {objective}}},")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("99.9%", "99%"), ("98%", "99%"), [("keeps 99%", "misses 99%", "worse")]),
        (("98%", "99%"), ("99.9%", "99%"), [("misses 99%", "keeps 99%", "better")]),
        (("98%", "99%"), ("97%", "99%"), []),
        (("99.9%", "99%"), ("99.9%", "99.99%"), [("keeps 99%", "misses 99.99%", "worse")]),
        (("99.9%", "99%"), (None, "99%"), [("keeps 99%", "may keep 99%", "no longer known")]),
        ((None, "99%"), ("99.9%", "99%"), [("may keep 99%", "keeps 99%", "now known")]),
        ((None, "99%"), ("98%", "99%"), [("may keep 99%", "misses 99%", "worse")]),
        (("98%", "99%"), (None, "99%"), [("misses 99%", "may keep 99%", "better")]),
        (("98%", None), ("98%", "99%"), [("–", "misses 99%", "now known")]),
        (("98%", "99%"), ("98%", None), [("misses 99%", "–", "no longer known")]),
        (("99.9%", None), ("99.9%", "99%"), [("–", "keeps 99%", "now known")]),
        (("99.9%", "99%"), ("99.9%", None), [("keeps 99%", "–", "no longer known")]),
    ],
)
def test_a_promise_is_kept_missed_or_open(
    old: tuple[str | None, str | None], new: tuple[str | None, str | None], expected: list[Told]
) -> None:
    assert told(compared(promising(*old), promising(*new)), Figure.OBJECTIVE) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("99.9%", "99%", [("99.9%", "99%", "worse")]),
        ("99%", "99.9%", [("99%", "99.9%", "better")]),
        (None, "99%", [("no figure", "99%", "now known")]),
        ("99%", None, [("99%", "no figure", "no longer known")]),
        ("99.9%", "99.9%", []),
        (None, None, []),
        ("99.99999%", "99.99995%", [("99.99999%", "99.99995%", "other")]),
        ("99.99995%", "99.99999%", [("99.99995%", "99.99999%", "other")]),
        ("99.9999%", "99.9997%", [("99.9999%", "99.9997%", "worse")]),
        ("99.9997%", "99.9999%", [("99.9997%", "99.9999%", "better")]),
    ],
)
def test_an_availability_goes_up_or_down_by_more_than_a_millionth(
    old: str | None, new: str | None, expected: list[Told]
) -> None:
    found = compared(promising(old, None), promising(new, None))
    assert told(found, Figure.AVAILABILITY) == expected


def test_a_downtime_is_told_in_hours_a_year() -> None:
    """Of 8,760 hours; an availability is its own number."""
    found = compared(promising("99.9%", None), promising("99%", None))
    assert told(found, Figure.DOWNTIME) == [("8 h 46 min", "3 d 16 h", "worse")]
    down, up = one(found, Figure.DOWNTIME), one(found, Figure.AVAILABILITY)
    assert (down.base_value, down.head_value) == (pytest.approx(8.766, abs=0.01), pytest.approx(87.6, abs=0.1))
    assert (up.base_value, up.head_value) == (pytest.approx(0.999), pytest.approx(0.99))


TWO = """archspec: 1
name: Two
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, availability: 99%}
  db: {kind: database, availability: 99%}
  old: {kind: server, availability: 99%}
  hosted: {kind: object_store, availability: 99%}
connections: [user -> api, api -> db, user -> old, api -> hosted]
flows:
  ask: {from: user, steps: [{call: api, steps: [STEP]}]}
"""
MORE = "  more: {from: user, steps: [{call: WHO}]}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "{call: db}", [("–", "db-1: all requests fail", "worse")]),
        ("{call: db}", "", [("db-1: all requests fail", "–", "better")]),
        ("", "{call: db, chance: 25%}", [("–", "db-1: 25% fail", "worse")]),
        ("{call: db}", "{call: db, chance: 25%}", []),
        ("", "{call: hosted}", []),
    ],
)
def test_a_part_that_we_run_becomes_a_single_point_or_ceases_to_be_one(
    old: str, new: str, expected: list[Told]
) -> None:
    assert told(compared(TWO.replace("STEP", old), TWO.replace("STEP", new)), Figure.SINGLE_POINT) == expected


def test_a_new_flow_tells_its_availability_and_the_single_points_that_no_other_had() -> None:
    base = TWO.replace("STEP", "{call: db}")
    found = compared(base, base + MORE.replace("WHO", "old"))
    assert told(found, Figure.AVAILABILITY, "more") == [("–", "99%", "now known")]
    assert told(found, Figure.SINGLE_POINT) == [("–", "old-1: all requests fail", "worse")]
    again = compared(base, base + MORE.replace("WHO", "api, steps: [{call: db}]"))
    assert told(again, Figure.SINGLE_POINT) == []
    back = compared(base + MORE.replace("WHO", "old"), base)
    assert told(back, Figure.AVAILABILITY, "more") == [("99%", "–", "no longer known")]
    assert told(back, Figure.SINGLE_POINT) == []


def test_a_new_flow_that_misses_its_promise_says_so() -> None:
    base = TWO.replace("STEP", "{call: db}")
    kept, missed = (
        MORE.replace("WHO", "old").replace("user,", f"user, objective: {{success: {share}}},")
        for share in ("90%", "99.9%")
    )
    assert told(compared(base, base + missed), Figure.OBJECTIVE, "more") == [("–", "misses 99.9%", "now known")]
    assert told(compared(base, base + kept), Figure.OBJECTIVE, "more") == []


def test_a_flow_without_figures_tells_no_availability() -> None:
    base = TWO.replace("STEP", "")
    silent = base.replace("old: {kind: server, availability: 99%}", "old: {kind: server}") + MORE.replace("WHO", "old")
    assert told(compared(base, silent), Figure.AVAILABILITY, "more") == []


def test_cut_sets_are_counted_by_their_parts() -> None:
    """Of the two replicas one is enough: one cut set of both. With one alone it is a single point."""
    found = compared(TWO.replace("STEP", ""), TWO.replace("STEP", "").replace("replicas: 2, ", ""))
    assert told(found, Figure.CUT_SETS) == [("0 and 1", "1 and 0", "other")]
    more = one(compared(TWO.replace("STEP", ""), TWO.replace("STEP", "{call: db}")), Figure.CUT_SETS)
    assert (more.base, more.head, more.base_value, more.head_value) == ("0 and 1", "1 and 1", 1.0, 2.0)


LOADED = """archspec: 1
name: Loaded
components: {app: {kind: client}, api: {kind: server, cores: 1, replicas: 2}, db: {kind: database, slots: 4}}
connections: [app -> api, api -> db]
flows:
  ask: {from: app, rate: 100/s, steps: [{call: api, cpu: 5ms, steps: [{call: db, takes: 4ms}]}]}
"""


def loaded(cpu: str = "5ms", takes: str = "4ms", rate: str = "100/s", replicas: int = 2) -> str:
    spec = LOADED.replace("cpu: 5ms", f"cpu: {cpu}").replace("takes: 4ms", f"takes: {takes}")
    return spec.replace("rate: 100/s", f"rate: {rate}").replace("replicas: 2", f"replicas: {replicas}")


@pytest.mark.parametrize(
    ("head", "full_at", "use"),
    [
        (loaded(cpu="10ms"), [("400/s (4x the load)", "200/s (2x the load)", "worse")], [("25%", "50%", "other")]),
        (loaded(cpu="2.5ms"), [("400/s (4x the load)", "800/s (8x the load)", "better")], [("25%", "12.5%", "other")]),
        (loaded(cpu="40ms"), [("400/s (4x the load)", "50/s (0.5x the load)", "worse")], [("25%", "200%", "worse")]),
        (loaded(rate="200/s"), [("400/s (4x the load)", "400/s (2x the load)", "worse")], [("25%", "50%", "other")]),
        (loaded(replicas=4), [("400/s (4x the load)", "800/s (8x the load)", "better")], [("25%", "12.5%", "other")]),
        (loaded(cpu="5.1ms"), [], []),
        (
            loaded(cpu="5.5ms"),
            [("400/s (4x the load)", "364/s (3.64x the load)", "worse")],
            [("25%", "27.5%", "other")],
        ),
    ],
)
def test_how_far_a_flow_may_grow_and_how_busy_its_parts_are(head: str, full_at: list[Told], use: list[Told]) -> None:
    found = compared(LOADED, head)
    assert told(found, Figure.FULL_AT) == full_at
    assert told(found, Figure.UTILISATION, "api cores") == use


def test_a_load_that_is_served_again_is_better() -> None:
    found = compared(loaded(cpu="40ms"), LOADED)
    assert told(found, Figure.UTILISATION, "api cores") == [("200%", "25%", "better")]
    assert (one(found, Figure.FULL_AT).base_value, one(found, Figure.FULL_AT).head_value) == (0.5, 4.0)


def test_the_bottleneck_is_told_where_it_is_another_one() -> None:
    """The cores are busy 25% of the time, the four slots 10%, then 40%; it is named once however it is called."""
    assert told(compared(LOADED, loaded(takes="16ms")), Figure.BOTTLENECK, "Loaded") == [
        ("api cores", "db slots", "other")
    ]
    assert told(compared(LOADED, loaded(cpu="6ms")), Figure.BOTTLENECK) == []
    renamed = LOADED.replace("api", "service")
    assert compared(LOADED, renamed).names["components"] == {"api": "service"}
    assert told(compared(LOADED, renamed), Figure.BOTTLENECK) == []
    assert told(compared(LOADED, LOADED.replace("rate: 100/s, ", "")), Figure.BOTTLENECK) == []


def test_a_lost_replica_is_counted() -> None:
    """Without it one of two is left, then two of three; the database has one replica more than it needs."""
    base, head = (each.replace("slots: 4", "slots: 4, replicas: 9") for each in (LOADED, loaded(replicas=3)))
    found = compared(base, head)
    assert told(found, Figure.WITHOUT_REPLICA) == [("200/s (2x the load)", "400/s (4x the load)", "better")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("4ms", "8ms", [("9 ms", "13 ms", "worse")]),
        ("4ms", "1ms", [("9 ms", "6 ms", "better")]),
        ("4ms", "4.1ms", []),
    ],
)
def test_a_request_without_load_takes_longer_or_shorter(old: str, new: str, expected: list[Told]) -> None:
    found = compared(loaded(takes=old), loaded(takes=new))
    assert told(found, Figure.LATENCY) == expected
    if expected:
        numbers = one(found, Figure.LATENCY)
        assert (numbers.base_value, numbers.head_value) == tuple(float(text[:-3]) / 1000 for text in expected[0][:2])


def promised(takes: str, objective: str) -> str:
    return loaded(takes=takes).replace("from: app,", f"from: app, objective: {{{objective}}},")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (("4ms", "p99: 10ms"), ("8ms", "p99: 10ms"), [("may keep p99 of 10ms", "misses p99 of 10ms", "worse")]),
        (("8ms", "p99: 10ms"), ("4ms", "p99: 10ms"), [("misses p99 of 10ms", "may keep p99 of 10ms", "better")]),
        (("8ms", "p99: 10ms"), ("9ms", "p99: 10ms"), []),
        (("4ms", "p99: 9ms"), ("4ms", "p99: 8ms"), [("may keep p99 of 8ms", "misses p99 of 8ms", "worse")]),
        (("4ms", "p99: 1s"), ("4ms", "p99: 1s, p50: 8ms"), [("may keep p50 of 8ms", "misses p50 of 8ms", "worse")]),
        (("4ms", "p99: 9ms"), ("5ms", "p50: 10ms"), []),
    ],
)
def test_a_promised_time_is_missed_where_even_the_median_is_longer(
    old: tuple[str, str], new: tuple[str, str], expected: list[Told]
) -> None:
    assert told(compared(promised(*old), promised(*new)), Figure.OBJECTIVE) == expected
