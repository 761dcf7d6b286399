"""Promises against faults: cases worked out by hand."""

import json
from fractions import Fraction
from math import exp
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load, load_text
from archspec.model import FailureCause, Objective
from archspec.verification.defects import contradiction
from archspec.verification.foreseen import Foreseen
from archspec.verification.judging import CAUSES, judged
from archspec.verification.runs import independent
from archspec.verification.telling import told
from archspec.verification.values import Contradiction, Fault, FlowVerdict, Kept, State, Tried
from archspec.verification.verify import Options, verify

PAIR = """
archspec: 1
name: Pair
components:
  browser: {kind: client}
  lb: {kind: load_balancer, algorithm: random, health_check: {interval: 2s, unhealthy_after: 2}}
  api: {kind: server, replicas: 2, REPAIR}
connections:
  - browser -> lb
  - lb -> api
flows:
  ask:
    {from: browser, rate: 200/s, objective: {success: PROMISED}, steps: [{call: lb, steps: [{call: api, takes: 5ms}]}]}
"""

ZONE = """
archspec: 1
name: A zone with two whose death is noticed at different times
groups: {zone-a: {kind: zone, mtbf: 30d, mttr: 100s}, zone-b: {kind: zone}}
components:
  app: {kind: client}
  api: {kind: server, algorithm: random, replicas: 2, zones: [zone-a, zone-b], failover_time: 10s}
  store: {kind: database, replicas: 2, zones: [zone-a, zone-b], failover: automatic, failover_time: 1h}
connections:
  - app -> api: {timeout: 1s}
  - api -> store: {timeout: 100ms, retries: {attempts: 2}}
flows:
  ask:
    from: app
    rate: 200/s
    objective: {success: 99%}
    steps: [{call: api, steps: [{call: store, access: read, takes: 5ms}]}]
"""


def tried(text: str, part: str, promised: str = "99%", repair: str = "cores: 1", **options: bool) -> Tried:
    verdict = the_verdict(text, promised, repair, **options)
    return next(each for each in verdict.tried if each.fault.name == part)


def the_verdict(text: str, promised: str = "99%", repair: str = "cores: 1", **options: bool) -> FlowVerdict:
    (verdict,) = verify(
        load_text(text.replace("PROMISED", promised).replace("REPAIR", repair)), Options(**options)
    ).flows
    return verdict


def test_a_dead_replica_gets_its_share_until_a_check_has_noticed() -> None:
    """One of two, drawn at random, is dead for (2 - 1/2) x 2 s on average until it is taken out."""
    found = tried(PAIR, "api-1")
    assert found.until_noticed == 3.0
    assert found.unnoticed is not None
    assert found.unnoticed.success == pytest.approx(0.5, abs=0.08)
    assert (found.noticed.success, found.success, found.kept) == (1.0, 1.0, Kept.YES)


def test_who_asks_dead_replicas_for_ever_is_told_and_no_worker_that_nobody_waits_for() -> None:
    """`stats` may be full behind its topic for a moment, with a replica of `api` lost or not."""
    system = load_text("""archspec: 1
name: Shop
components:
  phone: {kind: client}
  edge: {kind: load_balancer, availability: 100%}
  api: {kind: server, replicas: 2}
  orders: {kind: topic, partitions: 6, availability: 100%}
  stats: {kind: worker, slots: 1, availability: 100%}
  lake: {kind: database, availability: 100%}
connections: [phone -> edge, edge -> api, api -> orders, orders -> stats, stats -> lake]
flows:
  buy:
    from: phone
    rate: 100/s
    objective: {success: 99%}
    steps: [{call: edge, steps: [{call: api, steps: [{call: orders, steps: [
      {call: stats, takes: 5ms, steps: [{call: lake, takes: 2ms}]}]}]}]}]
""")
    (verdict,) = verify(system).flows
    (broken,) = verdict.breaking
    assert told(broken).startswith("without `api-1` calls go on to the dead replicas of `api`: 50")


def test_both_states_count_by_their_time_where_the_repair_is_known() -> None:
    """Of a repair of 30 s on average the first 3 s take 1 - exp(-3/30) of the time, and half of it fails."""
    pair = PAIR.replace("algorithm: random,", "algorithm: random, replicas: 2,")
    found = tried(pair, "api-1", repair="mtbf: 30d, mttr: 30s")
    assert found.share_unnoticed == pytest.approx(1 - exp(-0.1))
    assert found.success == pytest.approx(1 - (1 - exp(-0.1)) / 2, abs=0.01)
    assert found.kept is Kept.ALLOWED


def test_what_a_zone_takes_along_is_noticed_one_by_one() -> None:
    """Half fail for the 10 s until the api is known to be dead; reads find the other copy of the store all along."""
    found = tried(ZONE, "zone-a")
    assert [stage.until for stage in found.passing] == [10.0, 3600.0]
    assert [stage.state.success for stage in found.passing] == [pytest.approx(0.5, abs=0.08), 1.0]
    assert found.success == pytest.approx(1 - (1 - exp(-0.1)) / 2, abs=0.01)


def test_a_promise_leaves_room_for_a_fault_that_is_rare_enough() -> None:
    """Without the balancer nothing works: 0.5% of the time is too much for 99.9%, and not for 99%."""
    rare = PAIR.replace("algorithm: random,", "algorithm: random, availability: 99.5%,")
    assert the_verdict(rare, "99%").kept is Kept.ALLOWED
    assert the_verdict(rare, "99.9%").kept is Kept.NO


def test_what_has_no_figure_breaks_a_promise() -> None:
    verdict = the_verdict(PAIR)
    assert [each.fault.name for each in verdict.breaking] == ["lb-1"]
    assert verdict.kept is Kept.NO
    assert verdict.breaking[0].why == ("none succeed; all are refused",)
    assert verdict.breaking[0].command == "archspec simulate architecture.yaml --fail lb-1 --duration 2.6s"


def test_of_alike_replicas_one_is_tried_and_pairs_are_both() -> None:
    assert [each.fault.name for each in the_verdict(PAIR).tried] == ["lb-1", "api-1"]
    assert [each.fault.name for each in the_verdict(PAIR, pairs=True).tried] == [
        "lb-1", "api-1", "api-1 + api-2", "lb-1 + api-1"
    ]  # fmt: skip


@pytest.mark.parametrize(("requests", "kept"), [(2999, Kept.UNKNOWN), (3000, Kept.YES)])
def test_three_over_the_allowed_share_must_go_well_before_a_promise_counts_as_kept(requests: int, kept: Kept) -> None:
    objective = load_text(PAIR.replace("PROMISED", "99.9%").replace("REPAIR", "cores: 1")).flows["ask"].objective
    assert judged(objective, [(1.0, State(requests, requests, (), (), None))])[0] is kept


def test_flows_that_share_nothing_that_fills_are_run_apart() -> None:
    platform = load("specs/video_platform/architecture.yaml")
    flows = [flow.id for flow in platform.flows.values() if flow.rate]
    assert independent(platform, flows) == [("watch-video", "sign-in", "video-not-found"), ("fetch-segment",)]


def test_a_flow_by_itself_runs_as_it_does_among_all(capsys: pytest.CaptureFixture[str]) -> None:
    """The command that a fault comes with shows what was found: requests, and how many of them went well."""
    platform = "specs/video_platform/architecture.yaml"
    (flow,) = [each for each in verify(load(platform), Options(platform)).flows if each.flow == "fetch-segment"]
    (found,) = [each for each in flow.tried if each.fault.name == "videos-1"]
    _, *words = found.command.split()
    assert run([*words, "--format", "json"]) == 0
    ran = json.loads(capsys.readouterr().out)["flows"]["fetch-segment"]
    assert ran["offered"] == found.noticed.offered
    assert ran["ok"] + ran["in_flight"] >= found.noticed.ok >= ran["ok"]


def test_three_times_the_load_is_tried_where_it_is_asked_for() -> None:
    system = load_text(PAIR.replace("PROMISED", "99%").replace("takes: 5ms", "cpu: 5ms").replace("REPAIR", "cores: 1"))
    found = verify(system, Options(head_room=Fraction(3)))
    assert [(each.level, each.calm.grows is None) for each in found.flows] == [(1, True), (3, False)]


FAULT = Fault(("api-1",), ("api",), None, None)


@pytest.mark.parametrize(
    ("fault", "ok", "kind"),
    [
        (FAULT, 1000, None),
        (FAULT, 600, Contradiction.UNFORESEEN),
        (Fault(("lb-1",), ("lb",), None, None), 1000, Contradiction.REFUTED),
        (Fault(("lb-1",), ("lb",), None, None), 0, None),
    ],
)
def test_a_run_contradicts_what_it_shows_otherwise(fault: Fault, ok: int, kind: Contradiction | None) -> None:
    foreseen = Foreseen(load_text(PAIR.replace("PROMISED", "99%").replace("REPAIR", "cores: 1")))
    calm, ran = State(1000, 1000, (), (), None), State(1000, ok, (), (), None)
    found = contradiction(foreseen, "ask", fault, calm, ran)
    assert (found and found.kind) == kind


@pytest.mark.parametrize("name", ["text", "json", "csv", "markdown", "concise", "sarif", "github", "gitlab", "junit"])
def test_every_format_tells_of_a_broken_promise(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = tmp_path / "pair.yaml"
    spec.write_text(PAIR.replace("PROMISED", "99%").replace("REPAIR", "cores: 1"))
    assert run(["verify", str(spec), "--format", name, "--quiet"]) == 1
    assert "lb-1" in capsys.readouterr().out


def test_a_suppressed_finding_or_a_kept_promise_exits_with_0(tmp_path: Path) -> None:
    spec = tmp_path / "pair.yaml"
    text = PAIR.replace("PROMISED", "99%").replace("REPAIR", "cores: 1")
    spec.write_text(text.replace("  ask:", "  # archspec: ignore[VER01] the balancer is a managed one\n  ask:"))
    assert run(["verify", str(spec), "--quiet"]) == 0
    spec.write_text(text.replace("algorithm: random,", "algorithm: random, replicas: 2,"))
    assert run(["verify", str(spec), "--quiet"]) == 0


def test_every_cause_of_a_failure_has_its_words() -> None:
    assert {cause.value for cause in FailureCause} | {"unanswered"} == set(CAUSES)


def test_a_queue_that_hardly_forgets_is_run_to_the_bound() -> None:
    """Three of four replicas have as much to do as they can: a short run would not show how late answers get."""
    peak = load("specs/lessons/deploy_at_peak/architecture.yaml")
    (flow,) = verify(peak).flows
    assert [each.fault.name for each in flow.breaking] == ["lb-1", "api-1"]


SESSIONS = """
archspec: 1
name: Two hold what one cannot
components:
  app: {kind: client}
  lb: {kind: load_balancer, algorithm: least_connections, health_check: {interval: 2s, unhealthy_after: 2}}
  gw: {kind: gateway, replicas: 2, connections: PLACES}
connections: [app -> lb, lb -> gw]
flows:
  stay:
    {from: app, session: {users: 100, lasts: exponential(1m), reconnect: constant(100ms)},
     steps: [{call: lb, steps: [{call: gw}]}]}
  say:
    {from: app, via: stay, rate: 200/s, objective: {success: 99%}, steps: [{call: lb, steps: [{call: gw, takes: 1ms}]}]}
"""


@pytest.mark.parametrize(
    ("places", "kept", "success", "full"), [(100, Kept.YES, 1, ()), (60, Kept.NO, 0.6, ("the places of `gw`",))]
)
def test_what_runs_over_sessions_fails_for_those_who_find_no_place(
    places: int, kept: Kept, success: float, full: tuple[str, ...]
) -> None:
    """Without one of two replicas 60 of 100 users are connected, and every request is one of theirs."""
    verification = verify(load_text(SESSIONS.replace("PLACES", str(places))))
    say = next(each for each in verification.flows if each.flow == "say")
    lost = next(each for each in say.tried if each.fault.name == "gw-1")

    assert (lost.kept, lost.full, verification.defects) == (kept, full, ())
    assert lost.noticed.success == pytest.approx(success, abs=0.02)


def test_where_nothing_is_answered_no_percentile_is_called_kept() -> None:
    """All of 100 are refused; a promise of times alone says nothing of that."""
    state = State(100, 0, (("refused", 100),), (), None)

    assert judged(Objective.model_validate({"p99": "300ms"}), [(1.0, state)]) == (
        Kept.UNKNOWN,
        ("no request is answered well, and no success is promised",),
    )


NEAR = """
archspec: 1
name: One of three asks for all
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}, zone-c: {kind: zone}}
components:
  app: {kind: client, group: zone-a}
  api: {kind: server, replicas: 3, zones: [zone-a, zone-b, zone-c]}
  cache: {kind: cache, replicas: 2, failover: automatic}
  rows: {kind: database, replicas: 2, zones: [zone-a, zone-b], failover: automatic}
connections:
  - app -> api: {prefer: same_zone}
  - api -> cache
  - api -> rows: {max_concurrent: 4}
flows:
  ask:
    from: app
    rate: 50/s
    steps:
      - {call: api, steps: [{call: cache, hit: 0.9, on_miss: [{call: rows, access: read, takes: exponential(20ms)}]}]}
"""


def test_a_pool_fills_by_what_the_fullest_of_its_callers_asks() -> None:
    """Without the cache one Erlang is asked for over four connections: of so many 1.5% are refused (Erlang B)."""
    foreseen = Foreseen(load_text(NEAR))

    assert foreseen.full(None) == ()
    assert foreseen.full(Fault(("cache",), ("cache",), None, None)) == ("the connections of `api -> rows`",)


SIDES = """
archspec: 1
name: Each side asks its own
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}}
components:
  app: {kind: client}
  lb: {kind: load_balancer, replicas: 2, zones: [zone-a, zone-b]}
  api: {kind: server, replicas: 4, zones: [zone-a, zone-b], cores: 2}
  rows: {kind: database, replicas: 2, zones: [zone-a, zone-b], slots: 1, failover: automatic}
connections:
  - app -> lb
  - lb -> api: {prefer: same_zone}
  - api -> rows: {prefer: same_zone}
flows:
  ask:
    from: app
    rate: 120/s
    steps: [{call: lb, steps: [{call: api, steps: [{call: rows, access: read, takes: 10ms}]}]}]
"""


@pytest.mark.parametrize(
    ("part", "owner", "full"),
    [
        ("lb-1", "lb", ("the slots of `rows`",)),
        ("lb-2", "lb", ("the slots of `rows`",)),
        ("rows-2", "rows", ("the slots of `rows`",)),
        ("api-1", "api", ()),
        ("zone-b", "zone-b", ("the slots of `rows`",)),
    ],
)
def test_whoever_asks_those_near_asks_for_more_on_one_side_when_the_other_is_gone(
    part: str, owner: str, full: tuple[str, ...]
) -> None:
    """Each side has 60% to do, and would have 120% without the other; two of `api` stand on each."""
    foreseen = Foreseen(load_text(SIDES))

    assert foreseen.full(None) == ()
    assert foreseen.full(Fault((part,), (owner,), None, None)) == full
    assert foreseen.fills(Fault((part,), (owner,), None, None), "ask") == full


SILENT = """
archspec: 1
name: A silent store holds the server that asks it
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}}
components:
  app: {kind: client}
  api: {kind: server, replicas: 2, zones: [zone-b], slots: 2}
  rows: {kind: database, zones: [zone-a]}
connections:
  - app -> api: {timeout: 3s}
  - api -> rows: {timeout: 1s}
flows:
  ask:
    from: app
    rate: 20/s
    objective: {success: 99%}
    steps: [{call: api, steps: [{call: rows, access: read, takes: 10ms, chance: 50%}]}]
"""


def test_a_zone_that_falls_silent_holds_whoever_waits_for_what_stood_in_it() -> None:
    """Ten of twenty requests a second wait a second each, in four slots: nobody is answered, not the half of them."""
    verification = verify(load_text(SILENT))
    zone, store = (
        next(each for each in verification.flows[0].tried if each.fault.name == name) for name in ("zone-a", "rows-1")
    )

    assert verification.defects == ()
    assert (zone.full, zone.noticed.success) == (("the slots of `api`",), pytest.approx(0, abs=0.1))
    assert (store.full, store.noticed.success) == ((), pytest.approx(0.5, abs=0.05))


WAITS = """
archspec: 1
name: Calls wait for the store that is left, and hold their connections
components:
  app: {kind: client}
  api: {kind: server, replicas: 3}
  db: {kind: database, replicas: 2, slots: 3, failover: automatic}
connections:
  - app -> api
  - api -> db: {max_concurrent: 5}
flows:
  ask: {from: app, rate: 100/s, steps: [{call: api, steps: [{call: db, access: read, takes: exponential(20ms)}]}]}
"""


def test_a_pool_fills_by_what_waits_for_the_replicas_that_are_left() -> None:
    """Two Erlangs on three slots instead of six: calls wait, and hold a connection as they do."""
    foreseen = Foreseen(load_text(WAITS))

    assert foreseen.full(None) == ()
    assert foreseen.full(Fault(("db-1",), ("db",), None, None)) == ("the connections of `api -> db`",)


def test_who_can_do_without_a_full_pool_does_and_that_is_no_contradiction() -> None:
    """Eight connections are asked for where there are five, by a call that is optional."""
    text = WAITS.replace("access: read,", "access: read, optional: true,").replace("rate: 100/s", "rate: 1000/s")
    verification = verify(load_text(text))

    assert any(each.code == "PRF03" for each in Foreseen(load_text(text)).findings)
    assert verification.defects == ()
