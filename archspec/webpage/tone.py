"""How a statement sounds; colour is never the only sign of it."""

from enum import Enum

from archspec.validators import Severity


class Tone(Enum):
    """Good news or bad."""

    PLAIN = "plain"
    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    BAD = "bad"

    @property
    def sign(self) -> str:
        """A mark that says it without colour; empty for the plain one."""
        return {Tone.PLAIN: "", Tone.GOOD: "✓", Tone.NOTE: "i", Tone.WARNING: "!", Tone.BAD: "✕"}[self]


def tone_of(severity: Severity) -> Tone:
    """How a finding sounds."""
    return {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARNING, Severity.INFO: Tone.NOTE}[severity]
