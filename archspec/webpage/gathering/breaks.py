"""A flow under every single failure: which parts there are to break, and what became of the request."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from archspec.analysis.structure import Structures
from archspec.model.flow import Flow
from archspec.model.traits import Caching
from archspec.simulation.trace_model import Trace, TraceOptions
from archspec.webpage.flow_content import BreakContent, PartKind, RunContent
from archspec.webpage.gathering.shares import failing, share_in_words
from archspec.webpage.part_content import PartContent
from archspec.webpage.tone import Tone


@dataclass(frozen=True, slots=True)
class Breaker:
    """Breaks one flow: `walk` traces it under some suppositions, `tell` puts a trace in the page's words."""

    structures: Structures
    flow: Flow
    parts: tuple[PartContent, ...]
    whole: RunContent
    walk: Callable[[TraceOptions], Trace]
    tell: Callable[[Trace], RunContent]

    def breaks(self) -> tuple[BreakContent, ...]:
        """The request while each part is down. Parts that the flow never meets are not walked: it is the same."""
        met = self._met()
        caches = self._caches()
        missing = self.tell(self.walk(TraceOptions(miss=caches))) if caches else self.whole
        known: dict[RunContent, RunContent] = {self.whole: self.whole}
        found = []
        for part, share in zip(self.parts, self._failing(), strict=True):
            run, missed = self.whole, None
            if any(loss.component in met for loss in part.losses):
                run = self._run(_supposing(part), known)
                if caches and part.kind is not PartKind.SLOW and not _differs(run, self.whole):
                    worse = self._run(replace(_supposing(part), miss=caches), known)
                    missed = worse if _differs(worse, missing) and worse.tone is not missing.tone else None
            changed = _differs(run, self.whole)
            found.append(BreakContent(part.id, part.title, part.kind, part.what, run, changed, missed, share))
        return tuple(found)

    def _failing(self) -> tuple[str, ...]:
        """For each part how many requests fail.

        Nothing is said of a flow that fails with all parts up: its failures are not those of parts.
        """
        if self.whole.tone is Tone.BAD:
            return ("",) * len(self.parts)
        return tuple(map(share_in_words, failing(self.structures, self.flow.id, self.parts)))

    def _run(self, options: TraceOptions, known: dict[RunContent, RunContent]) -> RunContent:
        told = self.tell(self.walk(options))
        return known.setdefault(told, told)

    def _met(self) -> frozenset[str]:
        """The components whose failure may be felt: those called, and the copies that may answer for them."""
        called = {id_ for visit in self.structures.architecture.walk(self.flow.id) for id_ in visit.step.call}
        components = self.structures.architecture.components.values()
        copies = {each.id for each in components if getattr(each, "replica_of", None) in called}
        return frozenset(called | copies)

    def _caches(self) -> tuple[str, ...]:
        """The caches on the way that have something to ask on a miss."""
        visits = self.structures.architecture.walk(self.flow.id)
        missing = (id_ for visit in visits if visit.step.on_miss for id_ in visit.step.call)
        return tuple(
            id_ for id_ in dict.fromkeys(missing) if isinstance(self.structures.architecture.components[id_], Caching)
        )


def _supposing(part: PartContent) -> TraceOptions:
    if part.kind is PartKind.SLOW:
        return TraceOptions(slow=(part.id,))
    return TraceOptions(fail=part.both or (part.id,))


def _differs(run: RunContent, whole: RunContent) -> bool:
    """Whether a user, or whoever is told, would notice: the answer, its time or the alerts are others."""
    return (run.answer, run.duration, run.alarms) != (whole.answer, whole.duration, whole.alarms)
