"""The spec that a tool is given: a text, or a file below the folder that the server was started in."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

import archspec
from archspec.assistant.limits import LARGEST_SPEC
from archspec.errors import UsageError
from archspec.plain_file import ConfinedError, may_be_read

SPEC_ENDINGS = (".yaml", ".yml", ".json")

SpecText = Annotated[str | None, Field(description="A spec as YAML text; it cannot `include`. Either this or `path`.")]
SpecPath = Annotated[
    str | None, Field(description="A spec's file, relative to the server's folder: `architecture.yaml`.")
]
Settings = Annotated[
    dict[str, Any] | None,
    Field(description='Values tried without changing the spec: {"api.replicas": 6, "lb -> api.timeout": "1s"}.'),
]


def place(path: str) -> str:
    """A path inside the server's folder.

    Raises:
        ConfinedError: it leads outside; whether anything is there is not told.

    """
    if not may_be_read(Path(path)):
        raise ConfinedError(Path(path))
    return path


def spec_place(path: str) -> str:
    """The same, of a file that holds YAML.

    Raises:
        UsageError: it is named like something else: a Python spec would run.

    """
    if not path.lower().endswith(SPEC_ENDINGS):
        raise UsageError(f"`{path}` is not a YAML file; only those are read here, since a Python spec runs its code.")
    return place(path)


def architecture(spec: str | None, path: str | None, settings: dict[str, Any] | None = None) -> archspec.Architecture:
    """The system that is meant, with the settings over it.

    Raises:
        SpecError: it is invalid.
        UsageError: both or neither are given, or the file cannot be read.

    """
    if (spec is None) == (path is None):
        raise UsageError("give the spec's text as `spec` or its file as `path`, one of the two.")
    found = archspec.load_text(limited(spec or ""), TEXT) if path is None else archspec.load(spec_place(path))
    return archspec.changed(found, settings) if settings else found


TEXT = "<text>"
"""How positions name a spec that came as a text."""


def limited(text: str) -> str:
    """A text of a size that is taken. Raises UsageError."""
    if len(text.encode("utf-8", "replace")) > LARGEST_SPEC:
        raise UsageError(f"the spec is larger than {LARGEST_SPEC // 2**20} MiB; split it into files that it includes.")
    return text
