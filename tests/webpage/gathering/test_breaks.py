"""What the page has to know of a flow to break it."""

from archspec.analysis.structure import Structures
from archspec.language import load_text
from archspec.webpage.gathering.breakable import parts
from archspec.webpage.gathering.walks import breaking
from archspec.webpage.part_content import BreakingContent, PartKind

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


def of_buy() -> BreakingContent:
    architecture = load_text(SPEC)
    return breaking(Structures(architecture), "buy", parts(architecture))


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


def test_the_share_of_failing_requests_counts_hits_and_misses() -> None:
    shares = dict(of_buy().failing or ())
    single = {part.id for part in parts(load_text(SPEC)) if part.kind in SINGLE}
    assert {part: share for part, share in shares.items() if part in single} == {"lb": "all", "web": "all", "db": "10%"}


def test_two_parts_that_stand_in_for_each_other_fail_together() -> None:
    shares = dict(of_buy().failing or ())
    both = [shares.get(part) for part in ("zone-a", "zone-b", "zone-a+zone-b")]
    assert both == [None, None, "all"]


def test_a_flow_feels_those_it_calls() -> None:
    assert of_buy().met == ("lb", "web", "pages", "db", "ads")


def test_a_cache_that_asks_on_a_miss_is_known_by_its_number() -> None:
    assert of_buy().caches == (3,)


def test_pairs_are_worked_out_only_where_they_are_few() -> None:
    names = ", ".join(f"s{number}" for number in range(20))
    many = "\n".join(f"  s{number}: {{kind: server}}" for number in range(20))
    steps = f"[{{call: [{names}]}}]"
    flows = f"flows: {{f: {{from: a, steps: {steps}}}}}"
    text = f"archspec: 1\nname: Many\ncomponents:\n  a: {{kind: client}}\n{many}\n{flows}"
    assert [part for part in parts(load_text(text)) if part.kind is PartKind.PAIR] == []
