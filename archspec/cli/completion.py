"""What a shell completes options with: the names in the spec that the command line names, and archspec's own.

A spec that cannot be read completes nothing, and no code of a Python spec is run for it.
"""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from archspec.errors import ArchspecError

if TYPE_CHECKING:
    from archspec.model import Architecture

MOST_REPLICAS = 20
"""Nobody picks one of more from a list."""


def flows(incomplete: str) -> list[str]:
    """The flows of the spec."""
    spec = _architecture()
    return _beginning(incomplete, spec.flows if spec else ())


def views(incomplete: str) -> list[str]:
    """The views of the spec, those it has by itself too, and each flow step by step and in time."""
    from archspec.renderers import views as found

    spec = _architecture()
    flows = [f"{prefix}-{flow}" for flow in spec.flows for prefix in ("flow", "sequence")] if spec else []
    names = [*(view.id for view in found(spec)), *flows] if spec else ()
    return _beginning(incomplete, dict.fromkeys(names))


def overlays(incomplete: str) -> list[str]:
    """The overlays of pictures."""
    from archspec.overlays import overlays as found

    return _beginning(incomplete, found())


def scenarios(incomplete: str) -> list[str]:
    """The scenarios of the spec."""
    spec = _architecture()
    return _beginning(incomplete, spec.scenarios if spec else ())


def pipelines(incomplete: str) -> list[str]:
    """The pipelines of the spec."""
    spec = _architecture()
    return _beginning(incomplete, spec.pipelines if spec else ())


def parts(incomplete: str) -> list[str]:
    """What can fail: components, their replicas, groups."""
    spec = _architecture()
    if spec is None:
        return []
    counts = ((name, min(getattr(part, "replicas", 1), MOST_REPLICAS)) for name, part in spec.components.items())
    replicas = (f"{name}-{number + 1}" for name, count in counts if count > 1 for number in range(count))
    return _beginning(incomplete, (*spec.components, *replicas, *spec.groups))


def slowed(incomplete: str) -> list[str]:
    """What can be slow, up to the `=`."""
    spec = _architecture()
    return _beginning(incomplete, (f"{name}=" for name in spec.components) if spec else ())


def caches(incomplete: str) -> list[str]:
    """What can miss."""
    spec = _architecture()
    components = spec.components.items() if spec else ()
    return _beginning(incomplete, (name for name, part in components if part.kind in ("cache", "cdn", "function")))


def rules(incomplete: str) -> list[str]:
    """Codes of rules; of a list by commas, its last."""
    from archspec.validators.registry import rules as known

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{code}" for code in _beginning(last, known())]


def pictures(incomplete: str) -> list[str]:
    """The formats of pictures."""
    from archspec.renderers import renderers

    return _beginning(incomplete, renderers())


def exports(incomplete: str) -> list[str]:
    """The formats of exports."""
    from archspec.exports import format_names

    return _beginning(incomplete, format_names())


def formats(names: Iterable[str]) -> Callable[[str], list[str]]:
    """The formats of a report, which have these names."""
    return lambda incomplete: _beginning(incomplete, names)


def _architecture() -> "Architecture | None":
    """The YAML spec on the line; an option without its value yet keeps the line from being parsed."""
    from archspec.language import load

    words = (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()
    spec = next((word for word in words if word.endswith((".yaml", ".yml"))), None)
    try:
        return load(spec, python=False) if spec else None
    except (ArchspecError, OSError):
        return None


def _beginning(incomplete: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]
