"""Reports are found by their files; which one is written follows `--format`, else the file's suffix."""

import sys
from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.printable import Syntax, syntax_of
from archspec.reports import format_names, registry, report_for, reports
from archspec.reports.report import Subject

SUBJECTS = pytest.mark.parametrize("subject", Subject)


@SUBJECTS
def test_each_report_stands_in_the_file_of_its_name_and_the_folder_of_its_subject(subject: Subject) -> None:
    assert tuple(reports(subject)) == format_names(subject)
    assert {report.subject for report in reports(subject).values()} == {subject}


@SUBJECTS
def test_a_suffix_asks_for_one_format(subject: Subject) -> None:
    suffixes = [suffix for report in reports(subject).values() for suffix in report.suffixes]
    assert len(suffixes) == len(set(suffixes))


@SUBJECTS
def test_the_usual_format_is_one(subject: Subject) -> None:
    assert report_for(subject).name == subject.usual


def test_a_new_report_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder beside archspec's own: the file is found by its name, its suffix and in the list."""
    text = "from archspec.reports.report import Report, Subject\n"
    text += "REPORT = Report('haiku', Subject.SIMULATION, ('.haiku',), lambda simulation: 'ok')\n"
    package = tmp_path / "more_reports" / "simulation"
    package.mkdir(parents=True)
    for folder in (package.parent, package):
        (folder / "__init__.py").touch()
    (package / "haiku.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(registry, "HOME", "more_reports")
    assert list(reports(Subject.SIMULATION)) == ["haiku"]
    assert report_for(Subject.SIMULATION, name="haiku").write(None) == "ok"
    assert report_for(Subject.SIMULATION, file="a/b.haiku").name == "haiku"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("out.html", "html"),
        ("out.HTM", "html"),
        ("a.b/out", "text"),
        ("out.json", "json"),
        ("/dev/stdout", "text"),
        (None, "text"),
    ],
)
def test_the_format_follows_the_suffix(file: str | None, name: str) -> None:
    assert report_for(Subject.SIMULATION, file=file).name == name


def test_a_named_format_goes_before_the_suffix() -> None:
    assert report_for(Subject.SIMULATION, name="csv", file="out.html").name == "csv"


def test_the_longest_suffix_decides() -> None:
    found = [report_for(Subject.TRACE, Subject.TRACES, file=file) for file in ("t.json", "t.speedscope.json")]
    assert [(report.subject, report.name) for report in found] == [
        (Subject.TRACE, "json"),
        (Subject.TRACES, "speedscope"),
    ]


def test_an_unknown_suffix_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(UsageError, match=r"no format writes `x\.docx`; name one with --format, or end .*\.csv, "):
        report_for(Subject.SIMULATION, file="x.docx")


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"--format sarf is not a format of findings reports; did you mean `sarif`\?"):
        report_for(Subject.FINDINGS, name="sarf")


def test_only_pictures_in_bits_and_columns_are_no_text() -> None:
    bytes_ = [
        (subject.value, name) for subject in Subject for name, each in reports(subject).items() if not each.is_text
    ]
    assert bytes_ == [("difference", "png"), ("sweep", "parquet")]


NAMED = {"github": Syntax.COMMANDS, "sarif": Syntax.JSON}
"""The syntax of what no suffix tells."""


@SUBJECTS
def test_a_report_is_made_harmless_by_the_syntax_that_its_suffix_tells(subject: Subject) -> None:
    for name, report in reports(subject).items():
        told = syntax_of(report.suffixes[0]) if report.suffixes else Syntax.PLAIN
        assert report.syntax is NAMED.get(name, told), name
