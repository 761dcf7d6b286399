"""What an overlay is: one frozen value per file of `kinds/`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from archspec.model.architecture import Architecture
from archspec.model.view import View
from archspec.renderers.overlay import Layer


@dataclass(frozen=True, slots=True)
class Subject:
    """What an overlay is about. `place` is the spec's file, whose folder says how it is judged."""

    architecture: Architecture
    view: View
    place: Path

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows that the view shows; all, where it names none."""
        named = {selector.removeprefix("flow:") for selector in self.view.include if selector.startswith("flow:")}
        return tuple(flow for flow in self.architecture.flows if flow in named) or tuple(self.architecture.flows)


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay: its name, one line on it, and how it is worked out."""

    name: str
    summary: str
    layer: Callable[[Subject], Layer] = field(repr=False)
