"""`python -m archspec` in a stranger's folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import archspec


@pytest.mark.parametrize("arguments", [["--version"], ["schema"]])
def test_no_module_in_the_present_folder_runs(arguments: list[str], tmp_path: Path) -> None:
    for name in ("typer", "yaml", "json", "pydantic"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the stranger ran')\n")
    done = subprocess.run(
        [sys.executable, "-m", "archspec", *arguments],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_said_without_the_command_lines_imports() -> None:
    program = "import sys; sys.argv = ['archspec', '--version']; from archspec.__main__ import main; main()"
    shown = "import sys; print([name for name in ('typer', 'yaml', 'pydantic', 'archspec.cli') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; {shown}"], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == f"archspec {archspec.__version__}\n[]\n"


def test_a_status_becomes_that_of_the_process(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "archspec", "lint", "no.yaml"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 2


LAST_WORDS = """
import atexit, sys
sys.argv = ['archspec', 'lint', 'no.yaml']
atexit.register(print, 'registered')
from archspec.__main__ import main
try:
    main()
finally:
    print('after main')
"""


@pytest.mark.parametrize(("debug", "said"), [("", "registered\n"), ("1", "after main\nregistered\n")])
def test_what_others_do_at_the_end_is_done(debug: str, said: str) -> None:
    """The process ends in `main`, but for who debugs it."""
    done = subprocess.run(
        [sys.executable, "-c", LAST_WORDS],
        env={**os.environ, "ARCHSPEC_DEBUG": debug},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full: of Linux")
def test_output_that_cannot_be_written_is_no_success() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "archspec", "rule"], stdout=full, check=False, timeout=60)
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("closed", "arguments"), [(">&-", "lint no.yaml"), (">&- 2>&-", "lint no.yaml"), (">&-", "rule")]
)
def test_a_stream_that_is_closed_is_no_defect(closed: str, arguments: str) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m archspec {arguments} {closed}', shell=True, check=False, capture_output=True, timeout=60
    )
    assert done.returncode == (0 if arguments == "rule" else 2)
    assert b"defect" not in done.stderr
