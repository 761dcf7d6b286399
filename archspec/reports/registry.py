"""The formats of each subject; of our own, which are known by their files, only the one asked for is loaded."""

from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Any

from archspec.discovery import discover
from archspec.errors import UsageError
from archspec.language import did_you_mean
from archspec.reports.report import Report, Subject

HOME = "archspec.reports"


def format_names(subject: str) -> tuple[str, ...]:
    """The names of archspec's own formats of a subject, sorted, without importing any."""
    return tuple(
        sorted(module.name.replace("_", "-") for module in iter_modules(import_module(f"{HOME}.{subject}").__path__))
    )


def reports(subject: Subject) -> dict[str, Report[Any]]:
    """Every format of a subject by name; other distributions add theirs by the entry point `archspec.reports`."""
    package = f"{HOME}.{subject}"
    found = discover((package,), Report, lambda each: f"{each.subject}/{each.name}", "archspec.reports")
    return {report.name: report for report in found.values() if report.subject is subject}


def report_for(*subjects: Subject, name: str | None = None, file: str | None = None) -> Report[Any]:
    """The format of this name, else the one that the file's suffix tells, else the usual one of the first subject.

    Raises:
        UsageError: there is no such format, or no format has this suffix.

    >>> report_for(Subject.SIMULATION, file="results.html").name, report_for(Subject.FINDINGS).name
    ('html', 'text')

    """
    by_suffix = not name and file is not None and bool(PurePath(file).suffix)
    if not by_suffix:
        wanted = name or subjects[0].usual
        own = next((subject for subject in subjects if wanted in format_names(subject)), None)
        if own is not None:
            return _own(own, wanted)
    known = {each.name: each for subject in reversed(subjects) for each in reports(subject).values()}
    return _of_suffix(known, str(file)) if by_suffix else _named(known, wanted, subjects[0])


def _own(subject: Subject, name: str) -> Report[Any]:
    """The value of one file, without importing its neighbours."""
    values = vars(import_module(f"{HOME}.{subject}.{name.replace('-', '_')}")).values()
    return next(value for value in values if isinstance(value, Report))


def _named(known: dict[str, Report[Any]], name: str, subject: str) -> Report[Any]:
    if name not in known:
        remedy = did_you_mean(name, known, f"write {', '.join(known)}.")
        raise UsageError(f"--format {name} is not a format of {subject} reports; {remedy}")
    return known[name]


def _of_suffix(known: dict[str, Report[Any]], file: str) -> Report[Any]:
    by_suffix = {suffix: each for each in known.values() for suffix in each.suffixes}
    for suffix in sorted(by_suffix, key=len, reverse=True):
        if file.lower().endswith(suffix):
            return by_suffix[suffix]
    raise UsageError(
        f"no format writes `{file}`; name one with --format, or end the file with {', '.join(sorted(by_suffix))}."
    )
