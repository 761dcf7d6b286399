"""Every single failure of a flow, as the page tells it."""

from archspec.analysis.structure import Structures
from archspec.language import load_text
from archspec.simulation.trace import Tracer
from archspec.webpage.flow_content import PartKind
from archspec.webpage.gathering.breakable import parts
from archspec.webpage.gathering.flows import flow_content

SPEC = """
archspec: 1
name: Shop
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  shopper: {kind: client}
  lb: {kind: load_balancer, health_check: {interval: 5s}}
  web: {kind: server, replicas: 2, zones: [zone-a, zone-b]}
  pages: {kind: cache, hit: 90%}
  db: {kind: database}
  ads: {kind: external}
  mail: {kind: server}
connections: [shopper -> lb, lb -> web, "web -> [pages, db, ads]"]
flows:
  buy:
    from: shopper
    steps:
      - call: lb
        steps:
          - call: web
            steps:
              - {call: pages, takes: 1ms, on_miss: [{call: db, takes: 3ms}]}
              - {call: ads, optional: true}
alerts:
  down: {metric: success_rate, below: 95%, for: 5m}
"""

SINGLE = (PartKind.COMPONENT, PartKind.REPLICA, PartKind.GROUP)


def told() -> list[tuple[str, str, bool]]:
    architecture = load_text(SPEC)
    flow = flow_content(Structures(architecture), Tracer(architecture, "buy"), parts(architecture))
    return [(each.part, each.run.answer, each.changed) for each in flow.breaks if each.kind in SINGLE]


def test_every_component_replica_and_zone_can_be_taken_down() -> None:
    ids = [(part.id, part.what) for part in parts(load_text(SPEC)) if part.kind in SINGLE]
    assert ids == [
        ("lb", "load balancer"),
        ("web", "server"),
        ("web-1", "replica"),
        ("web-2", "replica"),
        ("pages", "cache"),
        ("db", "database"),
        ("ads", "external system"),
        ("mail", "server"),
        ("zone-a", "zone"),
        ("zone-b", "zone"),
    ]


def test_each_failure_says_what_the_user_gets() -> None:
    assert told() == [
        ("lb", "no answer: refused", True),
        ("web", "503 Service Unavailable", True),
        ("web-1", "200 OK", False),
        ("web-2", "200 OK", False),
        ("pages", "200 OK, degraded", True),
        ("db", "200 OK", False),
        ("ads", "200 OK, degraded", True),
        ("mail", "200 OK", False),
        ("zone-a", "200 OK", False),
        ("zone-b", "200 OK", False),
    ]


def test_a_part_that_only_misses_need_is_told_for_the_miss() -> None:
    architecture = load_text(SPEC)
    flow = flow_content(Structures(architecture), Tracer(architecture, "buy"), parts(architecture))
    missed = {each.part: each.missed.answer for each in flow.breaks if each.missed and each.kind in SINGLE}
    assert missed == {"db": "502 Bad Gateway"}


def test_a_failure_that_fires_an_alert_says_who_hears_of_it() -> None:
    architecture = load_text(SPEC)
    flow = flow_content(Structures(architecture), Tracer(architecture, "buy"), parts(architecture))
    alarms = [alarm.sentence for alarm in flow.breaks[1].run.alarms]
    assert alarms == ["down would fire after 5m, and nobody would be told"]


def test_every_component_can_be_made_slow() -> None:
    architecture = load_text(SPEC)
    flow = flow_content(Structures(architecture), Tracer(architecture, "buy"), parts(architecture))
    slow = {each.part: each.run.duration for each in flow.breaks if each.changed and each.kind is PartKind.SLOW}
    assert slow == {"pages=10x": 10_000_000}


def test_the_share_of_failing_requests_counts_hits_and_misses() -> None:
    architecture = load_text(SPEC)
    flow = flow_content(Structures(architecture), Tracer(architecture, "buy"), parts(architecture))
    shares = {
        each.part: each.failing for each in flow.breaks if each.kind in SINGLE and each.failing not in ("", "none")
    }
    assert shares == {"lb": "all", "web": "all", "db": "10%"}


def test_two_parts_that_stand_in_for_each_other_fail_together() -> None:
    architecture = load_text(SPEC)
    flow = flow_content(Structures(architecture), Tracer(architecture, "buy"), parts(architecture))
    both = {each.part: each.failing for each in flow.breaks if each.part in ("zone-a", "zone-b", "zone-a+zone-b")}
    assert both == {"zone-a": "none", "zone-b": "none", "zone-a+zone-b": "all"}


def test_pairs_are_worked_out_only_where_they_are_few() -> None:
    names = ", ".join(f"s{number}" for number in range(20))
    many = "\n".join(f"  s{number}: {{kind: server}}" for number in range(20))
    steps = f"[{{call: [{names}]}}]"
    flows = f"flows: {{f: {{from: a, steps: {steps}}}}}"
    text = f"archspec: 1\nname: Many\ncomponents:\n  a: {{kind: client}}\n{many}\n{flows}"
    assert [part for part in parts(load_text(text)) if part.kind is PartKind.PAIR] == []
