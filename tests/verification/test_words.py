"""What a verification says of systems, whole: its report, and its findings with their places."""

from fractions import Fraction

import pytest

from archspec.language import load_text
from archspec.reports import report_for
from archspec.reports.report import Subject
from archspec.verification.judge import outcome_of
from archspec.verification.telling import unnoticed
from archspec.verification.values import Fault, Kept, Stage, State, Tried
from archspec.verification.verify import Options, verify
from tests.conftest import Golden
from tests.verification.test_verify import PAIR, ZONE

SHOP = """archspec: 1
name: Shop
components:
  customer: {kind: client}
  web: {kind: server, replicas: 2, slots: 2, failover_time: 5s}
  rates: {kind: external}
  orders: {kind: queue}
  packer: {kind: worker}
  db: {kind: database, mtbf: 100d, mttr: 10m}
connections: [customer -> web, web -> rates, web -> orders, orders -> packer, web -> db]
flows:
  buy:
    from: customer
    rate: 50/s
    objective: {success: 99.9%, p99: 100ms}
    steps: [{call: web, steps: [{call: db, takes: 4ms}, {call: orders, steps: [{call: packer, takes: PACKING}]}]}]
  convert:
    from: customer
    rate: 5/s
    objective: {success: 99%}
    steps: [{call: web, steps: [{call: rates, takes: 10ms}]}]
  look: {from: customer, rate: 5/s, steps: [{call: web, takes: 1ms}]}
"""
CASES = {
    "pair": (PAIR.replace("PROMISED", "99.9%").replace("REPAIR", "mtbf: 30d, mttr: 30s"), Options()),
    "pair-promised-less": (PAIR.replace("PROMISED", "90%").replace("REPAIR", "cores: 1"), Options(pairs=True)),
    "zone": (ZONE, Options()),
    "shop": (SHOP.replace("PACKING", "15ms"), Options(file="shop.yaml")),
    "shop-whose-queue-grows": (SHOP.replace("PACKING", "25ms"), Options(file="shop.yaml")),
    "shop-with-room": (SHOP.replace("PACKING", "4ms"), Options(head_room=Fraction(9), seed=2)),
    "nothing-promised": (SHOP[: SHOP.index("  buy")] + SHOP[SHOP.index("  look") :], Options()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_verification_says_what_it_said_before(name: str, golden: Golden) -> None:
    text, options = CASES[name]
    architecture = load_text(text)
    found = verify(architecture, options)
    report = str(report_for(Subject.VERIFICATION).write(found))
    findings = [
        f"{each.severity.value} {each.code} at {each.span and each.span.label} of {each.element}: {each.text}"
        for each in outcome_of(architecture, found).findings
    ]
    golden(f"tests/verification/expected/{name}.txt", "\n".join([report, *findings, ""]))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "`s1`"),
        (2, "`s1` or `s2`"),
        (5, "`s1`, `s2`, `s3`, `s4` or `s5`"),
        (6, "`s1`, `s2`, `s3`, `s4` or any of 2 more"),
    ],
)
def test_faults_that_do_the_same_harm_are_told_together(count: int, words: str) -> None:
    state, well = State(1000, 500, (), (), None), State(1000, 1000, (), (), None)
    passing = (Stage(30.0, state),)
    lost = [Fault((f"s{number}",), (f"s{number}",), None, None) for number in range(1, count + 1)]
    tried = [Tried(fault, well, passing, 30.0, None, (), (), Kept.YES, (), "") for fault in lost]
    assert unnoticed(tried) == [f"before the loss is noticed (30 s on average): 50% fail without {words}"]
