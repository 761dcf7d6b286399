"""What rules find: drafts by path, findings with a place, and what could not be judged."""

from enum import Enum

from archspec.errors import Span
from archspec.frozen import frozen
from archspec.language import Addition
from archspec.model import Path


class Severity(Enum):
    """How sure: an error contradicts a promise or cannot work, a warning will hurt one day, info is taste."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for info."""
        return list(Severity).index(self)


@frozen
class Found:
    """What a check yields where a rule is violated.

    `path` leads to the place to point at: its value, else the nearest thing written around it
    (`("components", "api", "replicas")` falls back to the id `api`); with `at_key` its key.
    `message` begins in lower case or with an id in backticks, gives the numbers and the consequence, and has no
    full stop; `remedy` says what to do and ends in one. Together they read `message; remedy`.

    `element` is what the finding is about, for precedence, baselines and suppressions; by default the id in the path.
    `covers` are further elements that a weaker rule need not speak of again. `severity` overrules the rule's own.
    `related` are paths of other places that take part, with a word on each. `adds` is what `--fix --unsafe-fixes`
    would write.
    """

    path: Path
    message: str
    remedy: str
    element: str | None = None
    severity: Severity | None = None
    covers: tuple[str, ...] = ()
    related: tuple[tuple[Path, str], ...] = ()
    at_key: bool = False
    adds: Addition | None = None

    @property
    def about(self) -> str:
        """The element: the stated one, else the id in the path (`spec` where there is none)."""
        return self.element or (str(self.path[1]) if len(self.path) > 1 else "spec")


@frozen
class Unknown:
    """What a check yields where the spec is silent: never a finding, one line at the end of a run counts them.

    `subject` is a plural (`backups`, `timeouts`); `element` a component's id, or `a -> b` for a call; without one
    the subject is named without a number.
    """

    subject: str
    element: str = ""


@frozen
class Finding:
    """One violation of one rule, placed.

    `reason` is set where the spec suppresses it, and says why.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    element: str
    path: Path = ()
    span: Span | None = None
    related: tuple[tuple[Span, str], ...] = ()
    reason: str | None = None
    adds: Addition | None = None

    @property
    def text(self) -> str:
        """Message and remedy in one sentence."""
        return f"{self.message}; {self.remedy}"
