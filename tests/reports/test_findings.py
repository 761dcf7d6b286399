"""The formats of reports, each over the same run: an error, a warning, a suppressed finding and an invalid spec."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from archspec import __version__
from archspec.errors import Span, SpecError
from archspec.language import load_text
from archspec.reports import format_names, report_for
from archspec.reports.findings.text import statistics
from archspec.reports.report import Screen, Subject
from archspec.validators import Finding, Severity
from archspec.validators.outcome import Run, invalid
from archspec.validators.registry import rules
from archspec.validators.run import judge
from tests.conftest import Golden

SPEC = """archspec: 1
name: Box
groups: {box: {kind: host}}
components:
  api: {kind: server, group: box, scaling: {mode: vertical}}
  db: {kind: database, group: box, backup: none}  # archspec: ignore[DAT02] rebuilt every night
connections: [api -> db]
"""
FORMATS = ("concise", "github", "gitlab", "json", "junit", "markdown", "sarif", "text")
SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"


@pytest.fixture(scope="module")
def run() -> Run:
    """One valid and one invalid spec."""
    valid = judge(load_text(SPEC, "specs/a b.yaml"), file="specs/a b.yaml")
    with pytest.raises(SpecError) as caught:
        load_text("archspec: 1\nname: Broken\ncomponents: {api: {kind: sever}}\n", "broken.yaml")
    return Run((valid, invalid("broken.yaml", caught.value)), rules())


def written(run: Run, name: str) -> str:
    """The run in one format."""
    return str(report_for(Subject.FINDINGS, name=name).write(run))


def test_formats_are_found_by_their_files() -> None:
    """Adding a format is adding a file."""
    assert format_names("findings") == FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_the_findings_and_the_mistakes(run: Run, name: str) -> None:
    """An invalid spec appears in every format as a finding."""
    text = written(run, name)
    assert text.endswith("\n")
    for word in ("SCL05", "DAT01", "server"):
        assert word in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_as_it_was_before(name: str, run: Run, golden: Golden) -> None:
    """Without our version and the whole pages of rules."""
    own = rf'("(archspec|semanticVersion)": )"{re.escape(__version__)}"'
    text = re.sub(r'("markdown": )".*"', r'\1"…"', re.sub(own, r'\1"…"', written(run, name)))
    golden(f"tests/reports/expected/findings.{name}.txt", text)


def test_a_person_is_shown_the_same_in_colours(run: Run, golden: Golden) -> None:
    shown = report_for(Subject.FINDINGS).show
    assert shown is not None
    golden("tests/reports/expected/findings.shown.txt", re.sub(r"\x1b\[([0-9;]*)m", r"⟨\1⟩", shown(run, Screen(True))))


@pytest.mark.parametrize("name", FORMATS)
def test_a_run_without_findings_is_written_too(name: str) -> None:
    """No finding is no failure of the writer."""
    assert isinstance(written(Run((judge(load_text(SPEC.replace("group: box, ", "")), file="a"),), rules()), name), str)


def test_concise(run: Run) -> None:
    """One line for each, as editors parse it."""
    assert written(run, "concise").splitlines() == [
        "specs/a b.yaml:5:44: warning SCL05 `api` grows only upwards and ends at its largest machine; "
        "set `stateless: true` and `replicas: 2`.",
        "specs/a b.yaml:6:31: error DAT01 `db` shares host box with `api`: one disk failure takes both; "
        "move it to its own host.",
        "broken.yaml:3:26: error schema `sever` is not a kind of component; did you mean `server`?",
    ]


def test_sarif_is_valid(run: Run) -> None:
    """The log validates against the schema of SARIF 2.1.0."""
    jsonschema.validate(json.loads(written(run, "sarif")), json.loads(SCHEMA.read_text("utf-8")))


def test_sarif_carries_help_ranges_fingerprints_and_suppressions(run: Run) -> None:
    """What code scanning shows beside a finding."""
    log = json.loads(written(run, "sarif"))["runs"][0]
    results: dict[str, Any] = {result["ruleId"]: result for result in log["results"]}
    assert results["DAT02"]["suppressions"] == [{"kind": "inSource", "justification": "rebuilt every night"}]
    region = results["DAT01"]["locations"][0]["physicalLocation"]
    assert region["artifactLocation"] == {"uri": "specs/a%20b.yaml"}
    assert region["region"] == {"startLine": 6, "startColumn": 31, "endLine": 6, "endColumn": 34}
    assert len(results["DAT01"]["partialFingerprints"]["archspecElement/v1"]) == 32
    helps = {rule["id"]: rule for rule in log["tool"]["driver"]["rules"]}
    assert helps["DAT01"]["helpUri"].startswith("https://")
    assert "## Bad" in helps["DAT01"]["help"]["markdown"]


def test_sarif_says_of_each_related_place_what_it_is() -> None:
    """Where the rule has no word for it, that it is also there."""
    place, other = Span("a.yaml", 2, 3, 2, 6), Span("a.yaml", 9, 1, 9, 4)
    finding = Finding("X01", Severity.INFO, "So", "do.", "api", (), place, ((other, "first here"), (other, "")))
    clean = judge(load_text(SPEC, "a.yaml"), file="a.yaml")
    log = json.loads(written(Run((replace(clean, findings=(finding,)),), rules()), "sarif"))
    (result,) = (each for each in log["runs"][0]["results"] if each["ruleId"] == "X01")
    assert [(each["id"], each["message"]["text"]) for each in result["relatedLocations"]] == [
        (0, "first here"),
        (1, "also here"),
    ]
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 9


def test_a_fingerprint_stays_when_lines_move() -> None:
    """The same finding two lines further down has the same fingerprint."""
    marks = set()
    for text in (SPEC, SPEC.replace("components:", "\n\ncomponents:")):
        log = json.loads(written(Run((judge(load_text(text, "a.yaml"), file="a.yaml"),), rules()), "sarif"))
        marks.add(tuple(r["partialFingerprints"]["archspecElement/v1"] for r in log["runs"][0]["results"]))
    assert len(marks) == 1


def test_github_escapes_what_would_end_a_command(run: Run) -> None:
    """Properties and data are escaped as the runner unescapes them."""
    first = written(run, "github").splitlines()[0]
    assert first.startswith("::warning file=specs/a b.yaml,line=5,endLine=5,col=44,endColumn=60,title=archspec SCL05::")
    assert "%" not in first


def test_gitlab_tells_issues_apart(run: Run) -> None:
    """Every fingerprint occurs once, and every issue has what GitLab asks for."""
    issues = json.loads(written(run, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 3
    assert issues[1]["location"] == {"path": "specs/a b.yaml", "lines": {"begin": 6, "end": 6}}
    assert issues[1]["severity"] == "major"


def test_junit_is_xml_with_a_failure_for_each_finding(run: Run) -> None:
    """Counts agree with the cases."""
    tree = etree.fromstring(written(run, "junit").encode())
    assert tree.get("failures") == "3"
    assert len(tree.findall(".//failure")) == 3


def test_junit_shows_a_clean_spec_as_a_case_that_passed() -> None:
    """A suite is never empty."""
    clean = Run((judge(load_text("archspec: 1\nname: A\ncomponents: {}\n"), file="a<&>.yaml"),), rules())
    tree = etree.fromstring(written(clean, "junit").encode())
    assert (tree.get("tests"), tree.get("failures")) == ("1", "0")


def test_markdown_is_a_table_that_no_text_breaks(run: Run) -> None:
    """Each row has the same cells, whatever the spec calls its things."""
    rows = [line for line in written(run, "markdown").splitlines() if line.startswith("|")]
    assert len(rows) == 5
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)


def test_the_rule_that_speaks_most_often_is_counted_first() -> None:
    found = [
        Finding(code, Severity.ERROR, "So", "do.", "api") for code in ("B01", "C01", "A01", "C01", "B01", "D01", "C01")
    ]
    assert statistics(found) == "     3  C01\n     2  B01\n     1  A01\n     1  D01\n"


def test_json_names_what_was_not_judged(run: Run) -> None:
    """Suppressed findings carry their reason; unknown subjects are listed."""
    data = json.loads(written(run, "json"))
    assert [spec["valid"] for spec in data["specs"]] == [True, False]
    assert {f["rule"]: f["reason"] for f in data["findings"]}["DAT02"] == "rebuilt every night"
    assert data["summary"]["error"] == 2
    assert {"subject": "logs", "element": None} in data["not_judged"]


def test_the_status_of_a_run_with_an_invalid_spec_is_two(run: Run) -> None:
    """An invalid spec weighs more than findings."""
    assert run.status == 2
    assert Run(run.outcomes[:1], run.rules).status == 1
