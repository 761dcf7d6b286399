"""A spec of 1,000 components: what is done at each key is counted, since how long it takes is the machine's affair."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import system
from tests.needs import needs_extra

needs_extra("editor")

from archspec.editor import project as editor_project  # noqa: E402 - of the extra
from archspec.editor.cursor import cursor_at  # noqa: E402
from archspec.editor.offers import offers  # noqa: E402
from archspec.editor.project import Project  # noqa: E402


def test_a_key_typed_into_a_large_spec_reads_none_of_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, path = Project(), tmp_path / "large.yaml"
    text = system(1_000)
    project.buffers.open[path] = text
    assert project.renewed(path).outcome.valid
    read = []
    monkeypatch.setattr(editor_project, "tolerant", lambda *given: read.append(given))
    monkeypatch.setattr(editor_project, "snapshot", lambda *given: read.append(given))
    typed = text.replace("connections:\n", "  more: {kind: server, logs_to: \nconnections:\n", 1)
    project.buffers.open[path] = typed
    line = typed[: typed.index("  more:")].count("\n") + 1
    data, names = project.typed(path, line)
    cursor = cursor_at(typed.split("\n"), line, 34)
    assert cursor is not None
    assert cursor.path == ("components", "more", "logs_to")
    assert len(names.elements["components"]) == 1_000
    assert offers(cursor, data, names) == []  # that system has no log service
    assert read == []


def test_other_commands_do_not_import_the_library_of_the_server() -> None:
    asked = "run(['--help']); print({'pygls', 'lsprotocol'} & set(sys.modules))"
    code = f"import sys; from archspec.cli.main import run; {asked}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
