"""Several connections between one pair: a step says `via`, where it does not take the one without a name."""

from archspec.language.problems import Problems
from archspec.language.suggestions import did_you_mean, listed
from archspec.model import Architecture, Path, Step


def check_named_connections(architecture: Architecture, problems: Problems) -> None:
    """Note steps whose `via` names no connection, and those that do not say which of several they mean."""
    met: set[tuple[Path, str, str]] = set()
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for caller, callee in architecture.pairs(visit):
                if (visit.path, caller, callee) not in met:
                    met.add((visit.path, caller, callee))
                    _check(architecture, caller, callee, visit.step, visit.path, problems)


def _check(architecture: Architecture, caller: str, callee: str, step: Step, path: Path, problems: Problems) -> None:
    between = architecture.between(caller, callee)
    names = [each.name_ for each in between if each.name_ is not None]
    if step.via is not None and step.via not in names:
        otherwise = (
            f"name one of {listed(names)}." if names else f"give `{caller} -> {callee}` that `name`, or drop it."
        )
        message = f"there is no connection `{caller} -> {callee} via {step.via}`"
        problems.add((*path, "via"), message, did_you_mean(step.via, names, otherwise), code="STR01")
    elif step.via is None and len(names) == len(between) > 1:
        message = f"`{caller}` has {len(between)} connections to `{callee}`, and each has a name"
        problems.add((*path, "call"), message, f"say which with `via`: {listed(names, between=' or ')}.")
