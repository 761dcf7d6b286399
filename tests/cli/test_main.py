"""The command line's frame: exit statuses, and that every failure is a message."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

import archspec
from archspec.cli import main
from archspec.cli.main import run
from archspec.errors import ArchspecError, DefectError, Problem, Span, SpecError, UsageError

ROOT = Path(__file__).parents[2]
BROKEN = SpecError((Problem("this is wrong", "mend it.", Span("a.yaml", 1, 1, 1, 5)),), {"a.yaml": "name: A\n"})


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Lets every command fail in one way."""

    def fail_with(error: BaseException) -> None:
        def command(*_: object, **__: object) -> NoReturn:
            raise error

        monkeypatch.setattr(main, "application", lambda arguments: command)

    return fail_with


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (BROKEN, 2, "error: this is wrong\n --> a.yaml:1:1\n  |\n1 | name: A\n  | ^^^^\n  = help: mend it.\n"),
        (UsageError("no flow `x`; name one."), 2, "archspec: no flow `x`; name one.\n"),
        (FileNotFoundError(2, "No such file", "a.yaml"), 2, "archspec: a.yaml: No such file.\n"),
        (RecursionError(), 2, "archspec: the spec is nested too deeply; flatten it.\n"),
        (MemoryError(), 2, "archspec: out of memory; ask for less at once.\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (SystemExit(3), 3, ""),
    ],
)
def test_a_failure_is_a_message_and_a_status(
    error: BaseException,
    status: int,
    said: str,
    failing: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing(error)
    assert run([]) == status
    out, err = capsys.readouterr()
    assert (out, err[: len(said)]) == ("", said)


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("division by zero"), DefectError("lost a request"), ArchspecError()]
)
def test_a_defect_asks_for_a_report_and_shows_no_traceback(
    error: Exception, failing: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(error)
    assert run([]) == 3
    err = capsys.readouterr().err
    assert f"{type(error).__name__}: {error}" in err
    assert "Please report it with the spec and the command that showed it." in err
    assert "Traceback" not in err


def test_a_defects_traceback_is_there_for_who_asks(
    failing: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ARCHSPEC_DEBUG", "1")
    failing(ZeroDivisionError("division by zero"))
    assert run([]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_unknown_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lnit"]) == 2
    assert "No such command 'lnit'" in capsys.readouterr().err


def test_an_unknown_option_is_wrong_usage_and_leads_to_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--nope"]) == 2
    err = capsys.readouterr().err
    assert "Try 'archspec schema --help' for help." in err
    assert "No such option: --nope" in err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_the_help_lists_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    lines = [line.split() for line in capsys.readouterr().out.partition("Commands:")[2].splitlines()]
    assert [words[0] for words in lines if words] == list(main.COMMANDS)


@pytest.mark.parametrize("command", main.COMMANDS)
def test_every_command_has_help_that_is_sentences(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    said = capsys.readouterr().out.split("\n\n")[1]
    assert said.rstrip().endswith(".")


def test_the_version_is_said_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"archspec {archspec.__version__}\n"


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fmt", "nowhere.yaml"]) == 2
    assert (
        capsys.readouterr().err == "archspec: there is no file `nowhere.yaml`; `archspec init` writes a first spec.\n"
    )


def test_only_the_command_that_is_asked_for_is_imported() -> None:
    program = (
        "import sys; from archspec.cli.main import run; run(['schema', '--help']);"
        "heavy = {'numpy', 'networkx', 'graphviz', 'diagrams', 'wasmtime', 'rich', 'jsonschema', 'resvg_py'};"
        "print(sorted(heavy & set(sys.modules)), 'archspec.cli.fmt' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "[] False\n"


@pytest.mark.parametrize(
    "spec", sorted((ROOT / "specs").glob("*/architecture.yaml")), ids=lambda path: path.parent.name
)
def test_lint_imports_only_what_judges_a_spec(spec: Path) -> None:
    """Nothing that computes with arrays, draws, runs or reads traces; nothing that only a finding needs."""
    rooms = ("conformance", "difference", "importers", "observation", "renderers", "simulation", "webpage")
    heavy = {"numpy", "networkx", "graphviz", "diagrams", "wasmtime", "rich", "jsonschema", "joblib", "ctypes"}
    unwanted = heavy | {f"archspec.{room}" for room in rooms}
    program = (
        "import sys; from archspec.cli.main import run; run(['lint', '-q', sys.argv[1]]);"
        f"print(sorted({unwanted} & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, str(spec)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_fmt_imports_neither_the_model_nor_what_computes() -> None:
    program = (
        "import sys; from archspec.cli.main import run; run(['fmt', '--check', 'specs/chat/architecture.yaml']);"
        "unwanted = {'archspec.model.architecture', 'numpy', 'networkx', 'wasmtime', 'rich', 'jsonschema'};"
        "print(sorted(unwanted & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "archspec", "schema"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_output_survives_a_terminal_that_knows_only_ascii(tmp_path: Path) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text("name:   Ü\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "archspec", "fmt", str(spec), "--diff"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.splitlines()[-2:] == [b"-name:   ?", b"+name: ?"]


@pytest.mark.parametrize("command", main.COMMANDS)
def test_the_summary_of_a_command_fits_its_line(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In `archspec --help`, as wide as terminals are by default."""
    run(["--help"])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith(f"  {command} ")]
    assert not line.endswith("...")
