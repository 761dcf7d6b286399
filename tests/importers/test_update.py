"""A spec that a person keeps, and what the files add to it."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load

COMPOSE = """
services:
  api: {image: x, ports: ["80:80"], environment: {DB_URL: "postgres://u:pw@db:5432/x"}, deploy: {replicas: 3}}
  db: {image: postgres}
  cache: {image: redis}
"""
SPEC = """\
archspec: 1
name: Shop   # by hand
components:
    people: {kind: client}
    api:
        kind: server
        replicas: 2   # more at Christmas
    db: {kind: database}

    mail: {kind: external}   # of another team
connections:
    - people -> api: https
    # the mail
    - api -> mail
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("compose.yaml").write_text(COMPOSE)
    Path("spec.yaml").write_text(SPEC)


def test_an_update_adds_what_is_new_and_keeps_what_is_written() -> None:
    assert run(["import", "compose.yaml", "--update", "spec.yaml"]) == 0
    assert Path("spec.yaml").read_text() == SPEC.replace(
        "   # of another team\n",
        "   # of another team\n    cache: {kind: cache, technology: redis}"
        "  # why: image redis; it may as well be a store of record\n",
    ).replace("- api -> mail\n", "- api -> mail\n    - api -> db: postgresql  # why: env DB_URL=postgres://db:5432\n")
    assert load("spec.yaml").components["cache"].kind == "cache"


def test_an_update_tells_what_it_added_and_what_the_files_contradict(capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", "compose.yaml", "--update", "spec.yaml"])
    assert capsys.readouterr().err.splitlines() == [
        "added to spec.yaml: 2",
        "  component cache (image redis)",
        "  connection api -> db (env DB_URL=postgres://db:5432)",
        "differs: api.replicas: the spec says 2, compose.yaml:3 says 3 (deploy.replicas 3)",
        "in no file: people, mail",
    ]


def test_a_second_update_changes_nothing() -> None:
    run(["import", "compose.yaml", "--update", "spec.yaml"])
    once = Path("spec.yaml").read_text()
    run(["import", "compose.yaml", "--update", "spec.yaml"])
    assert Path("spec.yaml").read_text() == once


def test_an_import_has_no_difference_to_itself(capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", "compose.yaml", "-o", "own.yaml", "-q"])
    assert run(["import", "compose.yaml", "--diff", "own.yaml", "--exit-code", "-q"]) == 0
    assert capsys.readouterr().out == ""


def test_a_difference_is_shown_and_is_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", ".", "--diff", "spec.yaml", "--exit-code", "-q"]) == 1
    added = [line for line in capsys.readouterr().out.splitlines() if line.startswith("+ ")]
    assert added == [
        "+    cache: {kind: cache, technology: redis}  # why: image redis; it may as well be a store of record",
        "+    - api -> db: postgresql  # why: env DB_URL=postgres://db:5432",
    ]
    assert Path("spec.yaml").read_text() == SPEC


def test_a_value_that_the_spec_does_not_say_is_added_to_its_component() -> None:
    Path("spec.yaml").write_text("archspec: 1\nname: S\ncomponents:\n  api: {kind: server}\n")
    run(["import", "compose.yaml", "--update", "spec.yaml", "-q"])
    assert "  api: {kind: server, replicas: 3}\n" in Path("spec.yaml").read_text()


def test_a_section_that_is_not_there_is_begun() -> None:
    Path("spec.yaml").write_text("archspec: 1\nname: S\ncomponents:\n  api: {kind: server}\n  db: {kind: database}")
    run(["import", "compose.yaml", "--update", "spec.yaml", "-q"])
    spec = load("spec.yaml")
    assert [edge.name for edge in spec.connections] == ["outside -> api", "api -> db"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--diff", "spec.yaml", "--explain"], "--update, --diff and --explain are three answers; ask for one."),
        (["--exit-code"], "--exit-code goes with --diff SPEC."),
        (["--update", "no.yaml"], "there is no file `no.yaml`; `archspec init` writes a first spec."),
    ],
)
def test_what_cannot_be_asked_together_is_told(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "compose.yaml", *arguments]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"archspec: {says}"
