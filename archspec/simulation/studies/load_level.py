"""The same system under so many times its load."""

from fractions import Fraction

from archspec.errors import UsageError
from archspec.language.what_if import in_scenario
from archspec.model import Architecture, Factor, Load, Rate, altered, with_fields


def at_level(architecture: Architecture, scenario_id: str | None, level: Fraction) -> Architecture:
    """A copy in which every flow, and every load of the scenario, arrives `level` times as often.

    Open loads have their rates multiplied, closed ones and sessions their number of users (rounded, at least one). What
    comes by the clock comes as often as before. Arrivals keep their draws: request k of the Poisson stream comes after
    the same exponential variates, only closer together.

    Raises:
        UsageError: the load is a file, whose rates are not ours to change.

    """
    if level == 1:
        return architecture
    scenario = architecture.scenarios.get(scenario_id) if scenario_id is not None else None
    if scenario is not None:
        architecture = in_scenario(architecture, scenario)
        scenario = architecture.scenarios[scenario.id]
    for flow in architecture.flows.values():
        if flow.rate is not None:
            architecture = with_fields(architecture, flow, rate=_times(flow.rate, level))
        if flow.session is not None:
            session = altered(flow.session, users=max(1, round(flow.session.users * level)))
            architecture = with_fields(architecture, flow, session=session)
    if scenario is None or not isinstance(scenario.load, dict):
        return architecture
    return with_fields(architecture, scenario, load={id_: _load(load, level) for id_, load in scenario.load.items()})


def _load(load: Load, level: Fraction) -> Load:
    if load.shape == "file":
        raise UsageError(f"the load file {load.file} cannot be multiplied; write its rates as you want them.")
    changed: dict[str, object] = {
        name: _times(getattr(load, name), level)
        for name in ("rate", "to", "low")
        if isinstance(getattr(load, name), Rate)
    }
    if load.users is not None:
        changed["users"] = max(1, round(load.users * level))
    return altered(load, **changed)


def _times(rate: Rate | Factor | None, level: Fraction) -> Rate:
    assert isinstance(rate, Rate)
    return Rate(rate.per_second * level)
