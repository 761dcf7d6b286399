"""One request: what it does, what it emits, and what would come of more like it."""

import re

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.model import Architecture, Duration
from archspec.reports import reports
from archspec.reports.report import Subject, TracedRequest
from archspec.reports.trace.tree import tree
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import Call, OwnWork, Trace, TraceOptions

SHOP = """
archspec: 1
name: Shop
groups:
  zone-a: {kind: zone}
  zone-b: {kind: zone}
components:
  user:  {kind: client}
  lb:    {kind: load_balancer, health_check: {interval: 5s}, metrics_to: metrics}
  api:
    kind: server
    replicas: 2
    zones: [zone-a, zone-b]
    cores: 2
    logs_to: logs
    metrics_to: metrics
    errors_to: sentry
    traces_to: tempo
  carts: {kind: cache, hit: 90%}
  db:    {kind: database}
  logs:    {kind: log_service, metrics_to: metrics}
  metrics: {kind: metrics_service}
  sentry:  {kind: error_monitor}
  tempo:   {kind: trace_store}
  pager:   {kind: notification_channel, pages: true}
  slack:   {kind: notification_channel}
connections:
  - user -> lb: {timeout: 3s, latency: lognormal(p50=30ms p99=90ms)}
  - lb -> api: {timeout: 2s}
  - api -> carts
  - api -> db: {timeout: 50ms, retries: {attempts: 2, backoff: exponential(20ms jitter=full)}}
flows:
  buy:
    title: Buy something
    from: user
    request: GET /buy
    rate: 100/s
    objective: {success: 99.9%, p99: 400ms}
    steps:
      - call: lb
        steps:
          - call: api
            cpu: exponential(10ms)
            steps:
              - {call: carts, takes: 1ms, on_miss: [{call: db, takes: 4ms}]}
              - {call: db, does: write the order, takes: 6ms}
alerts:
  success: {metric: success_rate, flow: buy, below: 95%, for: 5m, notify: [pager, slack]}
  burn:    {metric: burn_rate, flow: buy, above: 14.4x, notify: [slack]}
  slow:    {metric: p99, flow: buy, above: 40ms, for: 2m}
  cpu:     {metric: cpu, component: api, above: 10%}
  up:      {metric: replicas_up, component: api, below: 2}
"""


@pytest.fixture(scope="module")
def shop() -> Architecture:
    return load_text(SHOP)


def buy(shop: Architecture, **options: object) -> Trace:
    return trace(shop, "buy", TraceOptions(**options))  # type: ignore[arg-type]


def test_random_times_stand_at_their_medians(shop: Architecture) -> None:
    """30 ms of network, 10 ms · ln 2 of core, 1 ms of cache, 6 ms of database."""
    assert buy(shop).response_ns == 30_000_000 + 6_931_472 + 1_000_000 + 6_000_000


def test_the_notes_warn_of_sums_of_medians(shop: Architecture) -> None:
    """Said once, because a time is random."""
    assert [note for note in buy(shop).notes if "median" in note] == [
        "every random time stands at its median; a sum of medians is not the median of the sum"
    ]


def test_assumed_cores_are_named() -> None:
    """A capacity nobody stated is said."""
    spec = "archspec: 1\nname: A\ncomponents: {user: {kind: client}, api: {kind: server}}\nconnections: [user -> api]\n"
    result = trace(load_text(spec + "flows: {ask: {from: user, steps: [{call: api, cpu: 1ms}]}}\n"), "ask")
    assert result.notes == (
        "assumed: `api` has 1 core per replica, because its `cpu` is used and no `cores` are given",
        "not modelled: bandwidth, connection set-up, TLS and TCP retransmission (put them into `latency`)",
    )


def test_a_failed_database_is_tried_again_after_half_the_jitter(shop: Architecture) -> None:
    """Full jitter stands at its median, w/2 = 10 ms."""
    calls = [
        (call.attempt, call.cause, call.backoff)
        for call in buy(shop, fail=("db",)).every_call()
        if call.component == "db"
    ]
    assert calls == [(1, "refused", 0), (2, "refused", 10_000_000)]


def test_a_failure_reaches_the_error_monitor_once_for_each_time_it_arose(shop: Architecture) -> None:
    """Two attempts of the database failed, both seen by the api; the 502s further out are not new."""
    events = [(event.source, event.monitor, event.cause) for event in buy(shop, fail=("db",)).emitted.errors]
    assert events == [("api", "sentry", "refused"), ("api", "sentry", "refused")]


def test_each_call_of_a_logging_component_is_one_record(shop: Architecture) -> None:
    """Only the api ships logs; its 502 is an error."""
    records = [(record.source, record.service, record.level) for record in buy(shop, fail=("db",)).emitted.logs]
    assert records == [("api-1", "logs", "error")]


def test_figures_derived_from_logs_say_so(shop: Architecture) -> None:
    """The log service feeds the metrics service."""
    derived = [m.derived_from for m in buy(shop).emitted.metrics if m.derived_from]
    assert derived == ["logs"]


def test_an_alert_says_when_it_would_fire_and_whom_it_tells(shop: Architecture) -> None:
    """`for` is 5 minutes, two channels are named."""
    sentences = [verdict.sentence for verdict in buy(shop, fail=("db",)).alerts if verdict.fires]
    assert sentences == [
        "success would fire after 5m and notify pager, slack",
        "burn would fire at once and notify slack",
        "cpu would fire at once, and nobody would be told",
    ]


def test_quiet_alerts_give_their_value(shop: Architecture) -> None:
    """The p99 of requests like this one is its response time."""
    verdicts = {verdict.alert: (verdict.value, verdict.fires) for verdict in buy(shop).alerts}
    assert verdicts == {
        "success": ("100%", False),
        "burn": ("0x", False),
        "slow": ("43.9 ms", True),
        "cpu": ("17.3%", True),
        "up": ("2", False),
    }


def test_a_dead_zone_is_routed_around(shop: Architecture) -> None:
    """The balancer has noticed: api-2 in the other zone answers, and one replica is missing."""
    result = buy(shop, fail=("zone-a",))
    assert [call.replica for call in result.every_call() if call.component == "api"] == ["api-2"]
    assert [verdict.value for verdict in result.alerts if verdict.alert == "up"] == ["1"]


def test_a_zone_that_died_just_now_is_silence(shop: Architecture) -> None:
    """Nobody has noticed: api-1 never answers, the balancer gives up after 2 s."""
    result = buy(shop, just_failed=("zone-a",))
    assert (result.status, result.cause, result.response_ns) == (504, "timeout", 2_030_000_000)


def test_a_slow_connection_takes_longer(shop: Architecture) -> None:
    """200 ms more, there and back."""
    ordinary, slow = buy(shop).response_ns, buy(shop, slow=("user -> lb=200ms",)).response_ns
    assert (slow or 0) - (ordinary or 0) == 200_000_000


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ({"fail": ("dbb",)}, "did you mean `db`"),
        ({"fail": ("user",)}, "always up"),
        ({"fail": ("api-3",)}, "did you mean `api-"),
        ({"slow": ("api",)}, "write `--slow api=5x`"),
        ({"slow": ("api=fast",)}, "write a factor `5x`"),
        ({"slow": ("api -> dbb=2x",)}, "did you mean `db`"),
        ({"miss": ("db",)}, "only a cache, cdn or function"),
        ({"miss": ("cart",)}, "did you mean `carts`"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_advice(
    shop: Architecture, options: dict[str, tuple[str, ...]], advice: str
) -> None:
    """The message says what to write."""
    with pytest.raises(UsageError, match=advice.replace("(", r"\(")):
        buy(shop, **options)


def test_an_unknown_flow_is_refused_with_advice(shop: Architecture) -> None:
    """What there is, is named."""
    with pytest.raises(UsageError, match="known are `buy`"):
        trace(shop, "bye")


def test_a_sampled_trace_equals_that_request_of_the_simulation() -> None:
    """Seed 7, requests 0 to 9 of a load so thin that each meets an empty system."""
    thin = load_text(SHOP.replace("rate: 100/s", "rate: 1/h"))
    results = simulate(thin, SimulationOptions(duration=_hours(40), seed=7, keep_requests=True))
    simulated = [(request.took, request.status) for request in results.requests[:10]]
    traced = [buy(thin, sample=True, seed=7, number=number) for number in range(10)]
    assert [(result.response_ns, result.status) for result in traced] == simulated


def test_steps_beyond_any_use_are_refused() -> None:
    """A thousand times a thousand times two is more than a trace should walk."""
    spec = """
archspec: 1
name: A
components: {user: {kind: client}, api: {kind: server}, db: {kind: database}}
connections: [user -> api, api -> db]
flows: {ask: {from: user, steps: [{call: api, times: 1000, steps: [{call: db, times: 2000}]}]}}
"""
    with pytest.raises(UsageError, match="lower `times`"):
        trace(load_text(spec), "ask")


def _hours(count: int) -> object:
    from archspec.model import Duration

    return Duration(count * 3600 * 10**9)


def test_what_is_written_to_a_cache_is_not_looked_up() -> None:
    """Reads hit or miss; a write is neither, though the cache never hits."""
    spec = """
archspec: 1
name: Sessions
components: {user: {kind: client}, api: {kind: server}, sessions: {kind: cache, hit: 0%}}
connections: [user -> api -> sessions]
flows:
  sign-in:
    from: user
    steps: [{call: api, steps: [{call: sessions, does: find}, {call: sessions, does: store, access: write}]}]
"""
    api = trace(load_text(spec), "sign-in").calls[0]
    assert isinstance(api, Call)
    assert [(call.does, call.cache) for call in api.children if isinstance(call, Call)] == [
        ("find", "miss"),
        ("store", None),
    ]


def test_what_a_delivery_does_not_have_is_said_with_what_stands_for_it() -> None:
    """A time-out that `defaults` give is meant for calls; one written on the queue's connection is in vain."""
    spec = """
archspec: 1
name: Deliveries
defaults: {connections: {timeout: 1s}}
components: {user: {kind: client}, jobs: {kind: queue}, crew: {kind: worker}}
connections: [user -> jobs, jobs -> crew: {retries: {attempts: 3}, max_concurrent: 2}]
flows:
  order: {from: user, rate: 1/s, steps: [{call: jobs, steps: [{call: crew, takes: 2s}]}]}
"""
    said = [
        "`retries` of `jobs -> crew` is not used: `max_deliveries` on `jobs` says how often a message is delivered",
        "`max_concurrent` of `jobs -> crew` is not used: `slots` of `crew` say how many messages it works on at once",
    ]
    assert [note for note in trace(load_text(spec), "order").notes if "is not used" in note] == said
    results = simulate(load_text(spec), SimulationOptions(warm_up=Duration(0)))
    assert [note for note in results.notes if "is not used" in note] == said


def test_a_write_to_a_copy_goes_to_its_primary_where_the_caller_is_connected_to_it() -> None:
    architecture = load_text(
        """
archspec: 1
name: Read replicas
components:
  c: {kind: client}
  api: {kind: server}
  pg: {kind: database, replicas: 3, failover: automatic}
  ro: {kind: database, replica_of: pg, replicas: 2}
connections:
  - c -> api
  - api -> [pg, ro]
flows:
  r: {from: c, steps: [{call: api, steps: [{call: ro, takes: 2ms}]}]}
  w: {from: c, steps: [{call: api, steps: [{call: [ro, pg], access: write, takes: 2ms}]}]}
"""
    )
    assert [call.replica for call in trace(architecture, "w").every_call()] == ["api-1", "pg-1"]
    assert [call.replica for call in trace(architecture, "r").every_call()] == ["api-1", "ro-1"]


def test_sixty_seconds_are_the_patience_of_a_client_and_not_of_a_worker() -> None:
    architecture = load_text(
        """
archspec: 1
name: Nightly
components:
  boss: {kind: person}
  etl: {kind: worker}
  warehouse: {kind: database}
connections: [etl -> warehouse, boss -> warehouse]
flows:
  nightly: {from: etl, steps: [{call: warehouse, takes: 20m}]}
  report: {from: boss, steps: [{call: warehouse, takes: 20m}]}
"""
    )
    found = {flow: trace(architecture, flow) for flow in architecture.flows}
    assert {flow: (each.cause, each.response_ns) for flow, each in found.items()} == {
        "nightly": (None, 1200 * 10**9),
        "report": ("timeout", 60 * 10**9),
    }


UNKNOWN = """
archspec: 1
name: Nothing is known of time
components:
  a: {kind: server}
  b: {kind: server, logs_to: logs, metrics_to: metrics}
  c: {kind: database}
  logs: {kind: log_service}
  metrics: {kind: metrics_service}
flows:
  f: {from: a, rate: 1/s, steps: [{call: b, steps: [{call: c}]}, {call: c, status: 404, optional: true}]}
connections:
  - a -> [b, c]
  - b -> c
alerts:
  slow: {metric: p99, flow: f, above: 1s}
"""


@pytest.mark.parametrize("name", list(reports(Subject.TRACE)))
def test_no_format_writes_a_time_where_none_is_known(name: str) -> None:
    unknown = load_text(UNKNOWN)
    written = reports(Subject.TRACE)[name].write(TracedRequest(unknown, trace(unknown, "f")))
    text = re.sub(r"<style>.*?</style>|<[^>]*>", "", written, flags=re.DOTALL)
    assert re.findall(r"[0-9.]+ ?(?:ms|ns|s)\b|_ms\": [1-9]|request_seconds|p99", text) == []


def test_a_stated_zero_is_zero_beside_what_is_not_known() -> None:
    found = trace(load_text(UNKNOWN.replace("[{call: c}]", "[{call: c, takes: 0ms}]")), "f")
    rows = [line.split() for line in tree(found).splitlines() if "─ " in line]
    assert rows == [
        ["├─", "b-1", "0", "ms", "0", "ms", "200"],
        ["│", "└─", "c-1", "0", "ms", "0", "ms", "200"],
        ["└─", "c-1", "0", "ms", "404"],
    ]


def test_a_trace_says_what_it_takes_for_no_time() -> None:
    found = trace(load_text(UNKNOWN.replace("[{call: c}]", "[{call: c, takes: 1ms}]")), "f")
    assert found.notes[0] == (
        "assumed: no time for `c`, because no `takes`, `cpu` or `latency` says how long a call takes"
    )


@pytest.mark.parametrize("branches", ["{call: db, takes: 1ms}, {takes: 2ms}", "{takes: 2ms}, {call: db, takes: 1ms}"])
def test_work_of_its_own_stands_before_calls_of_the_same_instant(branches: str) -> None:
    system = f"""
archspec: 1
name: At once
components: {{user: {{kind: client}}, api: {{kind: server}}, db: {{kind: database}}}}
connections: [user -> api -> db]
flows: {{ask: {{from: user, steps: [{{call: api, steps: [{{parallel: [{branches}]}}]}}]}}}}
"""
    (call,) = trace(load_text(system), "ask").calls
    assert isinstance(call, Call)
    assert [type(item) for item in call.children] == [OwnWork, Call]
