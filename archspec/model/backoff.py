"""How long a caller waits before it tries again."""

import re
from fractions import Fraction
from typing import ClassVar, Literal, Self, cast

from archspec.frozen import frozen
from archspec.model.quantities import NUMBER, Duration, Quantity, decimal
from archspec.model.scalar import Plain, failed

_CALL = re.compile(r"(constant|exponential)\(([^()]*)\)")
_DURATION = Duration.pattern
_JITTER = "jitter=(?:none|full|equal)"
_NAMED = rf"(?:{_JITTER}|factor={NUMBER}|max=(?:{_DURATION}))"
Jitter = Literal["none", "full", "equal"]


@frozen
class Backoff(Quantity):
    """The wait before attempt k+1: `first` (constant), or min(max, first·factor^(k-1)) (exponential).

    Jitter `full` draws it from (0, w), `equal` from (w/2, w).

    >>> wait = Backoff.parse("exponential(50ms jitter=full)")
    >>> [str(wait.cap(k)) for k in (1, 2, 3, 4, 5)], wait.jitter
    (['50ms', '100ms', '200ms', '400ms', '500ms'], 'full')
    """

    first: Duration
    factor: Fraction
    maximum: Duration
    jitter: Jitter
    text: str

    what: ClassVar[str] = "back-off"
    examples: ClassVar[tuple[str, ...]] = ("constant(100ms)", "exponential(50ms jitter=full)")
    pattern: ClassVar[str] = (
        rf"constant\([\s,]*(?:{_JITTER}[\s,]+)*{_DURATION}(?:[\s,]+{_JITTER})*[\s,]*\)"
        rf"|exponential\([\s,]*(?:{_NAMED}[\s,]+)*{_DURATION}(?:[\s,]+{_NAMED})*[\s,]*\)"
    )

    @classmethod
    def read(cls, value: object) -> Self:
        """`constant(100ms)` or `exponential(50ms factor=2 max=2s jitter=none|full|equal)`."""
        call = _CALL.fullmatch(value.strip()) if isinstance(value, str) else None
        if call is None:
            raise cls.refused(value)
        words = call[2].replace(",", " ").split()
        named = dict(word.split("=", 1) for word in words if "=" in word)
        plain = [word for word in words if "=" not in word]
        allowed = {"jitter"} | ({"factor", "max"} if call[1] == "exponential" else set())
        unknown = sorted(set(named) - allowed)
        if len(plain) != 1 or unknown or len(plain) + len(named) != len(words):
            word = f"it knows no `{unknown[0]}`" if unknown else "it takes one time, then named values"
            raise cls.refused(value, word)
        first = Duration.read(Plain(plain[0]))
        factor = cls._factor(named.get("factor", "2")) if call[1] == "exponential" else Fraction(1)
        maximum = Duration.read(Plain(named["max"])) if "max" in named else Duration(first.nanoseconds * 10)
        jitter = cast("Jitter", named.get("jitter", "none"))
        if jitter not in ("none", "full", "equal"):
            raise failed(f"`{jitter}` is not a jitter", "use `none`, `full` or `equal`.", cls.what)
        canonical = {"factor": decimal(factor), "max": str(maximum), "jitter": jitter}
        spelled = " ".join([str(first), *(f"{key}={text}" for key, text in canonical.items() if key in named)])
        return cls(first, factor, maximum, jitter, f"{call[1]}({spelled})")

    @classmethod
    def _factor(cls, text: str) -> Fraction:
        if not re.fullmatch(NUMBER, text) or Fraction(text) < 1 or Fraction(text) > 1000:
            raise failed(f"`factor={text}` is not a factor", "write a number from 1 up, such as `factor=2`.", cls.what)
        return Fraction(text)

    def cap(self, attempt: int) -> Duration:
        """The longest wait after attempt number `attempt` (1 is the first) has failed."""
        wait, limit = Fraction(self.first.nanoseconds), self.maximum.nanoseconds
        for _ in range(attempt - 1):
            if wait >= limit or self.factor == 1:
                break
            wait *= self.factor
        return Duration(min(limit, round(wait)))

    def __str__(self) -> str:
        return self.text
