"""Single points of failure, with the share of requests that need them."""

import pytest

from archspec.analysis.availability import Availability
from archspec.analysis.points import share_failing
from archspec.language import load_text
from tests.analysis.specs import spec


def points(components: str, steps: str, **more: str) -> list[tuple[str, float | None]]:
    found = Availability(spec(components, steps, **more)).of_flow("f").single_points
    return [(point.part.name, None if point.share is None else round(point.share, 9)) for point in found]


def test_one_of_one_is_a_point_and_one_of_two_is_not() -> None:
    assert points("x: {kind: server}, y: {kind: server, replicas: 2}", "{call: x}, {call: y}") == [("x-1", 1.0)]


def test_three_of_three_are_three_points() -> None:
    assert points("x: {kind: server, replicas: 3, needs: 3}", "{call: x}") == [("x-1", 1), ("x-2", 1), ("x-3", 1)]


def test_only_misses_need_the_origin() -> None:
    components = "edge: {kind: cdn, caches: o}, o: {kind: server}"

    assert points(components, "{call: edge, hit: 97%, on_miss: [{call: o}]}") == [("edge-1", 1), ("o-1", 0.03)]


def test_a_share_that_is_not_given_stays_open() -> None:
    components = "edge: {kind: cdn, caches: o}, o: {kind: server}"

    assert points(components, "{call: edge, on_miss: [{call: o}]}") == [("edge-1", 1.0), ("o-1", None)]


def test_a_cache_aside_is_no_point() -> None:
    components = "cache: {kind: cache}, db: {kind: database}"

    assert points(components, "{call: cache, hit: 90%, on_miss: [{call: db}]}") == [("db-1", 0.1)]


def test_two_chances_that_need_it_add_up() -> None:
    assert points("x: {kind: server}", "{call: x, chance: 50%}, {call: x, chance: 50%}") == [("x-1", 0.75)]


def test_a_zone_that_holds_everything_is_a_point() -> None:
    zones = "{a: {kind: zone}, b: {kind: zone}}"

    assert points("x: {kind: server, replicas: 2, zones: [a]}", "{call: x}", groups=zones) == [("a", 1.0)]
    assert points("x: {kind: server, replicas: 2, zones: [a, b]}", "{call: x}", groups=zones) == []


ZONED = "s: {kind: server}, x: {kind: server, zones: [a]}, y: {kind: server}"
ZONE = "{a: {kind: zone, availability: 99%}}"
LINKS = "{from: app, to: s}, {from: s, to: y}, {from: s, to: x"


def test_a_zone_whose_silence_hangs_an_optional_call_is_a_point() -> None:
    steps = "{call: s, steps: [{call: x, optional: true}]}"

    assert points(ZONED, steps, groups=ZONE, connections=f"[{LINKS}}}]") == [("s-1", 1.0), ("a", 1.0)]


def test_a_zone_whose_silence_keeps_a_fallback_from_being_tried_is_a_point() -> None:
    steps = "{call: s, steps: [{call: x, fallback: [{call: y}]}]}"

    assert points(ZONED, steps, groups=ZONE, connections=f"[{LINKS}}}]") == [("s-1", 1.0), ("a", 1.0)]


def test_a_time_out_on_the_way_makes_silence_a_failure() -> None:
    steps = "{call: s, steps: [{call: x, optional: true}]}"

    assert points(ZONED, steps, groups=ZONE, connections=f"[{LINKS}, timeout: 1s}}]") == [("s-1", 1.0)]


def test_a_bulkhead_is_full_of_who_waits_and_turns_the_others_away() -> None:
    steps = "{call: s, steps: [{call: x, optional: true}]}"

    assert points(ZONED, steps, groups=ZONE, connections=f"[{LINKS}, max_concurrent: 5}}]") == [("s-1", 1.0)]


def test_a_balancer_says_so_when_it_knows_of_nobody() -> None:
    components = "s: {kind: load_balancer, health_check: {}}, x: {kind: server, zones: [a]}"
    links = "[{from: app, to: s}, {from: s, to: x}]"
    steps = "{call: s, steps: [{call: x, optional: true}]}"

    assert points(components, steps, groups=ZONE, connections=links) == [("s-1", 1.0)]


def test_a_zone_further_in_is_a_point_though_a_dead_server_before_it_would_be_none() -> None:
    steps = "{call: s, steps: [{call: y, optional: true, steps: [{call: x}]}]}"
    links = "[{from: app, to: s}, {from: s, to: y}, {from: y, to: x}]"

    assert points(ZONED, steps, groups=ZONE, connections=links) == [("s-1", 1.0), ("a", 1.0)]


def test_a_request_that_fails_anyway_has_no_points() -> None:
    assert points("x: {kind: server}", "{call: x, status: 500}") == []


def test_parts_down_together_fail_their_share() -> None:
    flow = Availability(spec("x: {kind: server, replicas: 2}", "{call: x, chance: 25%}")).of_flow("f")

    assert share_failing(flow.structure, *flow.parts) == pytest.approx(0.25)
    assert share_failing(flow.structure, flow.parts[0]) == 0.0


def test_a_server_that_is_retried_less_often_than_its_neighbour_does_harm_when_it_is_up() -> None:
    """Half of the misses meet `api`, which is asked once, half `green`, after which `api` is tried: 5% + 0.5%."""
    text = """
archspec: 1
name: Uneven
components:
  user: {kind: client}
  lb: {kind: load_balancer}
  api: {kind: server}
  green: {kind: server}
  cache: {kind: cache}
  rows: {kind: database}
connections:
  - {from: lb, to: api, timeout: 2s}
  - {from: lb, to: green, timeout: 2s, retries: {attempts: 2, backoff: constant(10ms)}}
flows:
  ask:
    from: user
    request: GET /
    steps:
      - call: lb
        steps:
          - call: [api, green]
            steps: [{call: cache, hit: 90%, on_miss: [{call: rows}]}]
"""
    points = Availability(load_text(text)).of_flow("ask").single_points
    assert {point.part.name: round(point.share or 0, 12) for point in points}["rows-1"] == 0.055


@pytest.mark.parametrize(
    ("caller", "near", "share"),
    [
        ("algorithm: round_robin", "", 0.375),
        ("algorithm: least_connections", "", None),
        ("algorithm: round_robin", ", prefer: same_zone", None),
    ],
)
def test_a_share_that_depends_on_who_is_chosen_is_not_told(caller: str, near: str, share: float | None) -> None:
    """Half of the requests need the store; one of the two that ask it is tried again and fails a quarter of them."""
    text = f"""
archspec: 1
name: Two of which one is tried again
groups: {{zone-a: {{kind: zone}}}}
components:
  app: {{kind: client}}
  lb: {{kind: load_balancer, group: zone-a, {caller}}}
  once: {{kind: server}}
  again: {{kind: server, group: zone-a}}
  rows: {{kind: database}}
connections:
  - app -> lb
  - lb -> once
  - lb -> again: {{timeout: 1s, retries: {{attempts: 2}}{near}}}
  - once -> rows
  - again -> rows
flows:
  ask: {{from: app, steps: [{{call: lb, steps: [{{call: [once, again], steps: [{{call: rows, chance: 50%}}]}}]}}]}}
"""
    points = Availability(load_text(text)).of_flow("ask").single_points
    assert next(point.share for point in points if point.part.name == "rows-1") == share
