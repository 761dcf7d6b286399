"""What a report is: one frozen value per file of `reports/<subject>/`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from enum import StrEnum
from io import StringIO
from typing import Any, Generic, TypeVar

from archspec.frozen import frozen
from archspec.printable import Syntax
from archspec.reports.screen import Screen
from archspec.values import json_text

T = TypeVar("T")


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
    """An `execution.delivery.DeliveryTrace`."""
    SIMULATION = "simulation"
    """A `Simulation`."""
    COMPARISON = "comparison"
    """An `execution.comparison.Comparison`."""
    CAPACITY = "capacity"
    """An `execution.search.Capacity`."""
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
    write: Callable[[T], str | bytes] = field(repr=False)
    show: Callable[[T, Screen], str] | None = field(default=None, repr=False)
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
