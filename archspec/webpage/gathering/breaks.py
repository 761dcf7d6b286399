"""What the page has to know of a flow to break it: which parts it feels, and how many of its requests need them."""

from archspec.analysis import Structures
from archspec.model import Architecture, Caching
from archspec.webpage import BreakingContent, PartContent, PartKind
from archspec.webpage.gathering.shares import failing, share_in_words


def breaking(structures: Structures, flow: str, parts: tuple[PartContent, ...]) -> BreakingContent:
    """Of one flow; the page walks its requests itself."""
    architecture = structures.architecture
    shares = zip(parts, failing(structures, flow, parts), strict=True)
    told = ((part.id, share_in_words(share)) for part, share in shares if part.kind is not PartKind.SLOW)
    return BreakingContent(
        met=_met(architecture, flow),
        caches=_caches(architecture, flow),
        failing=tuple((part, words) for part, words in told if words != "none"),
    )


def _met(architecture: Architecture, flow: str) -> tuple[str, ...]:
    """The components whose failure may be felt: those called, and the copies that may answer for them."""
    called = {id_: None for visit in architecture.walk(flow) for id_ in visit.step.call}
    components = architecture.components.values()
    copies = {each.id: None for each in components if getattr(each, "replica_of", None) in called}
    return tuple(called | copies)


def _caches(architecture: Architecture, flow: str) -> tuple[int, ...]:
    """The caches on the way that have something to ask on a miss."""
    missing = {id_ for visit in architecture.walk(flow) if visit.step.on_miss for id_ in visit.step.call}
    components = enumerate(architecture.components.values())
    return tuple(number for number, each in components if each.id in missing and isinstance(each, Caching))
