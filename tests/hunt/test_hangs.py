"""What lint says of a component that hangs (RES18), random systems show when they run."""

import json

import pytest

import archspec
from archspec.language import load_text
from archspec.validators import judge
from archspec.validators.config import Config
from tests.hunt.systems import random_system

STRICT = Config(select=("RES18", "strict"))
FOUND = (69, 137, 211, 278, 303, 344, 33094, 33792)
"""Seeds in which RES18 finds something: all of the first four hundred, and two in which there is hardly too little."""


def warned(seed: int) -> list[tuple[str, str]]:
    """The components that may hang, and the flows that then find nothing free."""
    found = [
        each for each in judge(load_text(json.dumps(random_system(seed))), STRICT).findings if each.code == "RES18"
    ]
    return [(each.element or "", each.message.split("`")[5]) for each in found]


def ran(seed: int, faults: list[dict[str, str]], flow: str) -> tuple[float, float]:
    """The share of a flow's requests that succeed from a minute after the faults on, and their median time."""
    spec = random_system(seed)
    spec.setdefault("scenarios", {})["tried"] = {"duration": "3m", "warm_up": "1m", "faults": faults}
    found = archspec.simulate(load_text(json.dumps(spec)), scenario="tried").flow(flow)
    return found.success or 0.0, found.latency.p50 or 0.0


def check(seed: int) -> None:
    """Who finds no slot free fails, or where it may wait for long it waits."""
    for component, flow in warned(seed):
        calm, usual = ran(seed, [], flow)
        hanging, takes = ran(seed, [{"at": "1s", "fail": component, "mode": "silent"}], flow)
        assert hanging < 0.8 * calm or takes > 5 * usual, (component, flow, calm, hanging, usual, takes)


@pytest.mark.parametrize("seed", FOUND)
def test_a_flow_that_is_said_to_find_nothing_free_fails_or_waits_in_a_run(seed: int) -> None:
    assert warned(seed)
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(400, 2400, 100))
def test_so_it_does_in_every_random_system(start: int) -> None:
    for seed in range(start, start + 100):
        check(seed)
