"""The page of a system: everything known of it in one self-contained HTML file, readable without JavaScript."""

from archspec.names import by_need

PLACES = {
    "content": "Cell ComponentContent ConnectionContent File FindingContent LinkContent PageContent Picture "
    "PipelineContent StageContent Table",
    "elements": "empty facts files pill scrolling section table tabs anchor",
    "gathering.known": "Known known",
    "gathering.placing": "Placing",
    "part_content": "GroupContent LossContent PartContent BreakingContent FlowContent PartKind Fact Tone tone_of",
}

__getattr__ = by_need(__name__, PLACES)
