"""What each component costs the flows: the time per year that would be won if it never failed."""

from archspec.analysis import Availability, FlowAvailability, Importance
from archspec.overlays import Overlay, Subject
from archspec.renderers import Key, Layer, Reading, Tint
from archspec.values import duration

HOUR, SECOND = 3600 * 10**9, 10**9
LITTLE = 0.1
"""Of the time that a promise leaves, what one part may well cost."""


def layer(subject: Subject) -> Layer:
    """Of each component the part of it that costs a flow most."""
    readings: dict[str, Reading] = {}
    for flow in map(subject.once(Availability).of_flow, subject.flows):
        for cost in flow.importance:
            made, owner = _reading(flow, cost), cost.part.owner
            if owner not in readings or made.rank > readings[owner].rank:
                readings[owner] = made
    keys = (
        Key(Tint.GOOD, "costs at most a tenth of the downtime allowed"),
        Key(Tint.FAIR, "costs more than a tenth of the downtime allowed"),
        Key(Tint.BAD, "costs all that is allowed, or more"),
        Key(Tint.FIRST, "no promise to hold it against"),
        Key(Tint.OTHER, "nothing says how often it fails"),
    )
    return Layer("availability", readings, keys)


def _reading(flow: FlowAvailability, cost: Importance) -> Reading:
    hours, allowed, part = cost.downtime, flow.allowed_downtime, cost.part.name
    if hours is None:
        return Reading("no figure", Tint.OTHER, -1.0, f"nothing says how often {part} fails")
    words = f"{duration(hours * HOUR) if hours * HOUR >= SECOND else '< 1 s'} / year"
    note = f"{flow.flow} would be up {words} longer if {part} never failed"
    if not allowed:
        return Reading(words, Tint.FIRST, hours, note)
    share = hours / allowed
    return Reading(words, Tint.BAD if share >= 1 else Tint.FAIR if share > LITTLE else Tint.GOOD, hours, note)


OVERLAY = Overlay("availability", "what each costs the flows", layer)
