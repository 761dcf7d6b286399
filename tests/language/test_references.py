"""Every name that is used is declared, and is of a kind that fits."""

import pytest

from tests.model.specs import mistakes, places, spec

PARTS = """groups:
  zone-a: {kind: zone}
  inner: {kind: network}
components:
  client: {kind: client}
  api: {kind: server, replicas: 2}
  db: {kind: database}
  sessions: {kind: cache}
  jobs: {kind: queue}
  logs: {kind: log_service}
  slack: {kind: notification_channel}
  code: {kind: code_repository}
"""
FLOWS = "flows:\n  read: {from: client, steps: [{call: api}]}\n"


@pytest.mark.parametrize(
    ("addition", "message", "remedy"),
    [
        ("  x: {kind: server, group: zone_a}", "`zone_a` is not declared", "did you mean `zone-a`?"),
        ("  x: {kind: server, group: api}", "`api` is not declared", "it is a component; name a group here."),
        (
            "  x: {kind: server, zones: [inner]}",
            "`inner` is a network, which does not fit here",
            "name a region, zone or host: `zone-a`.",
        ),
        (
            "  x: {kind: server, logs_to: db}",
            "`db` is a database, which does not fit here",
            "name a log service: `logs`.",
        ),
        (
            "  x: {kind: server, traces_to: tempo}",
            "`tempo` is not declared",
            "declare it as a trace store.",
        ),
        (
            "  x: {kind: server, errors_to: sentry}",
            "`sentry` is not declared",
            "declare it as an error monitor.",
        ),
        (
            "  x: {kind: server, sessions_in: jobs}",
            "`jobs` is a queue, which does not fit here",
            "name a cache or database: `db`, `sessions`.",
        ),
        (
            "  x: {kind: database, replica_of: api}",
            "`api` is a server, which does not fit here",
            "name a database: `db`.",
        ),
        ("  x: {kind: cdn, caches: jobs}", "`jobs` is a queue, which does not fit here", None),
        ("  x: {kind: queue, dead_letter: db}", "`db` is a database, which does not fit here", "name a queue: `jobs`."),
        ("  x: {kind: dns, weights: {nobody: 2}}", "`nobody` is not declared", None),
    ],
)
def test_a_component_refers_to_what_is_declared_and_fits(addition: str, message: str, remedy: str | None) -> None:
    found = mistakes(PARTS + addition + "\n")
    assert found[0][0] == message
    assert remedy is None or found == [(message, remedy)]


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        ("flows:\n  f: {from: api, steps: [{call: api-2}]}", "`api-2` is not declared"),
        ("flows:\n  f: {from: zone-a, steps: [{call: api}]}", "`zone-a` is not declared"),
        ("flows:\n  f: {from: api, steps: [{parallel: [{call: dbx}]}]}", "`dbx` is not declared"),
        ("flows:\n  f: {from: api, steps: [{call: api, on_miss: [{call: dbx}]}]}", "`dbx` is not declared"),
        ("flows:\n  f: {from: api, steps: [{flow: g}]}", "`g` is not declared"),
        ("alerts:\n  a: {metric: cpu, component: dbx, above: 80%}", "`dbx` is not declared"),
        ("alerts:\n  a: {metric: p99, above: 80ms, notify: [db]}", "`db` is a database, which does not fit here"),
        ("pipelines:\n  p: {source: db, stages: [{kind: test}]}", "`db` is a database, which does not fit here"),
        ("pipelines:\n  p: {stages: [{kind: deploy, targets: [nobody]}]}", "`nobody` is not declared"),
        ("views:\n  v: {include: [nobody]}", "`nobody` is not declared"),
        ("views:\n  v: {include: ['flow:nobody']}", "`nobody` is not declared"),
        ("views:\n  v: {include: ['kind:servr']}", "`servr` is not a kind of component"),
        ("views:\n  v: {include: ['tag:pci']}", "no component has the tag `pci`"),
        ("views:\n  v: {collapse: [api]}", "`api` is not declared"),
        ("scenarios:\n  s: {load: {nobody: 2x}}", "`nobody` is not declared"),
        ("scenarios:\n  s: {faults: [{fail: api-3}]}", "`api-3` is not declared"),
        ("scenarios:\n  s: {faults: [{slow: zone-a, by: 5x}]}", "`zone-a` cannot be slow"),
        (
            "scenarios:\n  s: {faults: [{lose: api, by: 5%}]}",
            "`api` cannot lose messages: it is not a connection",
        ),
        ("scenarios:\n  s: {faults: [{partition: api}]}", "`api` cannot be cut off"),
        ("scenarios:\n  s: {faults: [{deploy: zone-a}]}", "`zone-a` cannot be deployed"),
        ("scenarios:\n  s: {faults: [{fail: nobody}]}", "`nobody` is not declared"),
        ('scenarios:\n  s: {faults: [{fail: "api -> db"}]}', "`api -> db` cannot fail"),
        (
            'scenarios:\n  s: {faults: [{lose: "api -> nobody", by: 5%}]}',
            "`api -> nobody` cannot lose messages: it is not a connection",
        ),
        ('scenarios:\n  s: {faults: [{lose: "api -> db via x", by: 5%}]}', "`api -> db via x` is not declared"),
        ("scenarios:\n  s: {faults: [{errors: jobs-2, by: 5%}]}", "`jobs-2` is not declared"),
        (FLOWS + "scenarios:\n  s: {faults: [{fail: read}]}", "`read` cannot fail"),
    ],
)
def test_every_other_section_refers_to_what_is_declared(addition: str, message: str) -> None:
    assert [found for found, _ in mistakes(PARTS + addition + "\n")] == [message]


@pytest.mark.parametrize(
    "addition",
    [
        "  x: {kind: server, zones: [zone-a], group: inner, sessions_in: local, logs_to: [logs]}\n",
        "pipelines:\n  p: {source: code, notify: [slack], stages: [{kind: deploy, targets: [api, zone-a]}]}\n",
        FLOWS + "views:\n  v: {include: ['flow:read', 'kind:server', 'near:api', 'group:inner', db, zone-a]}\n",
        FLOWS + "scenarios:\n  s: {load: {read: 2x}, faults: [{fail: zone-a}, {fail: api-2}, {partition: inner}]}\n",
    ],
)
def test_what_fits_is_accepted(addition: str) -> None:
    assert mistakes(PARTS + addition) == []


def test_an_arrow_in_a_fault_is_read_with_any_blanks() -> None:
    body = PARTS + 'connections: [api -> db]\nscenarios:\n  s: {faults: [{partition: "api  ->  db"}]}\n'
    assert mistakes(body) == []


def test_a_fault_can_strike_an_implied_connection() -> None:
    system = spec(
        "components: {api: {kind: server, logs_to: l}, l: {kind: log_service}}\n"
        'scenarios:\n  s: {faults: [{lose: "api -> l", by: 5%}]}\n'
    )
    assert system.scenarios["s"].faults[0].target == "api -> l"


def test_the_caret_stands_under_the_wrong_item_of_a_list() -> None:
    assert places(PARTS + "  x: {kind: server, logs_to: [logs, lgos]}\n") == ["lgos"]


def test_a_reference_to_a_broken_component_is_no_second_mistake() -> None:
    body = PARTS + "  x: {kind: server, replicas: many}\nconnections: [api -> x]\n"
    assert [message for message, _ in mistakes(body)] == ["`many` is not a whole number"]


VIEW = """
components: {a: {kind: server}, b: {kind: server}, c: {kind: server}}
connections: [a -> b, b -> c]
views:
  v: {kind: KIND, exclude: ["LINE"]}
"""


@pytest.mark.parametrize(
    ("kind", "line", "found"),
    [
        ("structure", "a -> b", []),
        ("structure", "* -> kind:server", []),
        ("structure", "a -> c", [("there is no connection `a -> c`", "did you mean `b -> c`?")]),
        (
            "structure",
            "a -> x",
            [("`x` is not declared", "declare it as a component or group, or name one of `a`, `b`, `c`.")],
        ),
        (
            "delivery",
            "a -> b",
            [("`a -> b`: a view of kind delivery has no connections to leave out", "name a component, or drop it.")],
        ),
    ],
)
def test_a_line_that_a_view_excludes_is_one_that_it_could_show(
    kind: str, line: str, found: list[tuple[str, str]]
) -> None:
    assert mistakes(VIEW.replace("KIND", kind).replace("LINE", line)) == found
