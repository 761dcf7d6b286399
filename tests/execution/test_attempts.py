"""The kernel's rules over its tables are the model's over its values."""

from itertools import product

import pytest

from archspec.execution import layout as at
from archspec.execution.answering import status_for
from archspec.execution.compile import compile_program
from archspec.execution.program import Program
from archspec.execution.settling import is_retried
from archspec.execution.trace import trace
from archspec.execution.trace_model import TraceOptions
from archspec.model.attempts import Attempts, Failure, FailureCause, answered_after
from archspec.model.quantities import Duration
from tests.model.specs import spec

STATUSES = (None, 429, *range(500, 512))


def _program(method: str, callee: str, timeout: str = "") -> Program:
    built = spec(
        f"""\
components: {{u: {{kind: client}}, x: {{kind: {callee}}}}}
connections:
  - {{from: u, to: x, retries: {{attempts: 2}}{timeout}}}
flows:
  f: {{from: u, request: {method} /, steps: [{{call: x}}]}}
"""
    )
    return compile_program(built, ("f",), sampled=True).program


@pytest.mark.parametrize("timeout", ["", ", timeout: 1s"])
@pytest.mark.parametrize(("method", "idempotent"), [("GET", True), ("POST", False)])
def test_the_kernel_tries_again_after_what_the_description_of_a_call_says(
    method: str, idempotent: bool, timeout: str
) -> None:
    """Without a time-out the patience of the client ends the request."""
    program = _program(method, "server", timeout)
    described = Attempts(2, Duration.read("1s") if timeout else None, idempotent)

    for cause, status, own in product(FailureCause, STATUSES, (True, False)):
        if status is None and not own:
            continue  # an answer has a status
        again = is_retried(program, 0, status or 0, at.CAUSES.index(cause), own)

        assert again == described.tries_again_after(Failure(cause, status, own)), (cause, status, own)


@pytest.mark.parametrize(("kind", "is_proxy"), [("gateway", True), ("server", False)])
def test_the_kernel_answers_after_a_failure_what_the_description_says(kind: str, is_proxy: bool) -> None:
    program = _program("GET", kind)

    for cause, status in product(FailureCause, STATUSES):
        answered = status_for(program, at.COMPONENT_SIZE, status or 0, at.CAUSES.index(cause))

        assert answered == answered_after(Failure(cause, status), is_proxy=is_proxy), (cause, status)


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
