"""Rules that other distributions install."""

import importlib.metadata
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from archspec import discovery
from archspec.cli.main import run
from archspec.errors import UsageError
from archspec.validators.registry import rules, rules_of_design

FOLDER = Path(__file__).parents[3] / "docs" / "examples" / "team"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The registry is read anew, and forgotten afterwards."""
    monkeypatch.syspath_prepend(str(FOLDER))
    for registry in (rules, rules_of_design):
        registry.cache_clear()
    yield monkeypatch
    for registry in (rules, rules_of_design):
        registry.cache_clear()
    sys.modules.pop("team_rules", None)


def install(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Let an entry point `archspec.rules` lead to a value."""
    point = EntryPoint("team", value, "archspec.rules")
    monkeypatch.setattr(discovery, "_is_named", lambda group: True)
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: [point] if group == point.group else [])


def test_an_installed_rule_is_a_rule_like_any_other(
    fresh: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It judges, is listed, explained, and written in every format, though it has no page."""
    install(fresh, "team_rules:RULE")
    spec = tmp_path / "a.yaml"
    parts = "components: {api: {kind: server}, legacy-db: {kind: database}}\nconnections: [api -> legacy-db]\n"
    spec.write_text(f"archspec: 1\nname: A\n{parts}")
    assert run(["lint", str(spec), "-f", "sarif"]) == 1
    assert "TEAM02" in capsys.readouterr().out
    assert run(["rule", "TEAM02"]) == 0
    assert capsys.readouterr().out.startswith("TEAM02 asks-legacy\nasks legacy\n")
    run(["rule"])
    assert "TEAM02" in capsys.readouterr().out


def test_what_is_no_rule_is_refused(fresh: pytest.MonkeyPatch) -> None:
    """An extension goes through the same door."""
    install(fresh, "team_rules:check")
    with pytest.raises(UsageError, match="is no Rule; tell its author"):
        rules()
