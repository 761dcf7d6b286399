"""A spec calibrated by traces: its figures, and whether it then takes as long as what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from archspec.conformance.comparison import Comparison, FlowSeen
from archspec.conformance.proposals import Proposal, proposals
from archspec.conformance.settings import TraceSettings
from archspec.conformance.writing import written
from archspec.errors import SpecError
from archspec.language import load_text
from archspec.language.edits import apply_edits
from archspec.model.architecture import Architecture
from archspec.observation.fitting import is_double
from archspec.observation.observe import Observation
from archspec.observation.samples import quantile_of
from archspec.simulation.trace import trace
from archspec.simulation.trace_model import TraceOptions

_WALKS = 400
"""Requests drawn of each flow."""
_BUSY = 0.3
"""Share of its slots in use from which waiting is likely to be in a component's times."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A flow as measured and as the calibrated spec has it, walked in an empty system; times in nanoseconds."""

    flow: str
    traces: int
    measured: tuple[float, float]
    """Median and 95th percentile."""
    modelled: tuple[float, float] | None
    """None where the calibrated spec cannot be walked."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What traces make of a spec. `before` and `after` are the texts of its files; only those that change."""

    system: str
    proposals: tuple[Proposal, ...]
    left: tuple[Proposal, ...]
    reached: tuple[Reached, ...]
    notes: tuple[str, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]


def calibrate(
    architecture: Architecture, observation: Observation, settings: TraceSettings, only: str | None = None
) -> Calibration:
    """Calibrate a spec, or one flow of it; the day of the last trace is written behind figures."""
    comparison = Comparison(architecture, observation, settings)
    found = proposals(comparison, only)
    edits = written(found, architecture.source, _last_day(observation))
    texts = architecture.source.texts
    before = {file: text for file, text in texts.items() if any(edit.file == file for edit in edits.edits)}
    after = {file: apply_edits(text, [e for e in edits.edits if e.file == file]) for file, text in before.items()}
    calibrated = _calibrated(architecture, after)
    flows = [flow for flow in comparison.judged if only in (None, flow.flow.id)]
    reached = tuple(each for flow in flows if (each := _reached(flow, calibrated)) is not None)
    notes = (*_crowded(comparison, flows), *_doubled(flows))
    return Calibration(architecture.name, found, edits.left, reached, notes, before, after)


def _last_day(observation: Observation) -> str:
    last = max((root.last for root in observation.roots), default=0)
    return datetime.fromtimestamp(last / 1e9, tz=UTC).date().isoformat()


def _calibrated(architecture: Architecture, after: Mapping[str, str]) -> Architecture | None:
    """The spec with its figures; None where it is of several files, of which some stay unread."""
    if not after:
        return architecture
    if len(architecture.source.texts) != 1:
        return None
    (text,) = after.values()
    try:
        return load_text(text, next(iter(after)))
    except SpecError:
        return None


def _reached(flow: FlowSeen, calibrated: Architecture | None) -> Reached | None:
    values = sorted(value for root in flow.roots for value in root.lasted.values)
    measured = [quantile_of(values, share, 0.0) for share in (0.5, 0.95)]
    if measured[0] is None or measured[1] is None:
        return None
    return Reached(
        flow.flow.id,
        flow.traces,
        (measured[0].value, measured[1].value),
        _walked(flow.flow.id, calibrated) if calibrated is not None else None,
    )


def _walked(flow: str, architecture: Architecture) -> tuple[float, float] | None:
    walked = [trace(architecture, flow, TraceOptions(sample=True, number=number)) for number in range(_WALKS)]
    times = sorted(each.response_ns for each in walked if each.response_ns is not None and each.succeeded)
    median, high = (quantile_of(times, share, 0.0) for share in (0.5, 0.95))
    return (median.value, high.value) if median is not None and high is not None else None


def _crowded(comparison: Comparison, flows: list[FlowSeen]) -> list[str]:
    """Components that were busy in the traces: what they waited for is in their times."""
    notes = []
    for id_, component in comparison.architecture.components.items():
        slots = getattr(component, "slots", None)
        kept = comparison.settings.sampled
        if slots is None or kept is None:
            continue
        busy = seconds = 0.0
        for flow in flows:
            span = max(root.last for root in flow.roots) - min(root.first for root in flow.roots)
            seconds = max(seconds, span / 1e9)
            for place in flow.places:
                if id_ in place.expected.callees:
                    busy += sum(
                        sum(node.own.values) / max(len(node.own.values), 1) * node.own.count for node in place.nodes
                    )
        used = busy / 1e9 / float(kept) / max(seconds, 1e-9) / (slots * comparison.architecture.count(component))
        if used > _BUSY:
            notes.append(
                f"the slots of `{id_}` were in use {used:.0%} of the time: waiting is likely to be in its times; "
                "calibrate on traces of a quiet hour"
            )
    return notes


def _doubled(flows: list[FlowSeen]) -> list[str]:
    return [
        f"`{place.expected.callee}` in `{flow.flow.id}` has times of two kinds: two sorts of request, or hit and miss"
        for flow in flows
        for place in flow.places
        if place.alone and len(place.nodes) == 1 and is_double(place.nodes[0].own.values)
    ]
