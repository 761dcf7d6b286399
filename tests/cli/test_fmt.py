"""`archspec fmt`."""

import io
import sys
from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load

UNTIDY = "archspec: 1\nname:   Tiny   # kept\ncomponents:\n    api: {kind:  server}\n"


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


def test_a_spec_is_formatted_in_place_and_keeps_its_comments(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = load(untidy)
    assert run(["fmt", str(untidy)]) == 0
    text = untidy.read_text(encoding="utf-8")
    assert text != UNTIDY
    assert "# kept" in text
    assert load(untidy) == before
    assert capsys.readouterr().err == f"formatted {untidy}\n"


def test_a_tidy_spec_is_left_alone(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["fmt", "-q", str(untidy)])
    stamp = untidy.stat().st_mtime_ns
    assert run(["fmt", str(untidy)]) == 0
    assert (untidy.stat().st_mtime_ns, capsys.readouterr().err) == (stamp, "")


def test_check_writes_nothing_and_finds(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fmt", "--check", str(untidy)]) == 1
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert capsys.readouterr() == ("", f"would format {untidy}\n")
    run(["fmt", "-q", str(untidy)])
    assert run(["fmt", "--check", str(untidy)]) == 0


def test_diff_shows_what_would_change(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fmt", "--diff", str(untidy)]) == 1
    assert "\n-    api: {kind:  server}\n" in capsys.readouterr().out


def test_a_dash_reads_and_writes_the_standard_streams(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNTIDY.encode())))
    assert run(["fmt", "-"]) == 0
    assert capsys.readouterr().out.startswith("archspec: 1\nname: Tiny")


def test_an_invalid_spec_is_reported_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: {", encoding="utf-8")
    assert run(["fmt", str(path)]) == 2
    assert path.read_text(encoding="utf-8") == "name: {"
    assert "error:" in capsys.readouterr().err


def test_an_output_takes_the_result_of_one_spec(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fmt", str(untidy), "b.yaml", "-o", "c.yaml"]) == 2
    assert capsys.readouterr().err == "archspec: -o takes the result of one spec; name one.\n"


def test_of_a_folder_the_specs_and_what_they_include_are_formatted(
    tmp_path: Path, untidy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    untidy.write_text(UNTIDY + "include:   [parts/b.yaml]\n", encoding="utf-8")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "b.yaml").write_text("components: {b:   {kind: server}}\n", encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services:   {}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["fmt", "."]) == 0
    assert capsys.readouterr().err == "formatted a.yaml\nformatted parts/b.yaml\n"
    assert (tmp_path / "parts" / "b.yaml").read_text(encoding="utf-8") == "components: {b: {kind: server}}\n"


def test_what_a_changed_file_is_part_of_is_formatted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.yaml").write_text(UNTIDY, encoding="utf-8")
    (tmp_path / "notes.txt").write_text(UNTIDY)
    monkeypatch.chdir(tmp_path)
    assert run(["fmt", "--changed", "./b.yaml", "notes.txt", "-q"]) == 0
    changed = [name for name in ("a.yaml", "b.yaml", "c.yaml", "notes.txt") if Path(name).read_text() != UNTIDY]
    assert changed == ["b.yaml"]


@pytest.mark.parametrize("how", [[], ["-o", "b.yaml"], ["--diff"], ["--check"]])
def test_a_python_spec_becomes_yaml(
    how: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    program = "from archspec import Server, System\nwith System('A') as a:\n    Server('api')\n"
    Path("a.py").write_text(program)
    text = "archspec: 1\nname: A\n\ncomponents:\n  api: {kind: server}\n"
    assert run(["fmt", "a.py", *how]) == (1 if how and how[0] != "-o" else 0)
    shown = text if not how else "--- a.py\n+++ a.py (formatted)\n@@ -0,0 +1,5 @@\n" if how == ["--diff"] else ""
    out, err = capsys.readouterr()
    assert (out.startswith(shown), bool(out)) == (True, bool(shown))
    assert err == ("would format a.py\n" if how == ["--check"] else "")
    assert Path("a.py").read_text() == program
    if how[:1] == ["-o"]:
        assert Path("b.yaml").read_text() == text


def test_what_is_not_in_utf_8_is_shown_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"archspec: 1\nname: \xff\n")
    assert run(["fmt", str(path)]) == 2
    assert f"{path}:2:7" in capsys.readouterr().err
    assert path.read_bytes() == b"archspec: 1\nname: \xff\n"


def test_in_their_long_form_shorthands_are_written_out(untidy: Path) -> None:
    untidy.write_text(UNTIDY + "connections: [api -> api]\n", encoding="utf-8")
    assert run(["fmt", str(untidy), "--expand", "-q"]) == 0
    assert "{from: api, to: api}" in untidy.read_text(encoding="utf-8")
