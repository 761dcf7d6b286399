"""`archspec lint` and `archspec rule`, as they are called."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.cli.main import run

GOOD = "archspec: 1\nname: A\ncomponents: {api: {kind: server}, db: {kind: database}}\nconnections: [api -> db]\n"
WARNS = GOOD.replace("{kind: server}", "{kind: server, scaling: {mode: vertical}}")
FAILS = GOOD.replace("{kind: database}", "{kind: database, backup: none}")
BROKEN = GOOD.replace("kind: server", "kind: sever")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return tmp_path


def write(name: str, text: str) -> None:
    """Put a spec into the folder."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text)


@pytest.mark.parametrize(("text", "status"), [(GOOD, 0), (WARNS, 0), (FAILS, 1), (BROKEN, 2)])
def test_the_exit_status_says_how_bad_it_is(text: str, status: int) -> None:
    """0 without errors, 1 with, 2 for an invalid spec."""
    write("a.yaml", text)
    assert run(["lint", "a.yaml"]) == status


def test_text_shows_the_line_and_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is shown with its code frame, and a summary line ends the report."""
    write("a.yaml", WARNS)
    run(["lint", "a.yaml"])
    assert capsys.readouterr().out.splitlines() == [
        "warning[SCL05]: `api` grows only upwards and ends at its largest machine",
        " --> a.yaml:3:43",
        "  |",
        "3 | components: {api: {kind: server, scaling: {mode: vertical}}, db: {kind: database}}",
        "  |                                           ^^^^^^^^^^^^^^^^",
        "  = help: set `stateless: true` and `replicas: 2`.",
        "",
        "1 warning in 1 spec.",
    ]


def test_what_was_not_judged_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """One closing line, never part of the report, and none with --quiet."""
    write("a.yaml", GOOD)
    run(["lint", "a.yaml"])
    told = capsys.readouterr()
    assert "Not judged" not in told.out
    assert told.err.startswith("Not judged, because the spec says nothing about: ")
    run(["lint", "a.yaml", "--quiet"])
    assert capsys.readouterr().err == ""


def test_a_folder_means_the_specs_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Included parts, other YAML, Python files and hidden folders are passed by."""
    write("specs/b/architecture.yaml", WARNS)
    write("specs/a.yml", WARNS)
    write("specs/part.yaml", "components: {x: {kind: server}}\n")
    write("specs/.hidden/a.yaml", FAILS)
    write("specs/run.py", "import archspec\nraise SystemExit(9)\n")
    assert run(["lint", "specs", "--format", "concise"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "specs/a.yml",
        "specs/b/architecture.yaml",
    ]


def test_a_pattern_means_what_it_matches(capsys: pytest.CaptureFixture[str]) -> None:
    """`**` reaches into folders."""
    write("x/y/a.yaml", WARNS)
    write("x/b.yaml", WARNS)
    run(["lint", "**/*.yaml", "-f", "concise"])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_folder_without_specs_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to judge is no success."""
    assert run(["lint", "."]) == 2
    assert "there is no spec in `.`" in capsys.readouterr().err


def test_standard_input_is_a_spec(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-` reads it."""

    class Input:
        buffer = io.BytesIO(FAILS.encode())

    monkeypatch.setattr("sys.stdin", Input())
    assert run(["lint", "-", "-f", "concise"]) == 1
    assert capsys.readouterr().out.startswith("<stdin>:3:")


def test_rules_are_chosen_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """--select replaces the set, --extend-select adds to it, --ignore takes away."""
    write("a.yaml", FAILS)
    assert run(["lint", "a.yaml", "--select", "SCL,OBS"]) == 0
    assert run(["lint", "a.yaml", "--ignore", "DAT02"]) == 0
    capsys.readouterr()
    run(["lint", "a.yaml", "--extend-select", "DOC01", "-f", "concise"])
    assert "DOC01" in capsys.readouterr().out


def test_an_unknown_rule_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest name."""
    write("a.yaml", GOOD)
    assert run(["lint", "a.yaml", "--select", "AVL99"]) == 2
    assert "`AVL99` does not name a rule; did you mean `AVL09`?" in capsys.readouterr().err


def test_fail_on_decides_the_status() -> None:
    """A warning fails only where it is asked for."""
    write("a.yaml", WARNS)
    assert run(["lint", "a.yaml", "--fail-on", "warning"]) == 1
    write("a.yaml", FAILS)
    assert run(["lint", "a.yaml", "--fail-on", "never"]) == 0
    assert run(["lint", "a.yaml", "--fail-on", "always"]) == 2


def test_a_report_goes_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """--output-file leaves standard output empty and the status as it is."""
    write("a.yaml", FAILS)
    assert run(["lint", "a.yaml", "-f", "json", "-o", "out/report.json"]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads(Path("out/report.json").read_text())["summary"]["error"] == 1


def test_statistics_count_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """How often each rule speaks, in all specs."""
    write("a.yaml", WARNS)
    write("b.yaml", WARNS.replace("backup", "x"))
    run(["lint", "a.yaml", "b.yaml", "--statistics"])
    assert capsys.readouterr().out == "     2  SCL05\n"


def test_settings_are_found_beside_the_spec(capsys: pytest.CaptureFixture[str]) -> None:
    """archspec.toml above the spec holds; --show-config shows what does."""
    write("specs/a.yaml", FAILS)
    write("archspec.toml", '[lint]\nignore = ["DAT02"]\n')
    assert run(["lint", "specs/a.yaml"]) == 0
    capsys.readouterr()
    run(["lint", "specs/a.yaml", "--show-config"])
    assert 'ignore = ["DAT02"]' in capsys.readouterr().out


def test_a_wrong_setting_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """With file, line and suggestion."""
    write("a.yaml", GOOD)
    write("archspec.toml", '[lint]\nignored = ["DAT02"]\n')
    assert run(["lint", "a.yaml"]) == 2
    assert "archspec.toml:2: `ignored` in [lint] is not a key; did you mean `ignore`?" in capsys.readouterr().err


def test_a_baseline_lets_old_findings_rest(capsys: pytest.CaptureFixture[str]) -> None:
    """Written once, it hides what it knows, tells what is stale, and is pruned on demand."""
    write("a.yaml", FAILS)
    assert run(["lint", "a.yaml", "--write-baseline", "known.json"]) == 0
    assert run(["lint", "a.yaml", "--baseline", "known.json"]) == 0
    write("a.yaml", GOOD)
    capsys.readouterr()
    run(["lint", "a.yaml", "--baseline", "known.json"])
    assert "no longer found: DAT02 on `db`" in capsys.readouterr().err
    run(["lint", "a.yaml", "--baseline", "known.json", "--prune-baseline"])
    assert json.loads(Path("known.json").read_text())["findings"] == []


def test_an_unknown_format_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest name."""
    write("a.yaml", GOOD)
    assert run(["lint", "a.yaml", "-f", "sarfi"]) == 2
    assert "did you mean `sarif`?" in capsys.readouterr().err


def test_a_rule_is_explained_by_code_or_name(capsys: pytest.CaptureFixture[str]) -> None:
    """The page of one rule."""
    assert run(["rule", "single-point-of-failure"]) == 0
    by_name = capsys.readouterr().out
    assert run(["rule", "avl01"]) == 0
    assert capsys.readouterr().out == by_name
    assert by_name.startswith("AVL01 single-point-of-failure\n")
    assert "When to ignore it" in by_name


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for each; as JSON for programs."""
    run(["rule"])
    lines = capsys.readouterr().out.splitlines()
    run(["rule", "--format", "json"])
    codes = [item["code"] for item in json.loads(capsys.readouterr().out)]
    assert [line.split()[0] for line in lines] == codes


def test_an_unknown_rule_page_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest code."""
    assert run(["rule", "AVL77"]) == 2
    assert "did you mean" in capsys.readouterr().err


def test_diff_shows_what_fix_would_change(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written; the status says whether there is anything to mend."""
    write("a.yaml", GOOD.replace("archspec: 1\n", ""))
    assert run(["lint", "a.yaml", "--diff"]) == 1
    assert capsys.readouterr().out.splitlines()[3] == "+archspec: 1"
    assert Path("a.yaml").read_text() == GOOD.replace("archspec: 1\n", "")
    write("a.yaml", "archspec: 1\nname: A\n\ncomponents: {}\n")
    assert run(["lint", "a.yaml", "--diff"]) == 0


def test_diff_is_what_fix_writes(capsys: pytest.CaptureFixture[str]) -> None:
    """Layout and mending together."""
    write("a.yaml", "name:   A\ncomponents: {}   # archspec: ignore[SCL05] x\n")
    run(["lint", "a.yaml", "--diff"])
    shown = [line[1:] for line in capsys.readouterr().out.splitlines()[3:] if line[0] in " +"]
    run(["lint", "a.yaml", "--fix"])
    run(["lint", "a.yaml", "--diff"])
    assert "archspec: 1" in shown
    assert "name: A" in shown


def test_fix_mends_in_rounds_and_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """An id that is right brings out what its rule says; the layout comes last; each change is told."""
    parts = "components:\n  api:   {kind: server}\n  payments: {kind: external}\n"
    write("a.yaml", f"archspec: 1\nname: A\n{parts}connections:\n  - api -> paymets\n")
    assert run(["lint", "a.yaml", "--fix", "--unsafe-fixes"]) == 0
    assert Path("a.yaml").read_text().endswith("connections:\n  - api -> payments: {timeout: 2s}\n")
    assert capsys.readouterr().err.splitlines()[:7] == [
        "mended a.yaml",
        "    7 -   - api -> paymets",
        "    7 +   - api -> payments",
        "mended a.yaml",
        "    7 -   - api -> payments",
        "    7 +   - api -> payments: {timeout: 2s}",
        "formatted a.yaml",
    ]


def test_python_specs_of_a_folder_are_run_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder is never a reason to run code."""
    write("specs/a.py", "from archspec import Server, System\nwith System('A') as a:\n    Server('api')\n")
    assert run(["lint", "specs"]) == 2
    assert "--python takes the .py specs in it." in capsys.readouterr().err
    assert run(["lint", "specs", "--python"]) == 0


def test_what_is_no_file_of_yaml_is_judged_and_not_mended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "from archspec import Server, System\nwith System('A') as a:\n    Server('api')\n"
    write("a.py", program)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert run(["lint", "a.py", "-", "--diff"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["lint", "a.py", "-", "--fix", "-q"]) == 0
    assert Path("a.py").read_text() == program


def test_what_is_not_in_utf_8_is_not_mended(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_bytes(b"archspec: 1\nname: \xff\n")
    assert run(["lint", "a.yaml", "--fix", "-f", "concise"]) == 2
    assert capsys.readouterr().out.startswith("a.yaml:2:7: error syntax")
    assert Path("a.yaml").read_bytes() == b"archspec: 1\nname: \xff\n"


def test_a_watched_spec_is_judged_again_with_each_change(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And once more when a file that it includes has changed."""
    write("a.yaml", GOOD + "include: [part.yaml]\n")
    write("part.yaml", "components: {x: {kind: external}}\n")

    def twice(judge: Callable[[], list[str]]) -> None:
        assert sorted(map(str, {*judge()})) == ["a.yaml", "part.yaml"]
        write("a.yaml", FAILS)
        assert {*judge()} == {"a.yaml"}

    monkeypatch.setattr("archspec.watching.watch", twice)
    assert run(["lint", "a.yaml", "--watch", "-f", "concise", "--select", "STR,DAT"]) == 0
    out, err = capsys.readouterr()
    assert [line.split(" ")[2] for line in out.splitlines()] == ["STR03", "DAT02"]
    assert err.splitlines().count("Watching; Ctrl-C ends.") == 2
