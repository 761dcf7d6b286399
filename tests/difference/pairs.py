"""Forty pairs of specs: what was edited, which changes that is, and what it does."""

from dataclasses import dataclass, field

import pytest

SHOP = """\
archspec: 1
name: Shop
owner: Shop team
defaults:
  connections: {timeout: 500ms}
  server: {logs_to: logs}
groups:
  private: {kind: network}
  zone-a: {kind: zone, availability: 99.9%}
  zone-b: {kind: zone, availability: 99.9%}
components:
  user: {kind: client}
  lb: {kind: load_balancer, technology: nginx, replicas: 2, zones: [zone-a, zone-b]}
  api:
    kind: server
    technology: nodejs
    group: private
    replicas: 4
    needs: 2
    zones: [zone-a, zone-b]
    availability: 99.9%
    cores: 2
  reports: {kind: server, technology: python, group: private, replicas: 2, zones: [zone-a, zone-b], cores: 1}
  sessions: {kind: cache, technology: redis, group: private, replicas: 2, zones: [zone-a, zone-b], failover: automatic}
  orders:
    kind: database
    technology: postgresql
    group: private
    replicas: 2
    zones: [zone-a, zone-b]
    failover: automatic
    availability: 99.9%
  jobs: {kind: queue, technology: rabbitmq, replicas: 2, zones: [zone-a, zone-b], max_length: 1000}
  packer: {kind: worker, technology: python, replicas: 2, zones: [zone-a, zone-b]}
  logs: {kind: log_service, technology: loki}
  metrics: {kind: metrics_service, technology: prometheus}
  chat: {kind: notification_channel, technology: slack}
  pager: {kind: notification_channel, technology: pagerduty}
  code: {kind: code_repository}
connections:
  - user -> lb: https
  - lb -> api: http
  - lb -> reports: http
  - api -> sessions
  - api -> orders: postgresql
  - reports -> orders: {protocol: postgresql, timeout: 5s}
  - api -> jobs: amqp
  - jobs -> packer
flows:
  read:
    from: user
    rate: 200/s
    objective: {success: 99.9%, p50: 100ms}
    steps:
      - call: lb
        steps:
          - call: api
            cpu: 4ms
            steps:
              - {call: sessions, takes: 1ms}
              - {call: orders, takes: 5ms}
  report:
    from: user
    rate: 1/s
    steps:
      - call: lb
        steps:
          - {call: reports, cpu: 100ms, steps: [{call: orders, takes: 40ms}]}
alerts:
  failing: {metric: success_rate, flow: read, below: 99%, for: 2m, severity: critical, notify: [chat, pager]}
  busy: {metric: cpu, component: api, above: 80%, notify: [chat]}
pipelines:
  release:
    source: code
    stages:
      - {name: tests, kind: test, takes: 3m}
      - {name: production, kind: deploy, targets: [api], strategy: rolling, rollback: automatic}
views:
  overview: {title: The shop, exclude: ["kind:log_service"]}
scenarios:
  peak: {load: 3x}
"""

Told = tuple[str, str, str, str]
"""Sign, section, element and field of a change."""
Does = tuple[str, str, str]
"""Verdict, figure and subject of a consequence."""


@dataclass(frozen=True)
class Pair:
    """`edits` are replacements, each of a text that stands in the spec once."""

    name: str
    edits: tuple[tuple[str, str], ...]
    told: frozenset[Told] = frozenset()
    does: frozenset[Does] = frozenset()
    """At least these."""
    new: frozenset[str] = frozenset()
    """Codes of findings that are new, at least."""
    quiet: bool = False
    """Nothing gets better or worse."""
    renames: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The spec after the edits."""
        text = SHOP
        for old, new in self.edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        return text


def _pair(name: str, *edits: tuple[str, str], **expected: object) -> Pair:
    sets = {key: frozenset(value) if isinstance(value, (list, set)) else value for key, value in expected.items()}
    return Pair(name, edits, **sets)  # type: ignore[arg-type]


_PACKER = "  packer: {kind: worker, technology: python, replicas: 2, zones: [zone-a, zone-b]}\n"
_REPORT_FLOW = SHOP[SHOP.index("  report:\n") : SHOP.index("alerts:")]
_RENAMED = (
    ("  orders:\n    kind", "  ledger:\n    kind"),
    ("api -> orders", "api -> ledger"),
    ("reports -> orders", "reports -> ledger"),
)
_CALLS = (
    ("{call: orders, takes: 5ms}", "{call: ledger, takes: 5ms}"),
    ("[{call: orders, takes: 40ms}]", "[{call: ledger, takes: 40ms}]"),
)

PAIRS = (
    # nothing
    _pair("the same text", quiet=True),
    _pair("comments and blank lines", ("name: Shop\n", "name: Shop # ours\n\n"), quiet=True),
    _pair(
        "order of keys", ("{kind: log_service, technology: loki}", "{technology: loki, kind: log_service}"), quiet=True
    ),
    _pair("order of elements", (_PACKER, ""), ("  logs: {kind", f"{_PACKER}  logs: {{kind"), quiet=True),
    _pair("shorthand", ("  - user -> lb: https\n", "  - {from: user, to: lb, protocol: https}\n"), quiet=True),
    _pair("another unit", ("timeout: 5s", "timeout: 5000ms"), quiet=True),
    _pair("order of receivers", ("notify: [chat, pager]", "notify: [pager, chat]"), quiet=True),
    # components
    _pair(
        "a component added",
        (_PACKER, f"{_PACKER}  search: {{kind: search_index, technology: opensearch}}\n"),
        told=[("+", "components", "search", "")],
    ),
    _pair(
        "a component and its connection removed",
        (_PACKER, ""),
        ("  - jobs -> packer\n", ""),
        told=[("-", "components", "packer", ""), ("-", "connections", "jobs -> packer", "")],
    ),
    _pair(
        "fewer replicas",
        ("    replicas: 4\n", "    replicas: 2\n"),
        told=[("~", "components", "api", "replicas")],
        does=[
            ("worse", "single point of failure", "read"),
            ("worse", "availability", "read"),
            ("worse", "downtime a year", "read"),
            ("worse", "full at", "read"),
            ("other", "utilisation", "api cores"),
        ],
        new=["AVL01", "AVL08"],
    ),
    _pair(
        "more replicas",
        ("    replicas: 4\n", "    replicas: 8\n"),
        told=[("~", "components", "api", "replicas")],
        does=[("better", "full at", "read"), ("better", "full at, a zone lost", "read")],
    ),
    _pair(
        "smaller cores: the load is not served any more",
        ("    cores: 2\n", "    cores: 0.1\n"),
        told=[("~", "components", "api", "cores")],
        does=[("worse", "full at", "read"), ("worse", "utilisation", "api cores")],
    ),
    _pair(
        "a kind changed",
        ("  code: {kind: code_repository}", "  code: {kind: code_repository, technology: gitlab}"),
        told=[("~", "components", "code", "technology")],
        quiet=True,
    ),
    _pair(
        "moved to another group",
        ("technology: python, group: private, replicas: 2", "technology: python, replicas: 2"),
        told=[("~", "components", "reports", "group")],
    ),
    _pair(
        "moved to one zone",
        (
            "    replicas: 4\n    needs: 2\n    zones: [zone-a, zone-b]",
            "    replicas: 4\n    needs: 2\n    zones: [zone-a]",
        ),
        told=[("~", "components", "api", "zones")],
        does=[("worse", "single point of failure", "read"), ("worse", "availability", "read")],
    ),
    _pair(
        "no failover",
        ("    failover: automatic\n    availability", "    failover: manual\n    availability"),
        told=[("~", "components", "orders", "failover")],
        does=[("worse", "availability", "read")],
    ),
    _pair(
        "a figure that was not known",
        ("{kind: load_balancer, technology: nginx,", "{kind: load_balancer, technology: nginx, availability: 99.5%,"),
        told=[("~", "components", "lb", "availability")],
        does=[("other", "availability", "read")],
    ),
    # renames
    _pair(
        "a component renamed",
        *_RENAMED,
        *_CALLS,
        told=[(">", "components", "ledger", "")],
        renames={"orders": "ledger"},
        quiet=True,
    ),
    _pair(
        "renamed and changed",
        *_RENAMED,
        *_CALLS,
        ("    failover: automatic\n    availability: 99.9%", "    failover: automatic\n    availability: 99%"),
        told=[(">", "components", "ledger", ""), ("~", "components", "ledger", "availability")],
        does=[("worse", "availability", "read")],
        renames={"orders": "ledger"},
    ),
    _pair(
        "two neighbours renamed",
        ("  jobs: {kind", "  parcels: {kind"),
        ("  packer: {kind", "  wrapper: {kind"),
        ("api -> jobs", "api -> parcels"),
        ("jobs -> packer", "parcels -> wrapper"),
        told=[(">", "components", "parcels", ""), (">", "components", "wrapper", "")],
        renames={"jobs": "parcels", "packer": "wrapper"},
        quiet=True,
    ),
    _pair(
        "replaced by one of another kind: no rename",
        (_PACKER, "  packing: {kind: server, technology: python, replicas: 2, zones: [zone-a, zone-b]}\n"),
        ("jobs -> packer", "jobs -> packing"),
        told=[
            ("+", "components", "packing", ""),
            ("-", "components", "packer", ""),
            ("+", "connections", "jobs -> packing", ""),
            ("-", "connections", "jobs -> packer", ""),
        ],
    ),
    _pair(
        "a flow renamed",
        ("  report:\n", "  monthly-report:\n"),
        told=[(">", "flows", "monthly-report", "")],
        quiet=True,
    ),
    _pair(
        "a group renamed",
        ("  private: {kind", "  inner: {kind"),
        ("    technology: nodejs\n    group: private", "    technology: nodejs\n    group: inner"),
        ("{kind: server, technology: python, group: private", "{kind: server, technology: python, group: inner"),
        ("technology: redis, group: private", "technology: redis, group: inner"),
        ("    technology: postgresql\n    group: private", "    technology: postgresql\n    group: inner"),
        told=[(">", "groups", "inner", "")],
        quiet=True,
    ),
    # connections
    _pair(
        "a connection added",
        ("  - jobs -> packer\n", "  - jobs -> packer\n  - packer -> orders: postgresql\n"),
        told=[("+", "connections", "packer -> orders", "")],
    ),
    _pair(
        "a connection turned round",
        ("  - jobs -> packer\n", "  - packer -> jobs\n"),
        told=[("~", "connections", "packer -> jobs", "")],
    ),
    _pair(
        "a timeout changed",
        ("timeout: 5s", "timeout: 9s"),
        told=[("~", "connections", "reports -> orders", "timeout")],
    ),
    _pair(
        "retries added",
        ("{protocol: postgresql, timeout: 5s}", "{protocol: postgresql, timeout: 5s, retries: {attempts: 3}}"),
        told=[("~", "connections", "reports -> orders", "retries")],
    ),
    # defaults
    _pair(
        "a default of connections changed",
        ("connections: {timeout: 500ms}", "connections: {timeout: 1s}"),
        told=[("~", "defaults", "connections", "timeout")],
    ),
    _pair(
        "a default of a kind changed",
        ("server: {logs_to: logs}", "server: {logs_to: logs, metrics_to: metrics}"),
        told=[("~", "defaults", "server", "metrics_to")],
    ),
    # flows
    _pair(
        "a flow removed",
        (_REPORT_FLOW, ""),
        told=[("-", "flows", "report", "")],
        does=[("no longer known", "availability", "report")],
    ),
    _pair(
        "a step added",
        (
            "              - {call: orders, takes: 5ms}\n",
            "              - {call: orders, takes: 5ms}\n              - {call: jobs, takes: 2ms}\n",
        ),
        told=[("~", "flows", "read", "steps")],
        does=[("worse", "time of a request without load", "read")],
    ),
    _pair(
        "a slower step breaks a promise",
        ("{call: orders, takes: 5ms}", "{call: orders, takes: 200ms}"),
        told=[("~", "flows", "read", "steps")],
        does=[("worse", "time of a request without load", "read"), ("worse", "objective", "read")],
    ),
    _pair(
        "twice the load",
        ("rate: 200/s", "rate: 400/s"),
        told=[("~", "flows", "read", "rate")],
        does=[("worse", "full at", "read"), ("other", "utilisation", "api cores")],
    ),
    _pair(
        "a stricter objective is missed",
        ("success: 99.9%", "success: 99.9999999%"),
        told=[("~", "flows", "read", "objective.success")],
        does=[("worse", "objective", "read")],
        new=["AVL08"],
    ),
    # alerts
    _pair(
        "an alert removed",
        ("  busy: {metric: cpu, component: api, above: 80%, notify: [chat]}\n", ""),
        told=[("-", "alerts", "busy", "")],
        does=[("worse", "alert", "busy")],
    ),
    _pair(
        "an alert reaches others",
        ("notify: [chat, pager]", "notify: [chat]"),
        told=[("~", "alerts", "failing", "notify")],
        does=[("worse", "who is told", "failing")],
    ),
    _pair(
        "an alert loosened",
        ("below: 99%, for: 2m", "below: 95%, for: 10m"),
        told=[("~", "alerts", "failing", "below"), ("~", "alerts", "failing", "for")],
        does=[("worse", "alert", "failing")],
    ),
    _pair(
        "a flow that nobody watches",
        ("flow: read, below: 99%", "flow: report, below: 99%"),
        told=[("~", "alerts", "failing", "flow")],
        does=[("worse", "alerts on the flow", "read"), ("better", "alerts on the flow", "report")],
    ),
    # the rest
    _pair(
        "a stage and a scenario changed",
        ("{name: tests, kind: test, takes: 3m}", "{name: tests, kind: test, takes: 4m}"),
        ("peak: {load: 3x}", "peak: {load: 4x}"),
        told=[("~", "pipelines", "release", "stages"), ("~", "scenarios", "peak", "load")],
        quiet=True,
    ),
    _pair(
        "a view, a group and a title changed",
        ("title: The shop", "title: All of it"),
        ("private: {kind: network}", "private: {kind: network, trust: private}"),
        ("name: Shop\n", "name: The shop\n"),
        told=[
            ("~", "views", "overview", "title"),
            ("~", "groups", "private", "trust"),
            ("~", "system", "spec", "name"),
        ],
    ),
)

SOME = tuple(
    pytest.param(pair, id=pair.name, marks=() if number % 8 == 1 else pytest.mark.slow)
    for number, pair in enumerate(PAIRS)
)
"""All pairs as parameters of a test, of which the default run takes some."""
