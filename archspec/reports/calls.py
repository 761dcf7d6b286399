"""How times, outcomes and colours are written in every format of a trace."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from archspec.execution.trace_model import Call
from archspec.values import lasting


@dataclass(frozen=True, slots=True)
class Palette:
    """Codes that begin and end a style; all empty where output is not coloured."""

    bold: str = ""
    dim: str = ""
    good: str = ""
    bad: str = ""
    warning: str = ""
    accent: str = ""
    reset: str = ""

    def paint(self, code: str, text: str) -> str:
        """The text in a style."""
        return f"{code}{text}{self.reset}" if code and text else text


PLAIN = Palette()
ANSI = Palette("\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[0m")


def took(call: Call) -> str:
    """How long a call took for who waited for it: nothing where nothing says how long, a dash where it never ended."""
    end = call.answered if call.role == "message" else call.settled
    if end is None:
        return "–"
    return lasting(end - call.sent) if call.timed else ""


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


def code_for(palette: Palette, status: int | None, *, failed: bool) -> str:
    """The colour of an outcome."""
    if failed or status is None:
        return palette.bad
    return palette.warning if status >= 400 else palette.good


def name_of(call: Call) -> str:
    """The replica that was asked, else the component."""
    return call.replica or call.component


def wrapped(sentences: Sequence[str]) -> list[str]:
    """Sentences on lines that fit into a terminal of 100 columns behind two spaces, those that go on indented."""
    return [line for text in sentences for line in wrap(text, 98, subsequent_indent="  ", break_on_hyphens=False)]
