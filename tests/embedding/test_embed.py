"""`archspec embed`, as it is called."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archspec.cli.embedded import embedded
from archspec.cli.main import run
from tests.hostile_labels import TEXTS

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SPEC = (EXAMPLES / "before.yaml").read_text()
END = "<!-- /archspec -->"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.yaml").write_text(SPEC)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def document(*commands: str, name: str = "docs/a.md") -> Path:
    path = Path(name)
    path.write_text("# Title\n\n" + "\n\n".join(f"<!-- archspec: {each} -->\n{END}" for each in commands) + "\n")
    return path


def test_the_handbook_of_the_docs_is_current(golden: Callable[[Path, str], None]) -> None:
    golden(EXAMPLES / "handbook.md", embedded(EXAMPLES / "handbook.md", python=False).after)


def test_a_picture_is_written_beside_the_document_and_shown_by_its_title() -> None:
    path = document("render a.yaml -o a.svg")
    assert run(["embed", str(path)]) == 0
    assert f"-o a.svg -->\n![Tickets](a.svg)\n{END}" in path.read_text()
    assert Path("docs/a.svg").read_text().startswith("<svg ")
    assert not Path("a.svg").exists()


def test_each_command_gives_its_data() -> None:
    path = document(
        "render a.yaml",
        "trace a.yaml buy --fail api-1",
        "analyze a.yaml --format markdown --set api.replicas=6",
        "lint a.yaml --format json",
        "simulate a.yaml --duration 1s --set 'api.replicas=2'",
        "diff a.yaml a.yaml",
        "rule AVL01",
    )
    assert run(["embed", str(path), "-q"]) == 0
    text = path.read_text()
    assert '```mermaid\n---\ntitle: "Tickets"\n---\nflowchart LR\n' in text
    assert "```text\nbuy\nsupposing api-1 has failed\n" in text
    assert "\n| flow | availability |" in text
    assert '```json\n{\n  "archspec"' in text
    assert "```text\nTickets · 1s simulated · seed 1\n" in text
    assert "```text\na.yaml → a.yaml: nothing changed\n```" in text
    assert "\x1b" not in text


def test_check_writes_nothing_and_says_what_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    path = document("render a.yaml -o a.svg", "lint a.yaml")
    before = path.read_text()
    assert run(["embed", str(path), "--check"]) == 1
    assert (path.read_text(), Path("docs/a.svg").exists()) == (before, False)
    assert capsys.readouterr().err == "would change docs/a.svg\nwould change docs/a.md\n"
    assert run(["embed", str(path)]) == 0
    assert run(["embed", str(path), "--check"]) == 0
    Path("docs/a.yaml").write_text(SPEC.replace("replicas: 4", "replicas: 5"))
    capsys.readouterr()
    assert run(["embed", str(path), "--check"]) == 1
    assert capsys.readouterr().err.startswith("would change docs/a.svg\n")


def test_the_difference_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["embed", str(document("lint a.yaml")), "--diff", "-q"]) == 1
    assert "--- docs/a.md\n+++ docs/a.md (current)\n" in capsys.readouterr().out


def test_findings_fail_nothing() -> None:
    Path("docs/a.yaml").write_text("archspec: 1\nname: a\ncomponents: {db: {kind: database}}\n")
    path = document("lint a.yaml --select strict --fail-on info")
    assert run(["embed", str(path), "-q"]) == 0
    assert "db" in path.read_text()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("build a.yaml", "`build` gives nothing to embed; a marker may ask for"),
        ("import .", "`import` gives nothing to embed"),
        ("rendr a.yaml", "`rendr` gives nothing to embed; did you mean `render`?"),
        ("render", "names no spec"),
        ("render ../../a.yaml", "`../../a.yaml` is not a file of"),
        ("render /etc/passwd", "`/etc/passwd` is not a file of"),
        ("render -", "`render -` is not for embedding"),
        ("render a.py", "`a.py` is Python, and reading it would run it; pass `--python`"),
        ("render a.yaml -o ../../x.svg", "`../../x.svg` is not a file of"),
        ("render a.yaml -o none/x.svg", "there is no folder for `none/x.svg`"),
        ("render a.yaml -o a.svg", "`a.svg` is written by two markers; choose another name."),
        ("render a.yaml -o x.mmd", "`x.mmd` is not a picture that Markdown shows"),
        ("render a.yaml --allow-outside", "`render --allow-outside` is not for embedding"),
        ("render a.yaml --theme x.toml", "`--theme=x.toml` names a file"),
        ("lint a.yaml --fix", "`lint --fix` is not for embedding"),
        ("lint a.yaml --rules x.py", "`lint --rules` is not for embedding"),
        ("lint a.yaml --write-baseline x", "`lint --write-baseline` is not for embedding"),
        ("lint a.yaml --config ../../x.toml", "`../../x.toml` is not a file of"),
        ("simulate a.yaml --traces-to x", "`simulate --traces-to` is not for embedding"),
        ("sweep a.yaml --cluster tcp://a:1", "`sweep --cluster` is not for embedding"),
        ("sweep a.yaml --results x", "`sweep --results` is not for embedding"),
        ("diff main:/etc/x.yaml a.yaml", "`main:/etc/x.yaml` is not a file of"),
        ("trace a.yaml none", "there is no flow `none`"),
        ("render a.yaml --scale", "`--scale` is followed by nothing"),
        ("render a.yaml --scale x", "Invalid value for '--scale'"),
        ("render 'a.yaml", "cannot be split into words"),
        ("render none.yaml", "there is no file `none.yaml`"),
    ],
)
def test_what_is_not_for_embedding_is_refused_and_nothing_is_written(
    command: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = document("render a.yaml -o a.svg", command)
    before = path.read_text()
    assert run(["embed", str(path)]) == 2
    shown = capsys.readouterr().err
    assert [part for part in said.split("; ") if part not in shown] == []
    assert "--> docs/a.md:6:1" in shown
    assert path.read_text() == before
    assert not Path("docs/a.svg").exists()


def test_a_spec_elsewhere_in_the_repository_may_be_named(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "b.yaml").write_text(SPEC)
    assert run(["embed", str(document("render ../b.yaml")), "-q"]) == 0


def test_an_invalid_spec_fails_with_the_marker_s_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs/a.yaml").write_text("archspec: 1\nname: a\ncomponents: {a: {kind: sever}, b: {kind: sever}}\n")
    assert run(["embed", str(document("render a.yaml"))]) == 2
    shown = capsys.readouterr().err
    assert "error: a.yaml:3:24: `sever` is not a kind of component (1 more mistakes)" in shown
    assert "--> docs/a.md:3:1" in shown


def test_python_is_run_only_where_it_is_allowed() -> None:
    Path("docs/a.py").write_text("from archspec import *\nwith System('x') as s:\n    Server('api')\n")
    path = document("render a.py")
    assert run(["embed", str(path), "-q"]) == 2
    assert run(["embed", str(path), "--python", "-q"]) == 0
    assert "api" in path.read_text()


def test_hostile_texts_break_out_of_nothing() -> None:
    texts = [*TEXTS, END, "```", f"```\n{END}"]
    parts = {f"c{number}": {"kind": "server", "label": text, "technology": text} for number, text in enumerate(texts)}
    steps = [{"call": f"c{number}", "does": text} for number, text in enumerate(texts)]
    flow = {"from": "a", "title": f"{END}\n```", "steps": steps}
    links = [{"from": "a", "to": f"c{number}", "label": text} for number, text in enumerate(texts)]
    spec = {"archspec": 1, "name": END, "components": {"a": {"kind": "client"}, **parts}, "connections": links}
    Path("docs/a.yaml").write_text(json.dumps({**spec, "flows": {"f": flow}}, ensure_ascii=False))
    Path("docs/b.yaml").write_text(
        json.dumps({"archspec": 1, "name": f"](x) {END}", "components": {"c0": parts["c0"]}})
    )
    path = document(
        "render a.yaml", "render b.yaml -o b.svg", "render a.yaml --format markdown", "trace a.yaml f",
        "analyze a.yaml --format markdown", "lint a.yaml --format markdown", "analyze a.yaml",
    )  # fmt: skip
    assert run(["embed", str(path), "-q"]) == 0
    assert path.read_text().endswith(f"{END}\n")
    assert "![\\](x) \\<!-- /archspec --\\>](b.svg)" in path.read_text()
    assert run(["embed", str(path), "--check", "-q"]) == 0
