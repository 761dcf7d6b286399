"""The page of a system: everything known of it in one self-contained HTML file, readable without JavaScript."""

from archspec.names import by_need

PLACES = {
    "anchors": "anchor",
    "content": "Cell ComponentContent ConnectionContent File FindingContent LinkContent PageContent Picture "
    "PipelineContent StageContent Table",
    "elements": "empty facts files pill scrolling section table tabs",
    "fact": "Fact",
    "flow_content": "BreakingContent FlowContent PartKind",
    "gathering.known": "Known known",
    "gathering.placing": "Placing",
    "part_content": "GroupContent LossContent PartContent",
    "tone": "Tone tone_of",
}

__getattr__ = by_need(__name__, PLACES)
