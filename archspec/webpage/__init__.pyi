"""The page of a system: everything known of it in one self-contained HTML file, readable without JavaScript.

Written from its table of names: pytest tests/test_name_stubs.py --update-goldens
"""

from archspec.webpage.content import (
    Cell,
    ComponentContent,
    ConnectionContent,
    File,
    FindingContent,
    LinkContent,
    PageContent,
    Picture,
    PipelineContent,
    StageContent,
    Table,
)
from archspec.webpage.elements import anchor, empty, facts, files, pill, scrolling, section, table, tabs
from archspec.webpage.gathering.known import Known, known
from archspec.webpage.gathering.placing import Placing
from archspec.webpage.part_content import (
    BreakingContent,
    Fact,
    FlowContent,
    GroupContent,
    LossContent,
    PartContent,
    PartKind,
    Tone,
    tone_of,
)

__all__ = [
    "BreakingContent",
    "Cell",
    "ComponentContent",
    "ConnectionContent",
    "Fact",
    "File",
    "FindingContent",
    "FlowContent",
    "GroupContent",
    "Known",
    "LinkContent",
    "LossContent",
    "PageContent",
    "PartContent",
    "PartKind",
    "Picture",
    "PipelineContent",
    "Placing",
    "StageContent",
    "Table",
    "Tone",
    "anchor",
    "empty",
    "facts",
    "files",
    "known",
    "pill",
    "scrolling",
    "section",
    "table",
    "tabs",
    "tone_of",
]
PLACES: dict[str, str]
