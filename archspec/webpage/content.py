"""What the page shows, in words and pictures that are ready to print: what Python has worked out.

Texts are plain (escaped on the way into HTML); pictures are SVG documents of ours.
"""

from archspec.frozen import frozen
from archspec.validators import Finding, Rule
from archspec.webpage.part_content import (
    Fact,
    FlowContent,
    GroupContent,
    LayerContent,
    PartContent,
    StandingContent,
    Tone,
)


@frozen
class Cell:
    """One cell of a table; numbers are set right."""

    text: str
    tone: Tone = Tone.PLAIN
    href: str = ""
    is_number: bool = False


@frozen
class Table:
    """A small table. The first cell of a row names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@frozen
class File:
    """A file beside the page: its path is relative, with slashes."""

    title: str
    path: str


@frozen
class Picture:
    """A view as an SVG document without a font of its own. `remarks` are said below it.

    `inside` is the group that it shows from within, where another picture draws that group as one box.
    """

    id: str
    title: str
    description: str
    svg: str
    files: tuple[File, ...] = ()
    remarks: tuple[str, ...] = ()
    inside: str = ""


@frozen
class FindingContent:
    """What lint found, the name of its rule, and the lines of the spec that it points at, with carets below."""

    finding: Finding
    name: str
    frame: str = ""


@frozen
class StageContent:
    """One stage of a pipeline: what it does and how long it takes."""

    title: str
    kind: str
    takes: str = ""
    detail: str = ""


@frozen
class PipelineContent:
    """A change on its way: the stages as walked, and what happens when each one fails."""

    id: str
    facts: tuple[Fact, ...]
    stages: tuple[StageContent, ...]
    outcome: str
    failures: Table | None = None
    text: str = ""
    files: tuple[File, ...] = ()


@frozen
class LinkContent:
    """A named address, shown as a link only where its scheme is safe."""

    title: str
    url: str


@frozen
class ComponentContent:
    """All that is said of a component. `flows` are ids of the flows that meet it."""

    id: str
    title: str
    kind: str
    technology: str
    description: str
    owner: str
    facts: tuple[Fact, ...]
    flows: tuple[str, ...] = ()
    findings: tuple[int, ...] = ()
    """Indices of the page's findings that are about it."""
    links: tuple[LinkContent, ...] = ()
    groups: tuple[str, ...] = ()
    """The groups round it, innermost first."""
    zones: tuple[str, ...] = ()
    """Where each of its replicas stands, in their order; empty where nothing is said."""
    standing: tuple[StandingContent, ...] = ()


@frozen
class ConnectionContent:
    """Who asks whom, and how. `flows` are ids of the flows whose calls go this way."""

    name: str
    source: str
    target: str
    facts: tuple[Fact, ...]
    flows: tuple[str, ...]
    findings: tuple[int, ...] = ()
    """Indices of the page's findings that are about it."""
    standing: tuple[StandingContent, ...] = ()


@frozen
class PageContent:
    """The whole page, in the order shown."""

    name: str
    description: str
    owner: str
    spec: str
    version: str
    summary: tuple[Fact, ...]
    pictures: tuple[Picture, ...]
    flows: tuple[FlowContent, ...]
    findings: tuple[FindingContent, ...]
    rules: tuple[Rule, ...]
    """Those that found something and have a page."""
    components: tuple[ComponentContent, ...]
    connections: tuple[ConnectionContent, ...] = ()
    groups: tuple[GroupContent, ...] = ()
    parts: tuple[PartContent, ...] = ()
    layers: tuple[LayerContent, ...] = ()
    walks: str = ""
    """JSON of what the page needs to walk requests by itself; empty where there is no flow."""
    alerts: Table | None = None
    availability: tuple[Table, ...] = ()
    capacity: tuple[Table, ...] = ()
    pipelines: tuple[PipelineContent, ...] = ()
    is_judged: bool = True
    """Whether lint has looked at it: without that the page says nothing of findings."""
    not_judged: str = ""
    """What lint could not judge, in one sentence."""
    files: tuple[File, ...] = ()
