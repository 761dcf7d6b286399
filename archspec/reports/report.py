"""What a report is: one frozen value per file of `reports/<subject>/`; what it tells of, and where it is read."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, StrEnum
from io import StringIO
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from archspec.frozen import frozen
from archspec.printable import Syntax
from archspec.values import json_text

if TYPE_CHECKING:
    from archspec.analysis import SystemReport
    from archspec.model import Architecture
    from archspec.simulation import FaultStretch, LoadTimeline, Results, Run, SampledTrace, Series, Task, Trace
    from archspec.simulation.studies.sweep import Outcome
    from archspec.validators import Rule
T = TypeVar("T")


class Ink(Enum):
    """What a colour says, with the code that begins it."""

    BOLD = "\x1b[1m"
    DIM = "\x1b[2m"
    GOOD = "\x1b[32m"
    BAD = "\x1b[31m"
    WARNING = "\x1b[33m"


END = "\x1b[0m"


@frozen
class Screen:
    """`width` is the columns of the terminal that a person looks at; None where a text goes to a file or a program."""

    colour: bool = False
    width: int | None = None

    def paint(self, ink: Ink | None, text: str) -> str:
        """The text in a colour, where there are any."""
        return f"{ink.value}{text}{END}" if self.colour and ink and text else text

    def within(self, indent: int) -> "Screen":
        """What is left of it beside an indentation."""
        return Screen(self.colour, self.width and max(20, self.width - indent))


PAPER = Screen()
"""Plain text."""


class Subject(StrEnum):
    """What is reported on; its value names the folder of its formats, and each has one type that they all write."""

    FINDINGS = "findings"
    """A `validators.outcome.Run`."""
    ANALYSIS = "analysis"
    """An `Analysis`."""
    TRACE = "trace"
    """A `TracedRequest`."""
    TRACES = "traces"
    """`Traces`, as other tools read them."""
    DELIVERY = "delivery"
    """A `simulation.delivery.DeliveryTrace`."""
    SIMULATION = "simulation"
    """A `Simulation`."""
    COMPARISON = "comparison"
    """A `simulation.studies.comparison.Comparison`."""
    CAPACITY = "capacity"
    """A `simulation.studies.search.Capacity`."""
    CALIBRATION = "calibration"
    """A `conformance.calibration.Calibration`."""
    DIFFERENCE = "difference"
    """A `difference.difference.Difference`."""
    SWEEP = "sweep"
    """A `Sweep`."""
    PLAN = "plan"
    """A `planning.values.Plan`."""
    VERIFICATION = "verification"
    """A `verification.values.Verification`."""
    RULES = "rules"
    """`RulePages`."""

    @property
    def usual(self) -> str:
        """The format where nothing asks for another."""
        return {Subject.TRACE: "tree", Subject.TRACES: "json", Subject.DELIVERY: "tree"}.get(self, "text")


@frozen(slots=False)  # slots would refuse what `Report[…](…)` notes in Python 3.11
class Report(Generic[T]):
    """A format of a subject: its name, which is that of its file with `-` for `_`, and the suffixes that ask for it.

    `write` gives the file's whole content; bytes are for no terminal. `show`, where there is one, writes the same for a
    terminal. `syntax`: how the text is read by what shows it.
    """

    name: str
    subject: Subject
    suffixes: tuple[str, ...]
    write: Callable[[T], str | bytes]
    show: Callable[[T, Screen], str] | None = None
    syntax: Syntax = Syntax.PLAIN
    is_text: bool = True


def html_report(subject: Subject, write: Callable[[T], str]) -> Report[T]:
    """A web page that needs nothing else."""
    return Report("html", subject, (".html", ".htm"), write, syntax=Syntax.MARKUP)


def json_report(subject: Subject, data: Callable[[T], Any]) -> Report[T]:
    """The data for programs, as JSON."""
    return Report("json", subject, (".json",), lambda value: json_text(data(value)), syntax=Syntax.JSON)


def csv_report(subject: Subject, rows: Callable[[T], Iterable[Sequence[object]]]) -> Report[T]:
    """Rows as CSV, the names of the columns first: empty where there is no figure, flags as 0 and 1."""

    def write(value: T) -> str:
        import csv

        out = StringIO()
        cells = ([int(cell) if isinstance(cell, bool) else cell for cell in row] for row in rows(value))
        csv.writer(out, lineterminator="\n").writerows(cells)
        return out.getvalue()

    return Report("csv", subject, (".csv",), write)


@frozen
class Analysis:
    """The figures of a spec, and beside them those with some `settings` (`api.replicas=6`) instead of the spec's."""

    base: "SystemReport"
    changed: "SystemReport | None" = None
    settings: tuple[str, ...] = ()


@frozen
class TracedRequest:
    """A request that was walked, and the system that it was walked through."""

    architecture: "Architecture"
    trace: "Trace"


@frozen
class Traces:
    """Whole traces; `epoch` is the Unix time in nanoseconds at which they begin."""

    traces: "tuple[SampledTrace, ...]"
    epoch: int = 0


@frozen
class Simulation:
    """The results of a run, and its course; `epoch` is the Unix time in nanoseconds at which it begins."""

    results: "Results"
    timeline: "tuple[Series, ...]" = ()
    run: "Run | None" = None
    """The run itself (of several the first), for what is told of each sample."""
    epoch: int = 0
    load: "LoadTimeline | None" = None
    faults: "tuple[FaultStretch, ...]" = ()


@frozen
class Sweep:
    """The runs of a sweep with what came of each; `figure` is what a heat map shows."""

    tasks: "tuple[Task, ...]"
    outcomes: "tuple[Outcome, ...]"
    figure: str = "p99"
    architecture: "Architecture | None" = None
    """With the first of the settings: its name, and what its flows promise."""


@frozen
class RulePages:
    """Rules to be explained: each by its whole page, or all in a list."""

    rules: "tuple[Rule, ...]"
    is_whole: bool
