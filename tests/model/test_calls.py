"""How a call is tried, whom it reaches, and which of several replicas is picked."""

import pytest

from archspec.model import Architecture, Duration, Failure, FailureCause
from archspec.model.attempts import (
    PATIENCE,
    Attempts,
    answered_after,
    asks_primary,
    attempts_of,
    health_check,
    list_algorithm,
    replica_algorithm,
)
from archspec.model.nearness import Site, Tier, site_of
from tests.model.specs import spec

SECOND = Duration(10**9)


def tried_again(*, status: int | None, own: bool, idempotent: bool) -> set[str]:
    """The causes after which another attempt follows."""
    tried = Attempts(3, SECOND, idempotent)
    return {cause.value for cause in FailureCause if tried.tries_again_after(Failure(cause, status, own))}


EVERY = {cause.value for cause in FailureCause}
NEVER = {"breaker_open", "bulkhead", "pool", "no_session"}
UNTOUCHED = {"refused", "no_replica", "shed", "rate_limited", "throttled"}


@pytest.mark.parametrize(
    ("status", "own", "twice_is_as_good", "twice_is_not"),
    [
        (None, True, EVERY - NEVER, UNTOUCHED),
        (None, False, set(), set()),
        (429, True, EVERY - NEVER, EVERY - NEVER),
        (429, False, EVERY, set()),
        (502, True, EVERY - NEVER, UNTOUCHED),
        (503, True, EVERY - NEVER, UNTOUCHED),
        (503, False, EVERY, set()),
        (504, True, EVERY - NEVER, UNTOUCHED),
        (500, True, set(), UNTOUCHED),
        (500, False, set(), set()),
    ],
)
def test_what_may_have_been_done_is_tried_again_only_where_twice_is_as_good_as_once(
    status: int | None, own: bool, twice_is_as_good: set[str], twice_is_not: set[str]
) -> None:
    assert tried_again(status=status, own=own, idempotent=True) == twice_is_as_good
    assert tried_again(status=status, own=own, idempotent=False) == twice_is_not


def test_who_waits_for_ever_does_not_try_again_after_silence() -> None:
    silence = Failure(FailureCause.TIMEOUT, None)
    assert Attempts(3, SECOND, idempotent=True).tries_again_after(silence)
    assert not Attempts(3, None, idempotent=True).tries_again_after(silence)
    assert Attempts(3, None, idempotent=True).tries_again_after(Failure(FailureCause.TIMEOUT, 504, own=False))


@pytest.mark.parametrize(
    ("timeout", "patience", "for_ever"),
    [(None, None, True), (SECOND, None, False), (None, SECOND, False), (SECOND, SECOND, False)],
)
def test_silence_hangs_who_has_neither_a_timeout_nor_patience(
    timeout: Duration | None, patience: Duration | None, for_ever: bool
) -> None:
    assert Attempts(1, timeout, True, patience).waits_for_ever is for_ever


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (Failure(FailureCause.TIMEOUT, None), 504),
        (Failure(FailureCause.ERROR, 504), 504),
        (Failure(FailureCause.TIMEOUT, 500), 502),
        (Failure(FailureCause.RESET, None), 502),
        (Failure(FailureCause.ERROR, 503), 503),
        (Failure(FailureCause.ERROR, 429), 503),
        (Failure(FailureCause.ERROR, 404), 502),
    ],
)
def test_a_failed_call_is_answered_with_a_status_of_ones_own(failure: Failure, status: int) -> None:
    assert answered_after(failure, is_proxy=False) == status
    assert answered_after(failure, is_proxy=True) == (failure.status or status)


FLOWS = """
components: {a: {kind: client}, b: {kind: server}, c: {kind: server}}
connections: [a -> b: {timeout: 2s, retries: {attempts: 4, idempotent: true}}, a -> c]
flows:
  get: {from: a, request: GET /, steps: [{call: b}, {call: c}]}
  post: {from: a, request: POST /, steps: [{call: b}, {call: c}]}
  patch: {from: a, request: PATCH /, steps: [{call: c, retries: {attempts: 2}}]}
  tick: {from: c, every: 1m, steps: [{call: b}]}
"""


@pytest.mark.parametrize(
    ("flow", "number", "is_first", "expected"),
    [
        ("get", 0, True, Attempts(4, Duration(2 * 10**9), True, PATIENCE)),
        ("get", 1, True, Attempts(1, None, True, PATIENCE)),
        ("get", 1, False, Attempts(1, None, True, None)),
        ("post", 0, True, Attempts(4, Duration(2 * 10**9), True, PATIENCE)),
        ("post", 1, True, Attempts(1, None, False, PATIENCE)),
        ("patch", 0, True, Attempts(2, None, False, PATIENCE)),
        ("tick", 0, True, Attempts(1, None, True, None)),
    ],
)
def test_a_call_is_tried_as_its_terms_and_its_flow_say(
    flow: str, number: int, is_first: bool, expected: Attempts
) -> None:
    system = spec(FLOWS)
    asked = system.flows[flow]
    step = asked.steps[number]
    assert attempts_of(system.terms(asked.from_, step.call[0], step), asked, is_first=is_first) == expected


def test_patience_is_a_minute() -> None:
    assert str(PATIENCE) == "1m"


PARTS = """
components:
  user: {kind: client}
  lb: {kind: load_balancer, algorithm: least_connections}
  gate: {kind: gateway, health_check: {interval: 5s}}
  name: {kind: dns, algorithm: random}
  api: {kind: server, replicas: 3, algorithm: random, health_check: {interval: 7s}}
  plain: {kind: server}
  db: {kind: database}
  cache: {kind: cache}
  store: {kind: object_store}
  jobs: {kind: queue}
"""


@pytest.mark.parametrize(
    ("caller", "callee", "interval"),
    [
        ("lb", "api", "7s"),
        ("gate", "api", "5s"),
        ("gate", "plain", "5s"),
        ("lb", "plain", None),
        ("lb", "user", None),
        ("plain", "api", None),
        ("name", "api", None),
    ],
)
def test_a_dead_replica_is_noticed_by_the_balancers_check_else_the_callees(
    caller: str, callee: str, interval: str | None
) -> None:
    found = health_check(spec(PARTS), caller, callee)
    assert (str(found.interval) if found else None) == interval


@pytest.mark.parametrize(
    ("component", "writes", "reads"),
    [
        ("db", True, False),
        ("cache", True, False),
        ("store", False, False),
        ("api", False, False),
        ("jobs", False, False),
    ],
)
def test_only_writes_to_a_store_that_somebody_runs_ask_its_primary(component: str, writes: bool, reads: bool) -> None:
    part = spec(PARTS).components[component]
    assert (asks_primary(part, "write"), asks_primary(part, "read")) == (writes, reads)


@pytest.mark.parametrize(
    ("caller", "callee", "of_list", "of_replicas"),
    [
        ("lb", "api", "least_connections", "least_connections"),
        ("name", "api", "random", "random"),
        ("gate", "api", "round_robin", "round_robin"),
        ("plain", "api", "round_robin", "random"),
        ("api", "plain", "round_robin", "round_robin"),
        ("plain", "lb", "round_robin", "round_robin"),
        ("user", "name", "round_robin", "round_robin"),
        ("user", "store", "round_robin", "round_robin"),
    ],
)
def test_who_picks_and_how(caller: str, callee: str, of_list: str, of_replicas: str) -> None:
    system = spec(PARTS)
    assert list_algorithm(system, caller) == of_list
    assert replica_algorithm(system, caller, callee) == of_replicas


@pytest.mark.parametrize(
    ("here", "there", "same_zone", "same_region"),
    [
        (Site("z1", "r"), Site("z1", "r"), Tier.ZONE, Tier.REGION),
        (Site("z1", "r"), Site("z2", "r"), Tier.REGION, Tier.REGION),
        (Site("z1", "r"), Site("z3", "s"), Tier.ANYWHERE, Tier.ANYWHERE),
        (Site("z1", None), Site("z1", None), Tier.ZONE, Tier.ANYWHERE),
        (Site(None, None), Site(None, None), Tier.ANYWHERE, Tier.ANYWHERE),
        (Site(None, "r"), Site(None, "r"), Tier.REGION, Tier.REGION),
    ],
)
def test_nearness_is_by_zone_then_by_region(here: Site, there: Site, same_zone: Tier, same_region: Tier) -> None:
    assert here.tier("same_zone", there) == there.tier("same_zone", here) == same_zone
    assert here.tier("same_region", there) == there.tier("same_region", here) == same_region
    assert here.tier(None, there) is Tier.ANYWHERE
    assert sorted([Tier.ANYWHERE, Tier.ZONE, Tier.REGION]) == [Tier.ZONE, Tier.REGION, Tier.ANYWHERE]


@pytest.mark.parametrize(
    ("site", "by_zone", "by_region"),
    [(Site("z", "r"), True, True), (Site("z"), True, False), (Site(None, "r"), True, True), (Site(), False, False)],
)
def test_a_place_that_says_enough_can_be_near(site: Site, by_zone: bool, by_region: bool) -> None:
    assert (site.knows("same_zone"), site.knows("same_region")) == (by_zone, by_region)


PLACES = """
groups:
  r: {kind: region}
  s: {kind: region}
  z: {kind: zone, within: r}
  h: {kind: host, within: z}
  lone: {kind: host}
  net: {kind: network, within: z}
components:
  spread: {kind: server, replicas: 3, zones: [z, s]}
  hosted: {kind: server, group: h}
  alone: {kind: server, group: lone}
  inside: {kind: server, group: net}
  wide: {kind: server, group: r}
  apart: {kind: server, group: s, zones: [lone]}
  nowhere: {kind: server}
"""


@pytest.mark.parametrize(
    ("component", "replica", "site"),
    [
        ("spread", 1, Site("z", "r")),
        ("spread", 2, Site("s", "s")),
        ("spread", 3, Site("z", "r")),
        ("hosted", 1, Site("z", "r")),
        ("alone", 1, Site("lone", None)),
        ("inside", 1, Site("z", "r")),
        ("wide", 1, Site("r", "r")),
        ("apart", 1, Site("lone", "s")),
        ("nowhere", 1, Site(None, None)),
    ],
)
def test_a_replica_stands_in_the_zone_and_region_round_it(component: str, replica: int, site: Site) -> None:
    system = spec(PLACES)
    assert site_of(system, system.components[component], replica) == site


SESSIONS = """
components:
  app: {kind: client}
  gw: {kind: gateway, connections: 100}
  inner: {kind: gateway, connections: 9}
  chat: {kind: server}
connections: [app -> gw, gw -> inner, inner -> chat, chat -> gw]
flows:
  stay:
    from: app
    session: {users: 50, lasts: 10s}
    steps: [{call: gw, steps: [{call: inner, steps: [{call: chat}]}]}]
  ask: {from: app, rate: 1/s, steps: [{call: gw}]}
"""


def test_a_session_holds_a_place_wherever_places_are_stated() -> None:
    from archspec.model.sessions import goes_along_a_session, held_at, holds_sessions

    system = spec(SESSIONS)
    assert held_at(system, system.flows["stay"]) == ("gw", "inner")
    assert [holds_sessions(system, id_) for id_ in ("app", "gw", "chat")] == [False, True, False]
    along = {id_ for id_ in system.components if goes_along_a_session(system, id_, "app")}
    assert along == {"gw", "inner"}
    assert not goes_along_a_session(system, "gw", "chat")


def test_users_come_back_as_often_as_their_sessions_end() -> None:
    session = spec(SESSIONS).flows["stay"].session
    assert session is not None
    assert session.handshakes == 5
    for_ever = spec(SESSIONS.replace(", lasts: 10s", "")).flows["stay"].session
    assert for_ever is not None
    assert for_ever.handshakes == 0


def described(system: Architecture) -> dict[str, tuple[str | None, str | None, bool]]:
    return {
        id_: (flow.comes, str(flow.mean_rate) if flow.mean_rate else None, flow.comes_by_clock)
        for id_, flow in system.flows.items()
    }


COMING = """
components: {a: {kind: client}, b: {kind: gateway, connections: 9}, c: {kind: job}}
connections: [a -> b, c -> b]
flows:
  silent: {from: a, steps: [{call: b}]}
  rated: {from: a, rate: 10/s, steps: [{call: b}]}
  often: {from: c, every: 30s, steps: [{call: b}]}
  nightly: {from: c, schedule: 0 2 * * *, deadline: 1h, steps: [{call: b}]}
  hourly: {from: c, every: 1h, deadline: 10m, steps: [{call: b}]}
  stay: {from: a, session: {users: 50, lasts: 10s}, steps: [{call: b}]}
"""


def test_a_flow_says_how_often_it_comes() -> None:
    assert described(spec(COMING)) == {
        "silent": (None, None, False),
        "rated": ("10/s", "10/s", False),
        "often": ("every 30s", "2/min", True),
        "nightly": ("at 0 2 * * * (UTC), done within 1h", "1/d", True),
        "hourly": ("every 1h, done within 10m", "1/h", True),
        "stay": ("50 users stay connected", "5/s", False),
    }


@pytest.mark.parametrize(
    ("flow", "seconds", "ticks"),
    [
        ("often", 60, [0, 30]),
        ("often", 61, [0, 30, 60]),
        ("nightly", 7200, []),
        ("nightly", 7201, [7200]),
        ("rated", 60, []),
        ("silent", 60, []),
    ],
)
def test_what_comes_by_the_clock_is_due_before_the_end(flow: str, seconds: int, ticks: list[int]) -> None:
    from archspec.model.schedule import Start

    asked = spec(COMING).flows[flow]
    assert [tick // 10**9 for tick in asked.ticks(Start.first(), seconds * 10**9)] == ticks
    assert asked.times_due(Start.first(), seconds * 10**9) == len(ticks)


@pytest.mark.parametrize(
    ("response", "fails"),
    [
        (None, False),
        ("200 OK", False),
        ("404", True),
        ("503 Service Unavailable", True),
        ("399", False),
        ("600", False),
        ("4xx", False),
        ("40 4", False),
    ],
)
def test_a_flow_whose_response_is_an_error_fails_on_purpose(response: str | None, fails: bool) -> None:
    parts = "components: {a: {kind: client}, b: {kind: server}}\n"
    written = f"response: '{response}', " if response else ""
    assert (
        spec(f"{parts}flows: {{f: {{{written}from: a, steps: [{{call: b}}]}}}}\n").flows["f"].fails_on_purpose is fails
    )
