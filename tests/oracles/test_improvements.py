"""What is better never makes a figure worse, on random systems.

Left out is what can make it worse in truth: who waits for ever where a dead part would have refused, a 4xx that ends
a request before it comes to what is down, and one of several components, of which the worse one may be mended.
"""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from archspec.analysis.availability import Availability
from archspec.language import load_text
from tests.oracles.systems import random_system

ROUNDING = 1e-12
SEEDS = range(400, 700)


def upper_figure(spec: dict[str, Any]) -> float:
    known = Availability(load_text(json.dumps(spec))).of_flow("ask").known
    return 1.0 if known is None else known.upper


def systems(seeds: range) -> Iterator[dict[str, Any]]:
    for seed in seeds:
        spec = random_system(seed)
        written = json.dumps(spec["flows"])
        is_bounded = all("timeout" in link for link in spec["connections"])
        if is_bounded and '"404"' not in written and '"call": [' not in written:
            yield spec


def test_one_more_replica_never_lowers_availability() -> None:
    tried = raised = 0
    for spec in systems(SEEDS):
        before = upper_figure(spec)
        for id_, component in spec["components"].items():
            if component["kind"] in ("client", "external", "object_store") or "availability" not in component:
                continue
            more = deepcopy(spec)
            more["components"][id_]["replicas"] = component.get("replicas", 1) + 1
            after = upper_figure(more)
            assert after >= before - ROUNDING, (id_, spec)
            tried, raised = tried + 1, raised + (after > before + ROUNDING)
    assert tried > 50
    assert raised > 20


def test_a_part_that_fails_less_never_lowers_availability() -> None:
    tried = raised = 0
    for spec in systems(SEEDS):
        before = upper_figure(spec)
        better = deepcopy(spec)
        figured = [*better["components"].values(), *better["groups"].values(), *better["connections"]]
        for each in figured:
            if "availability" not in each:
                continue
            stated, each["availability"] = each["availability"], 0.9999
            after = upper_figure(better)
            each["availability"] = stated
            assert after >= before - ROUNDING, (each, spec)
            tried, raised = tried + 1, raised + (after > before + ROUNDING)
    assert tried > 50
    assert raised > 20


def test_one_try_less_of_what_may_be_repeated_never_raises_availability() -> None:
    tried = lowered = 0
    for spec in systems(SEEDS):
        if spec["flows"]["ask"]["request"].startswith("POST"):
            continue
        before = upper_figure(spec)
        for place, link in enumerate(spec["connections"]):
            if "retries" not in link or not link["retries"].get("idempotent", True):
                continue
            less = deepcopy(spec)
            less["connections"][place]["retries"]["attempts"] -= 1
            after = upper_figure(less)
            assert after <= before + ROUNDING, (link, spec)
            tried, lowered = tried + 1, lowered + (after < before - ROUNDING)
    assert tried > 50
    assert lowered > 10
