"""A simulation through the face has every table of the run."""

import archspec

ALL_KINDS = """
archspec: 1
name: All
components:
  user: {kind: client}
  api: {kind: server, replicas: 2}
  made: {kind: function, concurrency: 5}
  jobs: {kind: queue}
  hand: {kind: worker}
connections:
  - user -> api
  - api -> made
  - api -> jobs
  - jobs -> hand
flows:
  ask: {from: user, rate: 20/s, steps: [{call: api, cpu: 1ms, steps: [{call: made, takes: 2ms}]}]}
  send: {from: user, rate: 5/s, steps: [{call: api, steps: [{call: jobs, steps: [{call: hand, takes: 1ms}]}]}]}
  tick: {from: api, every: 1s, deadline: 1s, steps: [{call: made, takes: 1ms}]}
scenarios:
  bad: {duration: 5s, faults: [{fail: api-1, at: 1s, for: 1s}]}
"""


def test_a_simulation_tells_every_table_of_the_run() -> None:
    from archspec.simulation import SimulationOptions
    from archspec.simulation.simulate import simulate

    system = archspec.load_text(ALL_KINDS)
    told, run = archspec.simulate(system, scenario="bad"), simulate(system, SimulationOptions("bad"))
    tables = (
        "flows",
        "components",
        "queues",
        "subscriptions",
        "pools",
        "jobs",
        "sessions",
        "functions",
        "alerts",
        "events",
    )
    counts = {name: len(getattr(told, name)) for name in tables}
    assert counts == {name: len(getattr(run, name)) for name in tables}
    assert {name for name, count in counts.items() if count} >= {"flows", "components", "queues", "jobs", "functions"}
    assert told.timeline
