"""What an overlay is: one frozen value per file of `kinds/`, and which there are."""

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, TypeVar

from archspec.discovery import discover
from archspec.frozen import frozen
from archspec.language import named
from archspec.model import Architecture, View
from archspec.renderers import Layer
from archspec.simulation import Trace
from archspec.validators import Context, Finding

T = TypeVar("T")


@frozen
class Subject:
    """What an overlay is about. `place` is the spec's file, whose folder says how it is judged.

    What has been worked out already is not worked out again: `analyses` by what gives them, the `findings` of lint, and
    the requests that were `traced`, by flow. What has `drifted` only who has traces of the running system can tell.
    """

    architecture: Architecture
    view: View
    place: Path
    analyses: dict[Callable[..., Any], Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] | None = None
    traced: Mapping[str, Trace] = field(default_factory=dict)
    drifted: tuple[Finding, ...] | None = None

    def once(self, analysis: Callable[[Architecture], T]) -> T:
        """`analysis(architecture)`, worked out at most once."""
        return Context(self.architecture, analyses=self.analyses).once(analysis)

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows that the view shows; all, where it names none."""
        named = {selector.removeprefix("flow:") for selector in self.view.include if selector.startswith("flow:")}
        return tuple(flow for flow in self.architecture.flows if flow in named) or tuple(self.architecture.flows)


@frozen
class Overlay:
    """An overlay: its name, one line on it, how it is worked out, and whether only with traces."""

    name: str
    summary: str
    layer: Callable[[Subject], Layer]
    needs_traces: bool = False


def overlays() -> dict[str, Overlay]:
    """Every overlay by name, sorted; other distributions add theirs by the entry point `archspec.overlays`."""
    return discover(("archspec.overlays.kinds",), Overlay, lambda one: one.name, "archspec.overlays")


def layer_of(name: str, subject: Subject) -> Layer:
    """The overlay of this name, worked out.

    Raises:
        UsageError: there is no such overlay.

    """
    return named("overlay", name, overlays()).layer(subject)
