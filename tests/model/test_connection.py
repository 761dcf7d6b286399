"""Connections: how a call is made."""

import pytest

from archspec.model import Connection
from tests.model.specs import mistakes, spec

PARTS = "components: {a: {kind: server}, b: {kind: server}}\nconnections:\n"


def edge(fields: str) -> Connection:
    return spec(PARTS + f"  - a -> b: {{{fields}}}\n").connections[0]


@pytest.mark.parametrize(
    ("fields", "encrypted"),
    [
        ("protocol: https", True),
        ("protocol: HTTP", False),
        ("protocol: postgresql", None),
        ("protocol: [https, http]", False),
        ("protocol: [https, grpc]", None),
        ("protocol: http, encryption: in_transit", True),
        ("protocol: https, encryption: none", False),
        ("label: x", None),
    ],
)
def test_encryption_is_stated_or_known_by_protocol(fields: str, encrypted: bool | None) -> None:
    assert edge(fields).encrypted is encrypted


def test_a_message_protocol_is_known_by_its_name() -> None:
    assert [edge(f"protocol: {name}").speaks_messages for name in ("amqp", "kafka", "https")] == [True, True, False]


def test_what_is_not_said_has_its_default() -> None:
    plain = edge("circuit_breaker: {opens_after: 50%}")
    breaker = plain.circuit_breaker
    assert breaker is not None
    assert (str(breaker.over), breaker.min_calls, str(breaker.half_open_after), breaker.probes) == ("10s", 20, "5s", 1)
    assert (plain.timeout, plain.retries, plain.access, plain.latency, plain.loss) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("fields", "message", "remedy"),
    [
        ("retries: 3", "`3` is not a mapping", "write `retries: {attempts: 3}`."),
        ("retries: {backoff: constant(1s)}", "`retries` has no `attempts`", "add `attempts: …`."),
        ("retries: {attempts: 0}", "0 is below 1", "write a number from 1 up."),
        (
            "circuit_breaker: {over: 10s}",
            "`circuit_breaker` has no `opens_after`",
            "add `opens_after`, such as `opens_after: 0.95`.",
        ),
        ("access: append", "`append` is not a value of `access`", "write one of `read`, `write`."),
        ("timout: 1s", "a connection has no field `timout`", "did you mean `timeout`?"),
        ("max_concurrent: 0", "0 is below 1", "write a number from 1 up."),
        ("loss: 1", "`1` is not a ratio: `100%` or `1%`?", "write it as `95%`, `0.1%`, `0.95`."),
    ],
)
def test_a_wrong_field_is_refused_with_a_remedy(fields: str, message: str, remedy: str) -> None:
    assert mistakes(PARTS + f"  - a -> b: {{{fields}}}\n") == [(message, remedy)]
