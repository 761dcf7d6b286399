"""Every step of a flow with who performs it."""

from tests.model.specs import spec

SYSTEM = spec(
    """components:
  user: {kind: client}
  edge: {kind: cdn, caches: files}
  api: {kind: server}
  cache: {kind: cache}
  db: {kind: database}
  files: {kind: object_store}
  pay: {kind: external}
flows:
  read:
    from: user
    steps:
      - call: edge
        on_miss: [{call: files}]
      - call: api
        steps:
          - {cpu: 1ms}
          - call: cache
            on_miss: [{call: db}]
          - parallel: [{call: db}, {flow: charge}]
  charge:
    from: user
    steps:
      - call: pay
        fallback: [{call: db}]
"""
)


def walked(flow: str) -> list[tuple[int, str, str, str]]:
    return [
        (len(visit.within), visit.branch, visit.caller, "/".join(visit.step.call) or "·") for visit in SYSTEM.walk(flow)
    ]


def test_steps_come_outer_before_inner_with_who_asks() -> None:
    assert walked("read") == [
        (0, "steps", "user", "edge"),
        (1, "on_miss", "edge", "files"),  # read-through: the cache asks itself
        (0, "steps", "user", "api"),
        (1, "steps", "api", "·"),
        (1, "steps", "api", "cache"),
        (2, "on_miss", "api", "db"),  # cache-aside: the caller asks
        (1, "steps", "api", "·"),
        (2, "parallel", "api", "db"),
        (2, "parallel", "api", "·"),
        (3, "flow", "api", "pay"),
        (4, "fallback", "api", "db"),
    ]


def test_the_path_of_a_step_leads_into_the_flow_that_holds_it() -> None:
    paths = {visit.step.call[0]: visit.path for visit in SYSTEM.walk("read") if visit.step.call}
    assert paths["files"] == ("flows", "read", "steps", 0, "on_miss", 0)
    assert paths["pay"] == ("flows", "charge", "steps", 0)
