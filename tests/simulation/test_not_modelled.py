"""What a run says that it leaves out."""

from archspec import load_text
from archspec.simulation.compile import compile_system
from archspec.simulation.not_modelled import not_modelled

PLAIN = """
archspec: 1
name: Plain
components:
  user: {kind: person}
  api: {kind: server}
connections: [user -> api]
flows:
  ask: {from: user, rate: 1/s, steps: [{call: api, takes: 1ms}]}
"""
RICH = """
archspec: 1
name: Rich
components:
  user: {kind: person}
  lb: {kind: load_balancer, health_check: {}}
  api: {kind: server, cores: 2, replicas: 2}
  db: {kind: database, replicas: 2}
  slack: {kind: notification_channel}
connections: [user -> lb, lb -> api, api -> db]
flows:
  ask: {from: user, rate: 1/s, steps: [{call: lb, steps: [{call: api, cpu: 1ms, steps: [{call: db}]}]}]}
alerts:
  bad: {metric: success_rate, below: 99%, notify: [slack]}
"""


def said(text: str, *, alone: bool = False) -> str:
    architecture = load_text(text)
    return not_modelled(architecture, compile_system(architecture, ("ask",)), alone=alone)


def test_the_network_is_always_simpler_than_the_real_one() -> None:
    """A call without cores, balancer, copies or alerts."""
    assert said(PLAIN) == (
        "not modelled: bandwidth, connection set-up, TLS and TCP retransmission (put them into `latency`)"
    )


def test_each_part_is_said_of_systems_that_have_it() -> None:
    """Cores, health checks, a balancer, a copied database, an alert that tells somebody."""
    assert said(RICH).split("; ")[1:] == [
        "shared or preempted cores",
        "health checks that queue behind load",
        "a balancer's passive outlier ejection",
        "stale reads",
        "grouping and inhibition of alerts",
    ]


def test_of_a_request_that_is_alone_nothing_is_said_that_takes_load() -> None:
    """Nobody competes for cores with a traced request."""
    assert said(RICH, alone=True).split("; ")[1:] == ["stale reads", "grouping and inhibition of alerts"]


def test_what_a_function_does_not_say_is_assumed_and_listed() -> None:
    text = PLAIN.replace("api: {kind: server}", "api: {kind: function}")
    compiled = compile_system(load_text(text), ("ask",))

    assert compiled.assumed(sampled=False) == ()
    assert compiled.assumed(sampled=True) == (
        "`api` has as many instances as are asked for, because no `concurrency` is given",
        "`api` starts an instance in no time, because no `cold_start` is given",
    )
