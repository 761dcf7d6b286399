"""Planted drift is found, and what cannot be told is not guessed."""

import json
from pathlib import Path
from typing import Any

from archspec.conformance.settings import TraceSettings
from archspec.validators import Finding
from tests.conformance.simulated import judged
from tests.observation.spans import observed, span

SPEC = """
archspec: 1
name: Shop
components:
  browser: {kind: client}
  web: {kind: server}
  api: {kind: server}
  cache: {kind: cache, technology: redis}
  users: {kind: database, technology: mongodb}
connections:
  - browser -> web
  - web -> api
  - api -> [cache, users]
flows:
  read:
    from: browser
    request: "GET /users/{id}"
    steps:
      - call: web
        steps:
          - call: api
            steps:
              - {call: cache, hit: 75%, on_miss: [{call: users, access: read}]}
"""


def trace(number: int, miss: bool = False, **changed: Any) -> list[dict[str, Any]]:
    """One request: web, api, its cache, and the database in case of a miss; the stores send no spans."""
    at = number * 1000
    made = [
        span(
            "web", 1, None, at, at + 100, "server", "GET", number, http__request__method="GET", http__route="/users/:id"
        ),
        span("web", 2, 1, at + 5, at + 90, "client", "ask", number),
        span("api", 3, 2, at + 6, at + 89, "server", "ask", number),
        span("api", 4, 3, at + 10, at + 12, "client", "GET", number, db__system="redis"),
    ]
    if miss:
        made.append(span("api", 5, 3, at + 20, at + 40, "client", "find", number, db__system="mongodb"))
    return made


def usual(count: int = 100) -> list[dict[str, Any]]:
    return [each for number in range(1, count + 1) for each in trace(number, miss=number % 4 == 0)]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.code} {finding.element}" for finding in findings]


def test_the_usual_traces_contradict_nothing(tmp_path: Path) -> None:
    assert codes(judged(SPEC, observed(tmp_path, *usual()))) == []


def test_a_call_in_three_of_a_thousand_traces_is_found_and_one_in_two_is_not(tmp_path: Path) -> None:
    extra = [
        span("web", 9, 1, number * 1000 + 91, number * 1000 + 95, "client", "x", number, peer__service="users")
        for number in (7, 8, 9)
    ]
    assert codes(judged(SPEC, observed(tmp_path, *usual(), *extra))) == ["DRF01 web -> users"]
    assert codes(judged(SPEC, observed(tmp_path, *usual(), *extra[:2]))) == []


def test_a_service_by_another_name_is_told_with_the_component_that_may_be_meant(tmp_path: Path) -> None:
    text = json.dumps(usual()).replace('"stringValue": "api"', '"stringValue": "api-service"')
    observation = observed(tmp_path, *json.loads(text))
    (found,) = judged(SPEC, observation)
    assert (found.code, found.remedy) == (
        "DRF02",
        'if it is `api`, write `names = {"api-service" = "api"}` into [traces] of archspec.toml; else add it.',
    )
    assert codes(judged(SPEC, observation, TraceSettings(names={"api-service": "api"}))) == []


def test_the_host_of_a_process_names_its_component(tmp_path: Path) -> None:
    changed = json.loads(json.dumps(usual()).replace('"stringValue": "api"', '"stringValue": "backend"'))
    for each in changed:
        if each["resource"]["attributes"][0]["value"]["stringValue"] == "backend":
            each["resource"]["attributes"].append({"key": "host.name", "value": {"stringValue": "api"}})
    assert codes(judged(SPEC, observed(tmp_path, *changed))) == []


def test_a_connection_that_leads_against_the_calls_is_told_once(tmp_path: Path) -> None:
    turned = SPEC.replace("  - web -> api\n", "  - api -> web\n")
    assert codes(judged(turned, observed(tmp_path, *usual()))) == ["DRF04 api -> web"]


def test_a_store_that_nobody_declared_is_told_at_its_caller(tmp_path: Path) -> None:
    without = SPEC.replace("  - api -> [cache, users]\n", "  - api -> cache\n").replace(
        ", on_miss: [{call: users, access: read}]", ""
    )
    (found,) = judged(without, observed(tmp_path, *usual()))
    assert (found.code, found.message) == (
        "DRF01",
        "`api` asks a mongodb in 25 of 100 traces, and is connected to none",
    )


def test_a_hit_ratio_that_is_off_is_told_with_its_interval(tmp_path: Path) -> None:
    (found,) = judged(SPEC.replace("hit: 75%", "hit: 99%"), observed(tmp_path, *usual()))
    assert found.message == "the hit ratio of `cache` is 75% (62.9% to 84.1%, n = 100), and the spec says 99%"
    assert found.span is not None
    assert found.span.line == 23


def test_twenty_traces_of_a_flow_are_needed(tmp_path: Path) -> None:
    wrong = SPEC.replace("hit: 75%", "hit: 1%")
    assert codes(judged(wrong, observed(tmp_path, *usual(19)))) == []
    assert codes(judged(wrong, observed(tmp_path, *usual(40)))) == ["DRF06 cache"]


def test_what_passes_a_silent_balancer_is_declared(tmp_path: Path) -> None:
    """The spec has a balancer between web and api; balancers send no spans."""
    behind = SPEC.replace("  - web -> api\n", "  - web -> lb -> api\n").replace(
        "  api: {", "  lb: {kind: load_balancer}\n  api: {"
    )
    behind = behind.replace(
        """          - call: api
            steps:
              - {call: cache, hit: 75%, on_miss: [{call: users, access: read}]}
""",
        """          - call: lb
            steps:
              - call: api
                steps:
                  - {call: cache, hit: 75%, on_miss: [{call: users, access: read}]}
""",
    )
    assert codes(judged(behind, observed(tmp_path, *usual()))) == []
    assert codes(judged(behind.replace("75%", "5%"), observed(tmp_path, *usual()))) == ["DRF06 cache"]


def test_a_flow_that_was_not_seen_is_not_judged(tmp_path: Path) -> None:
    more = (
        SPEC
        + "  write: {from: browser, request: POST /users, steps: [{call: web, steps: [{call: users, takes: 9ms}]}]}\n"
    )
    more = more.replace("  - web -> api\n", "  - web -> [api, users]\n")
    assert codes(judged(more, observed(tmp_path, *usual()))) == []


def test_health_checks_are_no_flow(tmp_path: Path) -> None:
    from archspec.conformance.telling import telling
    from archspec.language import load_text

    checks = [span("web", 1, None, 0, 1, "server", "GET /healthz", 5000 + number) for number in range(50)]
    observation = observed(tmp_path, *usual(), *checks)
    assert list(telling(load_text(SPEC), observation, TraceSettings())) == [
        "Read 475 spans in 150 traces from 1 file (OTLP in JSON).",
        "Passed over: 50 traces of health checks, or of what [traces] ignores.",
    ]


def test_a_consumer_that_asks_its_queue_goes_with_the_arrow(tmp_path: Path) -> None:
    spec = """
archspec: 1
name: Orders
components:
  shop: {kind: server}
  orders: {kind: queue}
  packer: {kind: worker}
connections: [shop -> orders -> packer]
"""
    taken = [span("packer", 1, None, 0, 5, "client", "receive", number, peer__service="orders") for number in range(9)]
    assert codes(judged(spec, observed(tmp_path, *taken))) == []


def test_a_service_graph_is_a_second_source(tmp_path: Path) -> None:
    from archspec.observation.observe import observe

    def series(client: str, server: str) -> dict[str, Any]:
        return {"metric": {"client": client, "server": server}, "value": [1, "500"]}

    file = tmp_path / "graph.json"
    result = [series("user", "web"), series("web", "api"), series("api", "cache"), series("web", "users")]
    file.write_text(json.dumps({"data": {"resultType": "vector", "result": result}}))
    (found,) = judged(SPEC, observe([str(file)]))
    assert found.message == "`web` asks `users` in 500 calls, and no connection says so"


def test_a_suppression_and_a_severity_hold_as_in_lint(tmp_path: Path) -> None:
    from archspec.conformance.judge import drift
    from archspec.language import load_text
    from archspec.validators.config import Config
    from archspec.validators.run import judge

    turned = SPEC.replace("  - web -> api\n", "  - api -> web  # archspec: ignore[DRF04] turned in May\n")
    outcome = drift(load_text(turned), observed(tmp_path, *usual()), None, Config(), "x.yaml")
    assert [(finding.code, finding.reason) for finding in outcome.suppressed] == [("DRF04", "turned in May")]
    assert [finding.code for finding in judge(load_text(turned)).findings if finding.code == "DOC03"] == []
