"""No smaller change does: on small systems, every one of them is run."""

from fractions import Fraction
from itertools import product

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.planning.levers import Kind, change_of, kinds_of, levers_of, with_change
from archspec.planning.plan import Options, plan
from archspec.planning.proof import Candidate
from archspec.planning.values import Plan
from archspec.simulation.studies.load_level import at_level
from archspec.verification.faults import single_faults
from archspec.verification.rates import rates_of

CHECK = "health_check: {interval: 2s, unhealthy_after: 2}"
HEAD = """
archspec: 1
name: Small
components:
  user: {kind: client}
"""
SYSTEMS = {
    "replicas of one server": HEAD + f"""
  lb: {{kind: load_balancer, replicas: 2, {CHECK}}}
  api: {{kind: server, replicas: 2, cores: 1}}
connections: [user -> lb, lb -> api]
flows:
  ask: {{from: user, rate: 120/s, objective: {{success: 99%, p99: 200ms}},
        steps: [{{call: lb, steps: [{{call: api, cpu: 5ms}}]}}]}}
""",
    "slots that are held": HEAD + f"""
  lb: {{kind: load_balancer, replicas: 2, {CHECK}}}
  api: {{kind: server, replicas: 2, slots: 8}}
connections: [user -> lb, lb -> api]
flows:
  ask: {{from: user, rate: 100/s, objective: {{success: 99%, p99: 400ms}},
        steps: [{{call: lb, steps: [{{call: api, takes: 50ms}}]}}]}}
""",
    "a pool": HEAD + f"""
  lb: {{kind: load_balancer, replicas: 2, {CHECK}}}
  api: {{kind: server, replicas: 3}}
  db: {{kind: database, availability: 100%}}
connections: [user -> lb, lb -> api, {{from: api, to: db, max_concurrent: 4}}]
flows:
  ask: {{from: user, rate: 100/s, objective: {{success: 99%}},
        steps: [{{call: lb, steps: [{{call: api, steps: [{{call: db, access: read, takes: 20ms}}]}}]}}]}}
""",
    "two in a row": HEAD + """
  api: {kind: server, cores: 1, failover_time: 1s}
  store: {kind: server, cores: 1, failover_time: 1s}
connections: [user -> api, api -> store]
flows:
  ask: {from: user, rate: 60/s, objective: {success: 99%},
        steps: [{call: api, cpu: 5ms, steps: [{call: store, cpu: 4ms}]}]}
""",
    "two zones": """
archspec: 1
name: Small
groups: {zone-a: {kind: zone}, zone-b: {kind: zone}}
components:
  user: {kind: client}
  api: {kind: server, replicas: 2, cores: 1, zones: [zone-a, zone-b], failover_time: 1s}
connections: [user -> api]
flows:
  ask: {from: user, rate: 90/s, objective: {success: 99%, p99: 300ms}, steps: [{call: api, cpu: exponential(5ms)}]}
""",
    "places of sessions": HEAD + f"""
  lb: {{kind: load_balancer, replicas: 2, {CHECK}, algorithm: least_connections}}
  gw: {{kind: gateway, replicas: 3, connections: 100}}
connections: [user -> lb, lb -> gw]
flows:
  stay: {{from: user, session: {{users: 80, lasts: exponential(1m)}}, steps: [{{call: lb, steps: [{{call: gw}}]}}]}}
  say: {{from: user, via: stay, rate: 50/s, objective: {{success: 99%}},
        steps: [{{call: lb, steps: [{{call: gw, takes: 1ms}}]}}]}}
""",
}  # fmt: skip
each_system = pytest.mark.parametrize("text", SYSTEMS.values(), ids=SYSTEMS)


def found(text: str, level: int = 3, *kinds: Kind) -> Plan:
    return plan(load_text(text), Options(Fraction(level), kinds or tuple(Kind)))


@each_system
def test_no_smaller_change_keeps_the_promises(text: str) -> None:
    """Every combination of steps that adds less in sum is run, none left out by what analyze computes."""
    answer = found(text)
    assert answer.change is not None
    base = at_level(load_text(text), None, Fraction(3))
    rates = rates_of(base)
    levers, smaller = levers_of(base, rates, Kind), 0
    reach = [int(answer.change.size / (lever.step / lever.value)) + 1 for lever in levers]
    for steps in product(*(range(most + 1) for most in reach)):
        if change_of(levers, steps).size >= answer.change.size:
            continue
        architecture = with_change(base, levers, steps)
        lost = frozenset(each.parts for each in single_faults(architecture, rates) if each.name in answer.beyond)
        assert Candidate(architecture, levers, rates, lost, 1).run() is not None, change_of(levers, steps)
        smaller += 1
    assert smaller > 0


def test_three_times_the_load_of_a_store_by_hand() -> None:
    """360/s x 5 ms are 1.8 cores, which two replicas of one core must do when a third is lost."""
    answer = found(SYSTEMS["replicas of one server"], 3, Kind.REPLICAS)
    assert answer.change is not None
    assert [(each.key, each.after) for each in answer.change.settings] == [("api.replicas", 3)]


def test_three_times_the_users_need_a_quarter_more_places_at_each_of_the_two_that_are_left() -> None:
    """Of 240 users two replicas of 125 places hold all; a fourth replica would be a third more."""
    answer = found(SYSTEMS["places of sessions"])
    assert answer.change is not None
    assert [(each.key, each.after) for each in answer.change.settings] == [("gw.connections", 125)]


def test_what_no_number_of_replicas_mends_is_left_out_and_told() -> None:
    text = SYSTEMS["two in a row"].replace(
        "store: {kind: server, cores: 1, failover_time: 1s}", "store: {kind: external}"
    )
    assert found(text.replace("cpu: 4ms", "takes: 4ms")).beyond == ("store",)


def test_a_spec_that_keeps_its_promises_needs_no_change() -> None:
    answer = found(SYSTEMS["replicas of one server"], 1)
    assert answer.change is not None
    assert answer.change.settings == ()
    assert {(each.flow, each.figure) for each in answer.margins} == {("ask", "success"), ("ask", "p99")}


def test_without_a_promise_there_is_nothing_to_plan_for() -> None:
    with pytest.raises(UsageError, match="give one an `objective`"):
        found(SYSTEMS["two zones"].replace("objective: {success: 99%, p99: 300ms}, ", ""))


def test_what_may_grow_is_named_as_in_the_spec() -> None:
    assert kinds_of(["cores"]) == (Kind.CORES,)
    with pytest.raises(UsageError, match="did you mean `cores`"):
        kinds_of(["core"])


def test_what_breaks_a_promise_in_any_number_is_left_out_after_one_run_of_the_most() -> None:
    """Without a health check a balancer goes on to the dead one of replicas: of sixty-four still more than 0.1%."""
    text = SYSTEMS["replicas of one server"].replace(f"lb: {{kind: load_balancer, replicas: 2, {CHECK}}}", "{}")
    lb = "lb: {kind: load_balancer, replicas: 2, availability: 100%, failover_time: 1s}"
    answer = found(text.replace("{}", lb).replace("99%, p99: 200ms", "99.9%"), 3)
    assert answer.change is not None
    assert answer.beyond == ("api-1",)
    assert len(answer.tried) < 6
    (note,) = answer.notes
    assert note.startswith("with everything as large as it may get, without `api-1` ask: 9")
    assert note.endswith("calls go on to the dead replicas of `api`; a `health_check` ends that")


def test_where_a_topic_has_too_few_partitions_it_gets_more() -> None:
    """60/s x 40 ms are 2.4 messages at once, which two partitions do not hand out."""
    answer = found(
        HEAD
        + """
  api: {kind: server, replicas: 2, failover_time: 1s}
  orders: {kind: topic, replicas: 2, partitions: 2}
  mailer: {kind: worker, replicas: 2, slots: 8}
connections: [user -> api, api -> orders, orders -> mailer]
flows:
  ask: {from: user, rate: 20/s, objective: {success: 99%},
        steps: [{call: api, steps: [{call: orders, steps: [{call: mailer, takes: 40ms}]}]}]}
""",
        3,
        Kind.PARTITIONS,
    )
    assert answer.change is not None
    assert [(each.key, each.after) for each in answer.change.settings] == [("orders.partitions", 3)]


def test_jobs_are_left_out_and_told_with_what_they_ask_too_much_of() -> None:
    """Two branches of an hour keep two slots busy beside half a slot of 10/s x 50 ms."""
    text = (
        HEAD
        + """
  cron: {kind: job}
  api: {kind: server, replicas: 2, failover_time: 1s}
  db: {kind: database, slots: 2, availability: 100%}
connections: [user -> api, api -> db, cron -> db]
flows:
  ask: {from: user, rate: 10/s, objective: {success: 99%}, steps: [{call: api, steps: [{call: db, takes: 50ms}]}]}
  night: {from: cron, every: 1d, steps: [{parallel: [{call: db, takes: 1h}, {call: db, takes: 1h}]}]}
"""
    )
    assert found(text, 1, Kind.REPLICAS).notes == (
        "`night`: by the clock, and in no run of the plan",
        "with 1 run of `night` in work a replica of `db` is asked for 2.5 slots of 2: what meets it takes longer",
    )
