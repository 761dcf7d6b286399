"""How times, outcomes and colours are written in every format of a trace."""

from collections.abc import Sequence
from textwrap import wrap

from archspec.reports.report import PAPER, Ink, Screen
from archspec.simulation import Call
from archspec.values import duration


def took(call: Call) -> str:
    """How long a call took for who waited for it: nothing where nothing says how long, a dash where it never ended."""
    end = call.answered if call.role == "message" else call.settled
    if end is None:
        return "–"
    return duration(end - call.sent) if call.timed else ""


def milliseconds(nanoseconds: int | None) -> float | int | None:
    """Milliseconds as a plain number, whole where they are."""
    if nanoseconds is None:
        return None
    return nanoseconds // 10**6 if nanoseconds % 10**6 == 0 else nanoseconds / 10**6


def outcome(status: int | None, cause: str | None) -> str:
    """What a caller got: `200`, `502 refused`, `timeout`."""
    if status is None:
        return (cause or "no answer").replace("_", " ")
    return f"{status} {cause}".replace("_", " ") if cause else str(status)


def outcome_of(call: Call) -> str:
    """What a call came to; a message that nobody waits for came to what its consumer answered."""
    if call.role == "message":
        return outcome(call.answer_status, None if call.answer_status and call.answer_status < 400 else call.cause)
    if call.settled is None:
        return "no answer"
    if call.cause is not None and call.status is not None and not _is_own(call):
        return str(call.status)
    return outcome(call.status, call.cause)


def _is_own(call: Call) -> bool:
    return call.originates or call.replica is None


def ink_of(status: int | None, *, failed: bool) -> Ink:
    """The colour of an outcome."""
    if failed or status is None:
        return Ink.BAD
    return Ink.WARNING if status >= 400 else Ink.GOOD


def name_of(call: Call) -> str:
    """The replica that was asked, else the component."""
    return call.replica or call.component


def wrapped(sentences: Sequence[str], screen: Screen = PAPER) -> list[str]:
    """Sentences on lines that fit behind two spaces (100 columns on paper), those that go on indented."""
    width = min(screen.width or 100, 100) - 2
    return [line for text in sentences for line in wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)]
