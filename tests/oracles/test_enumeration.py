"""The oracle itself: worked figures, and runs of the engine in states drawn at random."""

import json
import math
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from archspec.language import load_text
from archspec.simulation.options import SimulationOptions
from archspec.simulation.simulate import simulate
from tests.oracles.enumeration import availability, parts, success_in
from tests.oracles.systems import random_system


def asking(steps: list[dict[str, Any]], *links: dict[str, Any], **components: dict[str, Any]) -> dict[str, Any]:
    return {
        "components": {"user": {"kind": "client"}, **components},
        "connections": list(links),
        "flows": {"ask": {"from": "user", "request": "GET /", "steps": steps}},
    }


def test_a_retry_further_up_draws_the_losses_further_in_anew() -> None:
    twice = {"retries": {"attempts": 2}, "timeout": "1s"}
    spec = asking(
        [{"call": "api", "steps": [{"call": "db"}]}],
        {"from": "user", "to": "api", **twice},
        {"from": "api", "to": "db", "timeout": "100ms", "loss": 0.1},
        api={"kind": "server"},
        db={"kind": "database"},
    )
    assert availability(spec, "ask") == pytest.approx(1 - 0.19**2)


def test_a_step_made_twice_draws_twice() -> None:
    spec = asking(
        [{"call": "api", "times": 2, "status": {500: 0.1}}], {"from": "user", "to": "api"}, api={"kind": "server"}
    )
    assert availability(spec, "ask") == pytest.approx(0.81)


def test_what_has_no_time_out_hangs_and_is_not_tried_again() -> None:
    spec = asking(
        [{"call": "api"}],
        {"from": "user", "to": "api", "loss": 0.1, "retries": {"attempts": 3}},
        api={"kind": "server"},
    )
    assert availability(spec, "ask") == pytest.approx(0.81)


def test_a_zone_takes_its_replicas_along() -> None:
    spec = asking(
        [{"call": "api"}],
        {"from": "user", "to": "api"},
        api={"kind": "server", "replicas": 2, "zones": ["a", "b"], "availability": 0.9},
    )
    spec["groups"] = {"a": {"kind": "zone", "availability": 0.99}, "b": {"kind": "zone"}}
    assert availability(spec, "ask") == pytest.approx(1 - (1 - 0.9 * 0.99) * 0.1)


def ran(spec: Mapping[str, Any], down: frozenset[str], seed: int) -> tuple[float, int]:
    """The share of requests that succeed in a run with these parts down, and the number of requests."""
    faults = [{"at": "0s", "partition" if "->" in part else "fail": part} for part in sorted(down)]
    load = {"ask": {"arrivals": "even", "until": "900s"}}
    run = {"duration": "1200s", "warm_up": "60s", "load": load, "faults": faults}
    flows = {"ask": {**spec["flows"]["ask"], "rate": "20/s"}}
    architecture = load_text(json.dumps({**spec, "flows": flows, "scenarios": {"run": run}}))
    (flow,) = simulate(architecture, SimulationOptions(scenario="run", seed=seed)).flows
    failed = sum(count for _, count in flow.failed)
    return flow.ok / (flow.ok + failed), flow.ok + failed


SILENT = {
    1082: ("other-1", "zone-b"),
    1163: ("price-2", "zone-b"),
    1261: ("price-1", "zone-b"),
    1316: ("price-1", "zone-b"),
    1345: ("db-1", "zone-b"),
    1374: ("near -> db", "zone-b"),
    1396: ("zone-a",),
    1409: ("zone-b",),
    1571: ("price-2", "zone-a"),
    1724: ("api-1", "cache-1", "zone-b"),
    1914: ("zone-a",),
    2303: ("zone-a",),
}
"""Systems and what is down in them, where it matters that a dead zone is silent: they fared better if it refused."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", SILENT)
def test_a_run_with_a_silent_zone_succeeds_as_often_as_the_oracle_says(seed: int) -> None:
    spec, down = random_system(seed), frozenset(SILENT[seed])
    share, count = ran(spec, down, seed)
    expected = success_in(spec, "ask", down)
    assert share == pytest.approx(expected, abs=4.5 * math.sqrt(expected * (1 - expected) / count) + 5e-4)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_a_run_with_parts_down_succeeds_as_often_as_the_oracle_says(seed: int) -> None:
    spec = random_system(seed)
    random = Random(seed)
    down = frozenset(part for part in parts(spec) if seed % 2 and random.random() < 0.25)
    share, count = ran(spec, down, seed)
    expected = success_in(spec, "ask", down)
    assert share == pytest.approx(expected, abs=4.5 * math.sqrt(expected * (1 - expected) / count) + 5e-4)
