"""A spec calibrated by traces: its figures, and whether it then takes as long as what was measured."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from archspec.conformance.comparison import Comparison, FlowSeen
from archspec.conformance.figures import Figure, figures
from archspec.conformance.proposals import Proposal, Verdict, proposals
from archspec.conformance.reached import Reached, reached
from archspec.conformance.settings import TraceSettings
from archspec.errors import Span, SpecError
from archspec.frozen import frozen
from archspec.language import Addition, Edit, addition_edit, apply_edits, insertion, load_text
from archspec.language.reader.characters import lines
from archspec.model import Architecture, SourceMap
from archspec.observation import Observation, duration, fitted, is_double

_BUSY = 0.3
"""Share of its slots in use from which waiting is likely to be in a component's times."""


@frozen
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
    architecture: Architecture,
    observation: Observation,
    settings: TraceSettings,
    only: str | None = None,
    *,
    absorb: bool = False,
) -> Calibration:
    """Calibrate a spec, or one flow of it; the day of the last trace is written behind figures.

    `absorb` puts what the calibrated flows then lack of the measured medians on the component that is asked first.
    """
    comparison = Comparison(architecture, observation, settings)
    flows = [flow for flow in comparison.judged if only in (None, flow.flow.id)]
    notes = (*_crowded(comparison, flows), *_doubled(flows))
    found = proposals(comparison, only)
    made = _made(architecture, found, notes, flows, _last_day(observation))
    if absorb:
        found = absorbed(comparison, flows, found, made.reached)
        made = _made(architecture, found, notes, flows, _last_day(observation))
    return made


def _made(
    architecture: Architecture,
    found: tuple[Proposal, ...],
    notes: tuple[str, ...],
    flows: list[FlowSeen],
    day: str,
) -> Calibration:
    """The proposals in the texts, and what the flows then take."""
    edits = written(found, architecture.source, day)
    texts = architecture.source.texts
    before = {file: text for file, text in texts.items() if any(edit.file == file for edit in edits.edits)}
    after = {file: apply_edits(text, [e for e in edits.edits if e.file == file]) for file, text in before.items()}
    met = reached(flows, _calibrated(architecture, after))
    return Calibration(architecture.name, found, edits.left, met, notes, before, after)


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


_SHORTEST = 1_000
"""Nanoseconds: less is no time that a clock would show."""


def absorbed(
    comparison: Comparison, flows: Sequence[FlowSeen], found: Sequence[Proposal], met: Sequence[Reached]
) -> tuple[Proposal, ...]:
    """The proposals, in which the first call of each flow takes longer by what the median of its model lacks."""
    made = {(each.path, each.what): each for each in found}
    lacking = {each.flow: each.measured[0] - each.modelled[0] for each in met if each.modelled is not None}
    for flow in flows:
        rest = lacking.get(flow.flow.id, 0.0)
        figure = _first(comparison, flow)
        if rest >= _SHORTEST and figure is not None:
            proposal = _longer(figure, rest, made.get((figure.path, f"{figure.what} of `{figure.element}`")))
            made[proposal.path, proposal.what] = proposal
    return tuple(made.values())


def _first(comparison: Comparison, flow: FlowSeen) -> Figure | None:
    """The own time of whoever is asked first."""
    if not flow.places:
        return None
    first = flow.places[0].expected
    fields = ((*first.path, "takes"), (*first.path, "cpu"))
    told = figures(comparison, flow.flow.id)
    return next((each for each in told if each.what == "own time" and each.path in fields), None)


def _longer(figure: Figure, rest: float, proposal: Proposal | None) -> Proposal:
    """Waiting is no work: beside a `cpu`, the rest is a time of its own."""
    what, why = f"own time of `{figure.element}`", f"with {duration(rest)} that no span shows, n = {figure.count}"
    if figure.path[-1] == "cpu":
        return Proposal(
            (*figure.path[:-1], "takes"), f"rest of `{figure.element}`", Verdict.NEW, "", duration(rest), why
        )
    new = fitted([max(value - round(figure.rest), 0) + round(rest) for value in figure.values])
    verdict = Verdict.NEW if figure.declared is None else Verdict.CHANGED
    made = proposal or Proposal(figure.path, what, verdict, figure.shown, new, why)
    return replace(made, verdict=verdict, new=new, seen=why)


@frozen
class Written:
    """The edits, and the proposals that are left to people: their place says it for others too, or has no room."""

    edits: tuple[Edit, ...]
    left: tuple[Proposal, ...]


def written(proposals: Iterable[Proposal], source: SourceMap, day: str) -> Written:
    """The edits for what is new or changed; behind each line that had no comment stands how much speaks for it."""
    # An element of a list stands at its place and at its name: of both, the name.
    named = (span for path, span in source.values.items() if not isinstance(path[1] if len(path) > 1 else "", int))
    shared = Counter(named)
    edits: list[Edit] = []
    left: list[Proposal] = []
    noted: set[tuple[str, int]] = set()
    for proposal in proposals:
        if proposal.verdict is Verdict.KEPT:
            continue
        edit = _edit(proposal, source, shared)
        if edit is None:
            left.append(proposal)
            continue
        edits.append(edit)
        note = _note(edit, source, f"{proposal.seen.rpartition('n = ')[2].rstrip(')')}, {day}", noted)
        edits += [note] if note is not None else []
    return Written(tuple(edits), tuple(left))


def _edit(proposal: Proposal, source: SourceMap, shared: Counter[Span]) -> Edit | None:
    span = source.values.get(proposal.path)
    if span is None:
        return addition_edit(Addition(proposal.path, proposal.new), source)
    if shared[span] > 1:
        return None  # said once for several
    return Edit(span, proposal.new)


def _note(edit: Edit, source: SourceMap, text: str, noted: set[tuple[str, int]]) -> Edit | None:
    """`# n = 20, 2026-11-30` behind a line without a comment that holds a whole figure."""
    row = lines(source.texts[edit.file])
    line = edit.span.line
    if "\n" in edit.text or line > len(row) or "#" in row[line - 1] or (edit.file, line) in noted:
        return None
    noted.add((edit.file, line))
    return insertion(edit.file, line, len(row[line - 1].rstrip()) + 1, f"  # n = {text}")
