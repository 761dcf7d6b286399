"""What `import archspec` gives beside the builder: functions, the values they return, and what they raise."""

from archspec.errors import ArchspecError, DefectError, MissingExtraError, Problem, Span, SpecError, UsageError
from archspec.language import load, load_text
from archspec.model.architecture import Architecture

__all__ = [
    "Architecture",
    "ArchspecError",
    "DefectError",
    "MissingExtraError",
    "Problem",
    "Span",
    "SpecError",
    "UsageError",
    "load",
    "load_text",
]
