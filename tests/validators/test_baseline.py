"""Baselines: known findings stay quiet, new ones do not, and what is mended is told."""

from pathlib import Path

import pytest

from archspec.errors import UsageError
from archspec.language import load_text
from archspec.validators.baseline import baseline_of, read_baseline
from archspec.validators.outcome import Run
from archspec.validators.registry import rules
from archspec.validators.run import judge

ONE = "archspec: 1\nname: A\ncomponents:\n  api: {kind: server, scaling: {mode: vertical}}\n  db: {kind: database}\n"
EDGE = "connections: [api -> db]\n"


def run_of(text: str) -> Run:
    """A run over one spec called a.yaml."""
    return Run((judge(load_text(text, "specs/a.yaml"), file="specs/a.yaml"),), rules())


def test_a_known_finding_is_left_out_though_its_line_has_moved(tmp_path: Path) -> None:
    """A baseline knows rule and element, not the line."""
    baseline = baseline_of(run_of(ONE + EDGE), Path("specs/baseline.json"))
    moved = ONE.replace("name: A\n", "name: A\n\n\n")
    left, stale = baseline.without_known(run_of(moved + EDGE))
    assert left.findings == ()
    assert stale.known == {}


def test_a_new_finding_of_the_same_rule_is_shown() -> None:
    """Another element is another finding."""
    baseline = baseline_of(run_of(ONE + EDGE), Path("b.json"))
    two = ONE + "  web: {kind: server, scaling: {mode: vertical}}\nconnections: [api -> db, web -> api]\n"
    left, _ = baseline.without_known(run_of(two))
    assert [finding.element for finding in left.findings] == ["web"]


def test_what_is_mended_is_stale() -> None:
    """An entry that nothing matches is reported, and can be taken out."""
    baseline = baseline_of(run_of(ONE + EDGE), Path("b.json"))
    _, stale = baseline.without_known(run_of(ONE.replace(", scaling: {mode: vertical}", "") + EDGE))
    assert list(stale.known) == [("specs/a.yaml", "SCL05", "api")]
    assert baseline.without(stale).known == {}


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The file names spec, rule, element and number, the spec relative to itself."""
    file = tmp_path / "baseline.json"
    baseline = baseline_of(run_of(ONE + EDGE), file)
    file.write_text(baseline.text)
    assert read_baseline(file) == baseline


def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path) -> None:
    """With how to write one."""
    (tmp_path / "b.json").write_text("[]")
    with pytest.raises(UsageError, match="is not a baseline; write it anew with --write-baseline"):
        read_baseline(tmp_path / "b.json")
    with pytest.raises(UsageError, match="write it with --write-baseline"):
        read_baseline(tmp_path / "none.json")
