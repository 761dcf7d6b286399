"""Every overlay that has something to say, worked out for the page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from archspec.model import Architecture, View
from archspec.overlays import Overlay, Subject, overlays
from archspec.simulation import Trace
from archspec.validators import Finding, Outcome
from archspec.webpage.part_content import LayerContent, ReadingContent


def layer_contents(
    architecture: Architecture,
    outcome: Outcome,
    traced: Mapping[str, Trace],
    analyses: dict[Callable[..., Any], Any],
    drifted: tuple[Finding, ...] | None = None,
) -> tuple[LayerContent, ...]:
    """Each overlay of all flows; those that have a reading for no component are left out, and those of traces where
    there are none.
    """
    place = Path(next(iter(architecture.source.texts), "."))
    everything = View.model_construct(id="all", include=())
    subject = Subject(architecture, everything, place, analyses, outcome.findings, traced, drifted)
    told = (overlay for overlay in overlays().values() if drifted is not None or not overlay.needs_traces)
    found = (_layer(overlay, subject) for overlay in told)
    return tuple(each for each in found if each.readings)


def _layer(overlay: Overlay, subject: Subject) -> LayerContent:
    layer = overlay.layer(subject)
    readings = tuple(
        ReadingContent(id_, each.text, each.tint.value, each.rank, each.note) for id_, each in layer.readings.items()
    )
    used = {each.tint for each in readings}
    keys = tuple((key.tint.value, key.meaning) for key in layer.keys if key.tint.value in used)
    return LayerContent(overlay.name, overlay.summary, readings, keys, layer.notes)
