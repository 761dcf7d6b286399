"""Loads of flows that come by the clock: they are due when they are due, and a scenario can only leave them out."""

from fractions import Fraction

from archspec.language.problems import Problems
from archspec.model import Architecture, Factor, Load

_ONCE = Factor(Fraction(1))
_FITTING = ("rate", "until")


def check_loads_by_clock(architecture: Architecture, problems: Problems) -> None:
    """Note every load that gives such a flow another rate, a shape or clients."""
    for scenario in architecture.scenarios.values():
        loads = scenario.load if isinstance(scenario.load, dict) else {}
        for flow, load in loads.items():
            asked = architecture.flows.get(flow)
            if asked is None or not asked.comes_by_clock or _fits(load):
                continue
            when = "every" if asked.every is not None else "schedule"
            problems.add(
                ("scenarios", scenario.id, "load", flow),
                f"`{flow}` comes by the clock, so its load can be `1x` only",
                f"set `{flow}.{when}` under `set`, or leave the flow out of the load.",
            )


def _fits(load: Load) -> bool:
    return load.rate in (None, _ONCE) and not load.said(*(set(type(load).model_fields) - set(_FITTING)))
