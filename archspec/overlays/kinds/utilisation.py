"""How busy each component is under the load that the flows state."""

from archspec.analysis import Capacity
from archspec.analysis.load_report import StationReport, load_report
from archspec.overlays import Overlay, Subject
from archspec.renderers import Key, Layer, Reading, Tint
from archspec.values import busy

BUSY, FULL = 0.7, 1.0
"""From where on waiting grows steeply (at 70% a single server's requests wait 2.3 times as long as they are worked on),
and where it never ends.
"""


def layer(subject: Subject) -> Layer:
    """Of each component its fullest resource, at its fullest replica."""
    architecture = subject.architecture
    load = load_report(architecture, subject.once(Capacity))
    readings = {id_: Reading("load unknown", Tint.OTHER, -1.0) for id_ in load.unknown}
    for station in load.stations:
        id_ = station.component.partition(" -> ")[0]
        if id_ not in readings or station.peak > readings[id_].rank:
            readings[id_] = _reading(station)
    keys = (
        Key(Tint.GOOD, "busy below 70%"),
        Key(Tint.FAIR, "busy from 70% on"),
        Key(Tint.BAD, "overloaded"),
        Key(Tint.OTHER, "work not stated"),
    )
    return Layer("utilisation", readings, keys)


def _reading(station: StationReport) -> Reading:
    tint = Tint.BAD if station.peak >= FULL else Tint.FAIR if station.peak >= BUSY else Tint.GOOD
    words = f"{station.resource} {busy(station.peak)}"
    return Reading(words, tint, station.peak, f"{station.component}: {words} busy at its fullest replica")


OVERLAY = Overlay("utilisation", "how busy the fullest resource of each is", layer)
