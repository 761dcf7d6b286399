"""Tools that run a system or work out what it promises: trace, simulate, analyze, verify."""

from typing import Annotated, Any

from pydantic import Field

import archspec
from archspec.assistant.given import Settings, SpecPath, SpecText, architecture
from archspec.assistant.limits import deadline, simulated, without

FlowId = Annotated[str | None, Field(description="The flow's id; default: the first.")]
Down = Annotated[
    list[str] | None, Field(description="What has been down for long: components, replicas (`api-2`), groups.")
]
JustDown = Annotated[
    list[str] | None, Field(description="What went down a moment ago, so that nobody has noticed yet.")
]
Slow = Annotated[list[str] | None, Field(description="What is slow: `api=5x`, `api -> db=200ms`.")]
Miss = Annotated[list[str] | None, Field(description="Caches that miss.")]
Seed = Annotated[int, Field(ge=0, description="The same seed gives the same figures.")]


def trace(
    spec: SpecText = None,
    path: SpecPath = None,
    set: Settings = None,  # noqa: A002 - the command's word
    flow: FlowId = None,
    fail: Down = None,
    just_failed: JustDown = None,
    slow: Slow = None,
    miss: Miss = None,
) -> dict[str, Any]:
    """Walk one request through the system at rest: every call, with times in seconds, and what alerts would do."""
    system = architecture(spec, path, set)
    made = archspec.trace(
        system, flow, fail=fail or (), just_failed=just_failed or (), slow=slow or (), miss=miss or ()
    )
    return made.to_dict()


def simulate(
    spec: SpecText = None,
    path: SpecPath = None,
    set: Settings = None,  # noqa: A002 - the command's word
    scenario: Annotated[str | None, Field(description="A scenario's id; default: every flow at its own rate.")] = None,
    duration: Annotated[str, Field(description="Simulated time, at most 10m.")] = "60s",
    fail: Down = None,
    load: Annotated[float, Field(gt=0, description="Times the spec's load.")] = 1,
    seed: Seed = 1,
) -> dict[str, Any]:
    """Run the load of many requests: success, latency and throughput of each flow, use of each component, alerts."""
    made = archspec.simulate(
        architecture(spec, path, set),
        scenario=scenario,
        duration=simulated(duration),
        fail=fail or (),
        load=load,
        seed=seed,
        progress=deadline(),
    )
    return without(made.to_dict(), "timeline", "traces")


def analyze(
    spec: SpecText = None,
    path: SpecPath = None,
    set: Settings = None,  # noqa: A002 - the command's word
    flow: FlowId = None,
) -> dict[str, Any]:
    """Compute what the system can promise: availability by flow, single points, utilisation, the bottleneck."""
    return archspec.analyze(architecture(spec, path, set), flow).to_dict()


def verify(
    spec: SpecText = None,
    path: SpecPath = None,
    set: Settings = None,  # noqa: A002 - the command's word
    pairs: Annotated[bool, Field(description="Every two faults at once as well.")] = False,
    head_room: Annotated[float | None, Field(gt=0, description="Try so many times the load too.")] = None,
    seed: Seed = 1,
) -> dict[str, Any]:
    """Run every objective against every single fault: which promise is kept, and which fault breaks it."""
    made = archspec.verify(
        architecture(spec, path, set), pairs=pairs, head_room=head_room, seed=seed, progress=deadline()
    )
    return made.to_dict()
