"""What a shell completes, asked as bash asks."""

from pathlib import Path

import pytest

from archspec.cli.main import run
from archspec.reports import format_names
from tests.cli.test_shared_options import having

SPEC = """\
archspec: 1
name: Shop
groups: {zone-a: {kind: zone}}
components:
  browser: {kind: client}
  api: {kind: server, replicas: 2, zones: [zone-a]}
  cache: {kind: cache}
connections: [browser -> api, api -> cache]
flows:
  read: {from: browser, request: GET /, steps: [{call: api}]}
  order: {from: browser, request: POST /, steps: [{call: api}]}
views: {plain: {title: Plain}}
scenarios: {rush: {load: 2x}}
"""


def completed(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.setenv("_ARCHSPEC_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    run([])
    told = capsys.readouterr()
    assert told.err == ""
    return told.out.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("archspec trace a.yaml ", ["read", "order"]),
        ("archspec trace a.yaml --fail a", ["api", "api-1", "api-2"]),
        ("archspec trace a.yaml --fail z", ["zone-a"]),
        ("archspec trace a.yaml --miss ", ["cache"]),
        ("archspec trace a.yaml --slow a", ["api="]),
        ("archspec analyze a.yaml o", ["order"]),
        ("archspec render a.yaml --view ", ["plain", "flow-read", "sequence-read", "flow-order", "sequence-order"]),
        ("archspec render a.yaml --overlay ", ["availability", "drift", "findings", "latency", "owner", "utilisation"]),
        ("archspec render a.yaml --format sv", ["svg"]),
        ("archspec simulate a.yaml --scenario ", ["rush"]),
        ("archspec lint --format s", ["sarif"]),
        ("archspec lint --select AVL01,DOC0", ["AVL01,DOC01", "AVL01,DOC02", "AVL01,DOC03"]),
        ("archspec rule DOC0", ["DOC01", "DOC02", "DOC03"]),
        ("archspec init --template ", ["web-app", "event-driven", "first-server"]),
        ("archspec trace broken.yaml ", []),
        ("archspec trace code.py ", []),
    ],
)
def test_a_shell_completes(
    tmp_path: Path, line: str, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the spec that the line names; of one that is broken, or would run code, nothing."""
    (tmp_path / "a.yaml").write_text(SPEC)
    (tmp_path / "broken.yaml").write_text(SPEC.replace("kind: server", "kind: sever"))
    (tmp_path / "code.py").write_text("open('ran', 'w')\n")
    monkeypatch.chdir(tmp_path)
    assert completed(line, monkeypatch, capsys) == words
    assert not (tmp_path / "ran").exists()


BY_OPTION = {
    "--scenario": ["rush"],
    "--simulate": ["rush"],
    "--flow": ["read", "order"],
    "--fail": ["browser", "api", "cache", "api-1", "api-2", "zone-a"],
    "--just-failed": ["browser", "api", "cache", "api-1", "api-2", "zone-a"],
    "--pipeline": ["release"],
    "--view": ["plain", "flow-read", "sequence-read", "flow-order", "sequence-order"],
    "--select": ["DOC01", "DOC02", "DOC03"],
    "--extend-select": ["DOC01", "DOC02", "DOC03"],
    "--ignore": ["DOC01", "DOC02", "DOC03"],
}


@pytest.mark.parametrize(("option", "command"), [(option, name) for option in BY_OPTION for name in having(option)])
def test_an_option_is_completed_alike_in_every_command(
    option: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline = "pipelines: {release: {stages: [{name: test, kind: test}]}}\n"
    (tmp_path / "a.yaml").write_text(SPEC + pipeline)
    monkeypatch.chdir(tmp_path)
    begun = "DOC0" if BY_OPTION[option][0] == "DOC01" else ""
    assert completed(f"archspec {command} a.yaml {option} {begun}", monkeypatch, capsys) == BY_OPTION[option]


SUBJECTS = {
    "lint": ["findings"],
    "diff": ["difference"],
    "drift": ["findings"],
    "calibrate": ["calibration"],
    "rule": ["rules"],
    "trace": ["trace", "traces"],
    "analyze": ["analysis"],
    "simulate": ["simulation"],
    "sweep": ["sweep"],
    "verify": ["verification", "findings"],
    "plan": ["plan"],
}


@pytest.mark.parametrize("command", [name for name in having("--format") if name != "render"])
def test_a_format_is_one_of_those_that_the_command_writes(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = dict.fromkeys(name for subject in SUBJECTS[command] for name in format_names(subject))
    assert completed(f"archspec {command} a.yaml --format ", monkeypatch, capsys) == list(names)
