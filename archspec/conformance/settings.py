"""What a team says of its traces: the section `[traces]` of `archspec.toml`."""

from collections.abc import Mapping
from dataclasses import field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from archspec.errors import UsageError
from archspec.frozen import frozen
from archspec.model import Plain, Ratio
from archspec.validators.config_file import config_files, section

MIN_TRACES = 20
"""So many traces of a flow must there be before anything is said of it."""
_HEALTH = ("health", "healthz", "livez", "readyz", "ready", "live", "ping", "metrics", "actuator/*", "favicon.ico")


@frozen
class TraceSettings:
    """How names in spans lead to components, what is passed over, and how the traces were chosen."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Name of a service in spans -> id of the component."""
    ignore: tuple[str, ...] = ()
    """Patterns of services and of requests that are passed over."""
    sampled: Ratio | None = None
    """Share of all traces, drawn at random when each began."""
    tail_sampled: bool = False
    """Whether failed and slow traces were kept by preference: then no share and no high percentile is judged."""
    min_traces: int = MIN_TRACES

    @property
    def passed_over(self) -> tuple[str, ...]:
        """All patterns, those of health checks and scrapes among them."""
        return (*self.ignore, *(f"/{word}" for word in _HEALTH), *(f"* /{word}" for word in _HEALTH))

    def overridden(self, min_traces: int | None, sampled: Fraction | None, *, tail_sampled: bool) -> "TraceSettings":
        """The same with what a command or a caller says instead."""
        return replace(
            self,
            min_traces=self.min_traces if min_traces is None else min_traces,
            sampled=self.sampled if sampled is None else Ratio(sampled),
            tail_sampled=self.tail_sampled or tail_sampled,
        )


def find_settings(spec: Path, given: Path | None) -> TraceSettings:
    """The settings in the file that the command line names, else of the nearest folder upwards from the spec.

    Raises:
        UsageError: a file is no TOML, or says something of traces that is not known.

    """
    for file in (given,) if given is not None else config_files(spec):
        if file.is_file() and (found := section(file, "traces", allow_outside=given is not None)) is not None:
            return _read(found, file)
    return TraceSettings()


def _read(told: Any, file: Path) -> TraceSettings:
    settings = TraceSettings()
    if not isinstance(told, dict):
        raise UsageError(f"{file}: `traces` is no section; write `[traces]` above its keys.")
    for key, value in told.items():
        match key, value:
            case "names", dict() if all(isinstance(each, str) for each in value.values()):
                settings = replace(settings, names=value)
            case "ignore", list() if all(isinstance(each, str) for each in value):
                settings = replace(settings, ignore=tuple(value))
            case "sampled", str():
                settings = replace(settings, sampled=_ratio(value, file))
            case "tail-sampled", bool():
                settings = replace(settings, tail_sampled=value)
            case "min-traces", int() if value > 0 and not isinstance(value, bool):
                settings = replace(settings, min_traces=value)
            case _:
                raise UsageError(
                    f'{file}: `{key}` does not fit [traces]; it holds `names = {{"in-spans" = "component"}}`, '
                    '`ignore = ["…"]`, `sampled = "20%"`, `tail-sampled = true`, `min-traces = 20`.'
                )
    return settings


def _ratio(text: str, file: Path) -> Ratio:
    try:
        return Ratio.read(Plain(text))
    except ValueError as error:
        raise UsageError(f"{file}: `sampled` {text}: {error}; write it as `20%`.") from None
