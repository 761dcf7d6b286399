"""Tools that show a system and where it comes from: describe, render, diff, import."""

from typing import Annotated, Any

from mcp.server.mcpserver import Image
from pydantic import Field
from typing_extensions import TypedDict

import archspec
from archspec.assistant.given import Settings, SpecPath, SpecText, architecture, place
from archspec.assistant.limits import MOST_PIXELS, without
from archspec.errors import UsageError


class Part(TypedDict):
    """A component, with what the spec and its defaults say of it."""

    id: str
    kind: str
    says: dict[str, Any]


class Described(TypedDict):
    """What stands in a spec."""

    name: str
    components: list[Part]
    connections: list[str]
    flows: list[str]
    views: list[str]
    scenarios: list[str]
    alerts: list[str]
    pipelines: list[str]
    groups: list[str]


def describe(spec: SpecText = None, path: SpecPath = None, set: Settings = None) -> Described:  # noqa: A002 - the command's word
    """What a spec holds: components with their fields, connections, flows, views and the rest by id."""
    from archspec.renderers import views

    found = architecture(spec, path, set)
    return Described(
        name=found.name,
        components=[
            Part(
                id=each.id,
                kind=each.kind,
                says=without(each.model_dump(mode="json", exclude_defaults=True, by_alias=True), "id", "kind"),
            )
            for each in found.components.values()
        ],
        connections=[f"{each.from_} -> {each.to}" for each in found.connections],
        flows=list(found.flows),
        views=[view.id for view in views(found)],
        scenarios=list(found.scenarios),
        alerts=list(found.alerts),
        pipelines=list(found.pipelines),
        groups=list(found.groups),
    )


View = Annotated[str | None, Field(description="A view's id; `flow-ID` numbers a flow's calls. Default: the first.")]
Format = Annotated[
    str, Field(description="`png` (an image), or a text: svg, mermaid, plantuml, d2, structurizr, calm and others.")
]


def render(
    spec: SpecText = None,
    path: SpecPath = None,
    set: Settings = None,  # noqa: A002 - the command's word
    view: View = None,
    format: Format = "png",  # noqa: A002 - the command's word
    scale: Annotated[float, Field(gt=0, le=4, description="Pixels of a bitmap for each px.")] = 2,
) -> Image | str:
    """Draw a view, as an image or as the text of a format that other tools read."""
    system = architecture(spec, path, set)
    picture = archspec.render(system, view=view, format=format, scale=scale)
    if picture.format != "png":
        try:
            return picture.text
        except UsageError:
            raise UsageError(f"{format} is neither text nor an image; ask for png, svg or mermaid.") from None
    shorter, longer = sorted(_sides(picture.data))
    if longer > MOST_PIXELS:
        most = MOST_PIXELS - longer / shorter  # the shorter side is rounded, and the longer keeps the proportions
        picture = archspec.render(system, view=view, format="png", scale=scale * most / longer)
    return Image(data=picture.data)


def _sides(png: bytes) -> tuple[int, int]:
    """Width and height, from the head of the file."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


class Side(TypedDict, total=False):
    """One of two versions: `spec` (a text) or `path` (a file)."""

    spec: str
    path: str


def diff(
    base: Annotated[Side, Field(description='The older version: {"path": …} or {"spec": …}.')],
    head: Annotated[Side | None, Field(description="The newer version; default: the base with `set`.")] = None,
    set: Settings = None,  # noqa: A002 - the command's word
) -> dict[str, Any]:
    """Hold two versions against each other: what changed, findings new and gone, what it does to the figures."""
    if head is None and not set:
        raise UsageError("give `head`, or what to `set` in the base.")
    before = architecture(base.get("spec"), base.get("path"))
    newer = head or base
    return archspec.diff(before, architecture(newer.get("spec"), newer.get("path"), set)).to_dict()


class ExportedText(TypedDict):
    """A text for another tool; `notes` say what it could not express."""

    text: str
    notes: list[str]


def export(
    format: Annotated[  # noqa: A002 - the command's word
        str, Field(description="`prometheus-rules`, `alertmanager`, `sloth`, `k6` and others; a wrong name tells all.")
    ],
    spec: SpecText = None,
    path: SpecPath = None,
    set: Settings = None,  # noqa: A002 - the command's word
    scenario: Annotated[str | None, Field(description="Of the run that is foretold, sent or made.")] = None,
) -> ExportedText:
    """The alerts, objectives, loads or faults of a system as the text that another tool reads."""
    made = archspec.export(architecture(spec, path, set), format, scenario=scenario)
    return ExportedText(text=made.text, notes=list(made.notes))


class Imported(TypedDict):
    """A spec of what files say."""

    text: str
    report: list[str]
    sources: list[str]


def import_files(
    paths: Annotated[list[str], Field(min_length=1, description="Files and folders, relative to the server's folder.")],
    guess: Annotated[bool, Field(description="Also what only names suggest.")] = False,
    everything: Annotated[bool, Field(description="Also dashboards, exporters, load generators and jobs.")] = False,
) -> Imported:
    """A first spec of a real system from its Compose, Kubernetes, Terraform and other files; nothing is run."""
    made = archspec.import_files([place(path) for path in paths], guess=guess, everything=everything)
    return Imported(text=made.text, report=list(made.report), sources=list(made.sources))
