"""Who may be asked: steps call what answers, not what only begins something or looks on."""

from archspec.language.problems import Problems
from archspec.model import Architecture


def check_asked(architecture: Architecture, problems: Problems) -> None:
    """Note every step that calls a component of a kind that nobody asks."""
    noted = set()
    for flow in architecture.flows:
        for visit in architecture.walk(flow):
            for id_ in visit.step.call:
                kind = architecture.components[id_].kind_of
                if kind.is_asked or visit.path in noted:
                    continue
                noted.add(visit.path)
                problems.add(
                    (*visit.path, "call"),
                    f"no request passes through `{id_}`: it is of the kind `{kind.name}`",
                    f"let a flow begin there, `from: {id_}`."
                    if kind.name in ("job", "load_generator")
                    else "leave the step out.",
                    at_key=True,
                )
