"""`archspec diff`, as it is called."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from tests.difference.pairs import PAIRS, SHOP


@pytest.fixture(autouse=True)
def _two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(SHOP)
    for pair in PAIRS:
        Path(f"{pair.name}.yaml").write_text(pair.head)


@pytest.mark.parametrize(
    ("head", "policy", "status"),
    [
        ("comments and blank lines", "change,worse,single-point,objective,finding", 0),
        ("a component renamed", "worse,single-point,objective,finding", 0),
        ("a component renamed", "change", 1),
        ("fewer replicas", "never", 0),
        ("fewer replicas", "single-point", 1),
        ("fewer replicas", "finding", 1),
        ("more replicas", "worse", 0),
        ("twice the load", "worse", 1),
        ("twice the load", "single-point,objective,finding", 0),
        ("a slower step breaks a promise", "objective", 1),
        ("an alert reaches others", "worse", 1),
        ("an alert reaches others", "objective", 0),
    ],
)
def test_the_exit_status_is_the_policy_s(head: str, policy: str, status: int) -> None:
    assert run(["diff", "a.yaml", f"{head}.yaml", "--fail-on", policy, "-q"]) == status


def test_without_a_policy_nothing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "a.yaml", "fewer replicas.yaml"]) == 0
    assert capsys.readouterr().out.startswith("a.yaml → fewer replicas.yaml: 10 figures get worse, 2 findings are new")


def test_it_says_which_policy_was_broken(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "a.yaml", "fewer replicas.yaml", "--fail-on", "single-point", "--fail-on", "objective"]) == 1
    assert capsys.readouterr().err == (
        "fails on single-point: a single point of failure is new.\n"
        "fails on objective: an objective is missed that was not known to be.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.yaml", "none.yaml"], "there is no file `none.yaml`"),
        (["none.yaml", "a.yaml"], "there is no file `none.yaml`"),
        (["a.yaml"], "`a.yaml` is held against nothing"),
        (["a.yaml", "a.yaml", "--base", "main"], "--base says which revision is the base"),
        (["a.yaml", "a.yaml", "--fail-on", "singlepoint"], "--fail-on singlepoint is not a policy; did you mean"),
        (["a.yaml", "a.yaml", "--view", "none"], "there is no view `none`"),
        (["a.yaml", "a.yaml", "--format", "pdf"], "--format pdf is not a format of difference reports"),
    ],
)
def test_what_cannot_be_compared_is_never_called_unchanged(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", *arguments, *(["-f", "svg"] if "--view" in arguments else [])]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


def test_an_invalid_side_is_shown_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.yaml").write_text(SHOP.replace("kind: client", "kind: clint"))
    assert run(["diff", "a.yaml", "b.yaml"]) == 2
    assert "--> b.yaml:12:16" in capsys.readouterr().err


def test_several_files_are_written_at_once() -> None:
    names = ["d.svg", "d.html", "d.md", "d.json", "d.sarif", "d.png", "d.mmd", "d.txt"]
    assert run(["diff", "a.yaml", "fewer replicas.yaml", "-q", *(each for name in names for each in ("-o", name))]) == 0
    assert [name for name in names if not Path(name).stat().st_size] == []


def test_an_input_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "a.yaml", "fewer replicas.yaml", "-o", "a.yaml", "-f", "text"]) == 2
    assert Path("a.yaml").read_text() == SHOP
    assert "a.yaml is what this command reads" in capsys.readouterr().err


def test_an_include_split_off_is_no_change(capsys: pytest.CaptureFixture[str]) -> None:
    at = SHOP.index("flows:")
    Path("b.yaml").write_text(SHOP[:at].replace("name: Shop\n", "name: Shop\ninclude: [flows.yaml]\n"))
    Path("flows.yaml").write_text(SHOP[at:])
    assert run(["diff", "a.yaml", "b.yaml", "--fail-on", "change"]) == 0
    assert capsys.readouterr().out == "a.yaml → b.yaml: nothing changed\n"


def test_a_formatted_and_an_expanded_spec_are_no_change() -> None:
    Path("b.yaml").write_text(SHOP)
    assert run(["fmt", "--expand", "-q", "b.yaml"]) == 0
    assert Path("b.yaml").read_text() != SHOP
    assert run(["diff", "a.yaml", "b.yaml", "--fail-on", "change"]) == 0
