"""The views of a spec; sensible ones where it has none."""

from collections.abc import Iterator

from archspec.language import named
from archspec.model import Architecture, Role, View

SHOWN_FLOWS = 8
"""With more flows than this none has a view unless the spec asks for it: nobody looks through dozens of pictures."""


def views(architecture: Architecture) -> tuple[View, ...]:
    """The spec's own views, else an overview and one view each of flows, zones, telemetry and delivery it has.

    Many flows have none: `find_view` draws one that is asked for by name.
    """
    return tuple(architecture.views.values()) or tuple(_defaults(architecture))


def find_view(architecture: Architecture, name: str | None) -> View:
    """The view of this name, the first one without a name; `flow-<id>` gives a flow step by step, `sequence-<id>` its
    sequence diagram.

    Raises:
        UsageError: there is no such view.

    """
    known = {view.id: view for view in views(architecture)}
    if name is None:
        return next(iter(known.values()))
    if name not in known:
        for flow in architecture.flows:
            known |= {
                f"flow-{flow}": flow_view(architecture, flow),
                f"sequence-{flow}": sequence_view(architecture, flow),
            }
    return named("view", name, known)


def flow_view(architecture: Architecture, flow: str) -> View:
    """One flow, its calls numbered in the order they are made."""
    found = architecture.flows[flow]
    return _view(f"flow-{flow}"[:64], found.title, found.description, include=(f"flow:{flow}",))


def sequence_view(architecture: Architecture, flow: str) -> View:
    """One flow as a sequence diagram."""
    found = architecture.flows[flow]
    about = {"kind": "sequence", "include": (f"flow:{flow}",)}
    return _view(f"sequence-{flow}"[:64], found.title, found.description, **about)


def _defaults(architecture: Architecture) -> Iterator[View]:
    yield _view("overview", architecture.name, architecture.description)
    for flow in architecture.flows if len(architecture.flows) <= SHOWN_FLOWS else ():
        yield flow_view(architecture, flow)
    if any(group.kind in ("zone", "host") for group in architecture.groups.values()):
        yield _view("deployment", "Where the replicas stand", kind="deployment")
    if architecture.alerts or architecture.of_role(Role.TELEMETRY):
        yield _view("observability", "Who watches what", kind="observability")
    if architecture.pipelines:
        yield _view("delivery", "How a change travels", kind="delivery")


def _view(id_: str, title: str, description: str | None = None, **more: object) -> View:
    return View.model_validate({"id": id_, "title": title, "description": description, **more})
