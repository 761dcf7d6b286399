"""`archspec import`, and what other commands say of files that it reads."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.language import load

COMPOSE = "services:\n  api: {image: x, environment: {CACHE_URL: 'redis://u:pw@cache:6379'}}\n  cache: {image: redis}\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("compose.yaml").write_text(COMPOSE)


@pytest.mark.parametrize("command", [["lint", "compose.yaml"], ["render", "compose.yaml"], ["analyze", "compose.yaml"]])
def test_a_foreign_file_is_named_and_so_is_what_reads_it(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 2
    said = "".join(capsys.readouterr())
    assert "this is a Compose file, not a spec" in said
    assert "`archspec import compose.yaml` reads it and writes a spec." in said


def test_a_broken_spec_is_told_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    Path("spec.yaml").write_text("archspec: 1\nname: x\ncomponents: {a: {kind: sever}}\n")
    assert run(["lint", "spec.yaml"]) == 2
    assert "sever" in "".join(capsys.readouterr())


def test_init_begins_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "new", "--from", "."]) == 0
    assert list(load("new/architecture.yaml").components) == ["api", "cache"]
    assert "read a Compose file: 2 services" in capsys.readouterr().err


def test_explain_shows_each_fact_with_its_grade_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "compose.yaml", "--explain", "-q"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "compose.yaml:2: api -> cache: protocol redis (stated: env CACHE_URL=redis://cache:6379)" in lines


def test_nothing_is_never_a_spec(capsys: pytest.CaptureFixture[str]) -> None:
    Path("compose.yaml").write_text("services:\n  ui: {image: grafana/grafana}\n")
    assert run(["import", "compose.yaml", "-o", "spec.yaml"]) == 2
    out, err = capsys.readouterr()
    assert (out, Path("spec.yaml").exists()) == ("", False)
    assert err.splitlines() == [
        "archspec: nothing in compose.yaml became a component; name files of a system that runs. The report: "
        "read a Compose file: 1 service; left out: ui: a dashboard shows what others keep (image grafana/grafana)."
    ]


def test_what_is_left_out_is_taken_in_when_all_is_asked_for() -> None:
    Path("compose.yaml").write_text("services:\n  ui: {image: grafana/grafana}\n")
    assert run(["import", "compose.yaml", "--all", "-o", "spec.yaml", "-q"]) == 0
    assert load("spec.yaml").components["ui"].kind == "dashboard"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from io import BytesIO, TextIOWrapper

    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(COMPOSE.encode())))
    assert run(["import", "-", "-q"]) == 0
    assert "Imported from <stdin>" in capsys.readouterr().out


def test_an_unknown_format_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "compose.yaml", "--from", "hcl"]) == 2
    assert capsys.readouterr().err.startswith("archspec: there is no format `hcl`; known are `backstage`, `calm`")


def test_of_a_folder_what_compose_itself_would_take_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("compose.override.yaml").write_text("services: {api: {deploy: {replicas: 2}}}")
    Path("compose.swarm.yaml").write_text("services: {other: {image: y}}")
    assert run(["import", ".", "-o", "spec.yaml"]) == 0
    assert load("spec.yaml").components["api"].replicas == 2
    assert "not read: compose.swarm.yaml: another Compose file; name it to read it" in capsys.readouterr().err


def test_two_names_that_are_one_id_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("compose.yaml").write_text("services: {my.api: {image: x}, my-api: {image: y}}")
    assert run(["import", "compose.yaml", "-o", "spec.yaml"]) == 0
    told = "note: services my.api and my-api have one id, my-api, and are one component here"
    assert told in capsys.readouterr().err.splitlines()


def test_what_is_no_plain_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    import os

    os.mkfifo("pipe.yaml")
    assert run(["import", "pipe.yaml"]) == 2
    assert "pipe.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "connections"),
    [("celery worker", {"jobs -> mailer"}), ("celery beat", {"mailer -> jobs"}), ("serve", {"mailer -> jobs"})],
)
def test_who_is_called_a_worker_is_sent_to_and_a_scheduler_sends(command: str, connections: set[str]) -> None:
    environment = "{CELERY_BROKER_URL: 'redis://jobs:6379'}"
    service = f"mailer: {{image: x, command: {command}, environment: {environment}}}"
    Path("compose.yaml").write_text(f"services: {{jobs: {{image: redis}}, {service}}}")
    run(["import", "compose.yaml", "-o", "spec.yaml", "-q"])
    assert {edge.name for edge in load("spec.yaml").connections} == connections
