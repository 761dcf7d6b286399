"""What the page tells of an element beyond its fields: calls, terms, findings, what fails with it."""

from archspec.analysis.availability import Availability
from archspec.analysis.capacity import Capacity
from archspec.language import load_text
from archspec.webpage.content import ConnectionContent
from archspec.webpage.gathering.connections import connection_contents
from archspec.webpage.gathering.known import known
from archspec.webpage.gathering.standing import standings
from archspec.webpage.part_content import StandingContent

SPEC = """
archspec: 1
name: Shop
components:
  user: {kind: client}
  web: {kind: server, replicas: 2, availability: 99%}
  cache: {kind: cache, ttl: 1h}
  db: {kind: database, availability: 99.9%}
  jobs: {kind: queue}
  mailer: {kind: worker, replicas: 2}
connections:
  - {from: user, to: web, protocol: https, timeout: 2s}
  - web -> cache
  - web -> db
  - web -> jobs
  - jobs -> mailer
flows:
  read:
    from: user
    rate: 100/s
    steps: [{call: web, steps: [{call: cache, hit: 80%, on_miss: [{call: db, times: 2, timeout: 300ms}]}]}]
  order:
    from: user
    rate: 5/s
    steps: [{call: web, steps: [{call: db}, {call: jobs, steps: [{call: mailer, takes: 1s}]}]}]
  rare:
    from: user
    steps: [{call: web}]
"""


def of(source: str, target: str) -> ConnectionContent:
    architecture = load_text(SPEC)
    found = connection_contents(architecture, known(Availability(architecture), Capacity(architecture)))
    return next(each for each in found if (each.source, each.target) == (source, target))


def said(connection: ConnectionContent) -> dict[str, str]:
    return {fact.label: fact.value for fact in connection.facts}


def test_a_connection_tells_the_calls_of_all_flows_over_it():
    assert said(of("user", "web"))["Calls"] == "105/s"
    assert said(of("web", "db"))["Calls"] == "45/s"  # two for each fifth read, one for each order
    assert said(of("jobs", "mailer"))["Calls"] == "5/s"


def test_flows_without_a_rate_are_said_to_be_left_out():
    assert of("user", "web").facts[0].note == "without the flows that have no rate"
    assert of("web", "db").facts[0].note == ""


def test_what_the_spec_does_not_say_of_calls_is_told_by_what_it_means():
    told = said(of("web", "cache"))
    assert (told["Protocol"], told["Timeout"], told["Retries"]) == ("not stated", "none: waits for ever", "none")
    assert said(of("user", "web"))["Timeout"] == "2s"


def test_a_time_out_of_single_steps_is_told_with_their_flow():
    assert said(of("web", "db"))["Timeout of steps"] == "300ms in read"


def test_what_fails_with_a_component_is_said_once_for_flows_that_are_alike():
    found = standings(Availability(load_text(SPEC)))
    assert found["db"] == (
        StandingContent(
            ("read",),
            "20% of requests fail with db-1 alone",
            "1 h 45 min a year less downtime if it never failed",
            (),
            0,
        ),
        StandingContent(
            ("order",),
            "all requests fail with db-1 alone",
            "8 h 46 min a year less downtime if it never failed",
            (),
            0,
        ),
    )
    assert found["web"] == (
        StandingContent(
            ("read", "order", "rare"),
            "",
            "52 min 33 s to 52 min 36 s a year less downtime if one of its replicas never failed",
            ("web-1 + web-2",),
            0,
        ),
    )
