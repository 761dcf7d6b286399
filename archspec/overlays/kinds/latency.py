"""Where the time of a request goes: the share of a flow's response that each component works."""

from collections.abc import Iterator, Sequence

from archspec.overlays import Overlay, Subject
from archspec.renderers import Key, Layer, Reading, Tint
from archspec.simulation import Call, OwnWork, Stretch, Trace
from archspec.simulation.names import MESSAGES
from archspec.simulation.trace import trace
from archspec.values import busy, duration

SOME, MOST = 0.2, 0.5


def layer(subject: Subject) -> Layer:
    """Of each component its largest share of a flow's response, one request walked with every time at its median."""
    readings: dict[str, Reading] = {}
    for flow in subject.flows:
        walked = subject.traced.get(flow) or trace(subject.architecture, flow)
        for component, worked in _worked(walked).items():
            made = _reading(walked, worked)
            if component not in readings or made.rank > readings[component].rank:
                readings[component] = made
    keys = (
        Key(Tint.BAD, "half of the response or more"),
        Key(Tint.FAIR, "a fifth or more"),
        Key(Tint.GOOD, "less than a fifth"),
    )
    return Layer("latency", readings, keys)


def _reading(walked: Trace, worked: int) -> Reading:
    share = worked / (walked.response_ns or 1)
    tint = Tint.BAD if share >= MOST else Tint.FAIR if share >= SOME else Tint.GOOD
    note = f"works {duration(worked)} of the {duration(walked.response_ns)} of {walked.flow}"
    return Reading(f"{busy(share)} of the time", tint, share, note)


def _worked(walked: Trace) -> dict[str, int]:
    """How long each component is at work until the response; what it does at once counts once."""
    stretches: dict[str, list[Stretch]] = {}
    for component, stretch in _stretches(walked.calls):
        stretches.setdefault(component, []).append(stretch)
    lasted = {component: _union(found, walked.response_ns or 0) for component, found in stretches.items()}
    return {component: time for component, time in lasted.items() if time}


def _stretches(items: Sequence[Call | OwnWork]) -> Iterator[tuple[str, Stretch]]:
    """The work that somebody waits for."""
    for item in items:
        if isinstance(item, OwnWork):
            yield item.component, item.stretch
        elif item.waits and item.role not in MESSAGES:
            yield from ((item.component, stretch) for stretch in item.work)
            yield from _stretches(item.children)


def _union(stretches: list[Stretch], until: int) -> int:
    total = at = 0
    for stretch in sorted(stretches, key=lambda each: each.start):
        start, end = max(stretch.start, at), min(stretch.end, until)
        if end > start:
            total, at = total + end - start, end
    return total


OVERLAY = Overlay("latency", "where the time of a request goes", layer)
