"""A run does after a failure what the one description of a call says, which analysis reads too."""

import pytest

from archspec.model import Attempts, Duration, Failure, FailureCause
from archspec.model.attempts import answered_after
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import Call, TraceOptions
from tests.model.specs import spec

SPEC = """
components:
  user: {{kind: client}}
  gate: {{kind: {gate}}}
  inner: {{kind: server}}
  part: {{kind: server}}
connections:
  - {{from: user, to: gate, retries: {{attempts: 3}}}}
  - {{from: gate, to: [inner, part]{inner}}}
  - {{from: inner, to: part{part}}}
flows:
  ask: {{from: user, request: {method} /, steps: [{{call: gate, steps: [{step}]}}]}}
"""
FAILURES = {
    # how the call of `gate` ends, and what makes it end so
    "status": [{"step": f"{{call: part, status: {status}}}"} for status in (429, *range(500, 505))],
    "inside": [{"step": f"{{call: inner, steps: [{{call: part, status: {status}}}]}}"} for status in (429, 500, 503)],
    "timeout": [{"step": "{call: inner, takes: 1s}", "inner": ", timeout: 100ms"}],
}


@pytest.mark.parametrize("gate", ["gateway", "server"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("how", FAILURES)
def test_a_run_tries_again_after_what_the_description_of_a_call_says(how: str, method: str, gate: str) -> None:
    """Its cause and status, and whether it arose at the callee, say whether another attempt follows."""
    for failure in FAILURES[how]:
        text = SPEC.format(gate=gate, method=method, **{"inner": "", "part": "", **failure})
        asked = spec(text)
        described = Attempts(3, None, method == "GET")
        attempts = [call for call in trace(asked, "ask").every_call() if call.component == "gate"]

        assert [call.cause is not None for call in attempts] == [True] * len(attempts)
        again = [described.tries_again_after(_failure(call)) for call in attempts]
        assert again == [True] * (len(attempts) - 1) + [again[-1]], (failure, attempts)
        assert len(attempts) == (3 if again[-1] else 1), (failure, attempts)


@pytest.mark.parametrize(("fail", "cause"), [("gate", FailureCause.REFUSED), ("zone", FailureCause.TIMEOUT)])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_run_tries_again_after_a_refusal_or_silence_as_the_description_says(
    fail: str, cause: FailureCause, method: str
) -> None:
    text = SPEC.format(gate="server", method=method, inner="", part="", step="{call: part}")
    grouped = "groups: {zone: {kind: zone}}" + text.replace(
        "gate: {kind: server}", "gate: {kind: server, zones: [zone]}"
    )
    asked = spec(grouped.replace("retries: {attempts: 3}", "timeout: 1s, retries: {attempts: 3}"))
    attempts = list(trace(asked, "ask", TraceOptions(fail=(fail,))).every_call())

    assert {call.cause for call in attempts} == {cause.value}
    described = Attempts(3, Duration.read("1s"), method == "GET")
    assert len(attempts) == (3 if described.tries_again_after(Failure(cause, None)) else 1)


@pytest.mark.parametrize(("gate", "is_proxy"), [("gateway", True), ("server", False)])
@pytest.mark.parametrize("status", [429, *range(500, 512)])
def test_a_caller_answers_after_a_failure_what_the_description_says(gate: str, is_proxy: bool, status: int) -> None:
    text = SPEC.format(gate=gate, method="POST", inner="", part="", step=f"{{call: part, status: {status}}}")
    answered = next(call for call in trace(spec(text), "ask").every_call() if call.component == "gate")

    assert answered.status == answered_after(Failure(FailureCause.ERROR, status), is_proxy=is_proxy)


def _failure(call: Call) -> Failure:
    assert call.cause is not None
    return Failure(FailureCause(call.cause), call.status, call.originates or call.answered is None)


TWO_REGIONS = """
components:
  u: {kind: client}
  east: {kind: server}
  west: {kind: server}
  db: {kind: database}
  copy: {kind: database, replica_of: db}
connections:
  - u -> [east, west]
  - east -> db
  - west -> [db, copy]
flows:
  f: {from: u, steps: [{call: [east, west], steps: [{call: [db, copy], access: ACCESS}]}]}
"""


@pytest.mark.parametrize(
    ("caller", "access", "asked"),
    [
        ("east", "read", ("db",)),
        ("west", "read", ("db", "copy")),
        ("west", "write", ("db",)),
        ("u", "read", ("db", "copy")),
    ],
)
def test_a_caller_may_ask_those_of_a_list_that_it_is_connected_to(caller: str, access: str, asked: object) -> None:
    """A write to the copy goes to its primary; who is connected to none may ask all, and lint says so."""
    built = spec(TWO_REGIONS.replace("ACCESS", access))

    assert built.asked_by(caller, built.flows["f"].steps[0].steps[0]) == asked


EAST_AND_WEST = """
components:
  user: {kind: client}
  dns: {kind: dns, replicas: 2}
  lb-east: {kind: load_balancer, replicas: 2}
  lb-west: {kind: load_balancer, replicas: 2}
  api-east: {kind: server, replicas: 2}
  api-west: {kind: server, replicas: 2}
connections:
  - user -> dns
  - dns -> [lb-east, lb-west]
  - lb-east -> api-east
  - lb-west -> api-west
flows:
  read:
    from: user
    steps:
      - call: dns
        steps:
          - call: [lb-east, lb-west]
            steps: [{call: [api-east, api-west], takes: 5ms}]
"""


@pytest.mark.parametrize(("lost", "asked"), [("lb-west", "api-east"), ("lb-east", "api-west")])
def test_each_of_two_regions_asks_its_own(lost: str, asked: str) -> None:
    traced = trace(spec(EAST_AND_WEST), "read", TraceOptions(fail=(lost,)))

    assert [call.component for call in traced.every_call() if call.component.startswith("api")] == [asked]


REGIONS = """
components:
  user: {kind: client}
  lb: {kind: load_balancer, algorithm: priority}
  eu: {kind: server, replicas: 2}
  us: {kind: server}
  db-eu: {kind: database, replicas: 2}
  db-us: {kind: database}
connections:
  - user -> lb
  - {from: lb, to: [eu, us], retries: {attempts: 2}}
  - eu -> db-eu
  - us -> db-us
flows:
  read: {from: user, steps: [{call: lb, steps: [{call: [eu, us], steps: [{call: [db-eu, db-us]}]}]}]}
  write: {from: user, steps: [{call: lb, steps: [{call: [db-eu, db-us], access: write}]}]}
"""


def test_a_retry_asks_another_of_the_list_before_another_replica_of_the_same() -> None:
    traced = trace(spec(REGIONS), "read", TraceOptions(fail=("db-eu",)))

    assert (traced.status, [call.replica for call in traced.every_call() if call.component in ("eu", "us")]) == (
        200,
        ["eu-1", "us-1"],
    )


def test_of_a_list_one_that_cannot_take_the_write_is_not_asked() -> None:
    traced = trace(spec(REGIONS), "write", TraceOptions(fail=("db-eu-1",)))

    assert [call.replica for call in traced.every_call() if call.component.startswith("db")] == ["db-us-1"]
