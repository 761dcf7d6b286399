"""Commands killed at a random moment: what they write is the old or the new, never a mixture.

What was being made ready beside it goes with the next run.
"""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

SPEC = """archspec: 1
name: Shop
components: {user: { kind: client}, web: {kind: server, cores: 1}, db: {kind: database, backup: none}}
connections: [user -> web, web -> db]
flows: {buy: {from: user, rate: 5/s, steps: [{call: web, cpu: 1ms, steps: [{call: db}]}]}}
"""
OTHER = SPEC.replace("Shop", "Other").replace("buy", "sell")
COMMANDS = {
    "fmt": ["fmt", "a.yaml"],
    "fix": ["lint", "--fix", "a.yaml"],
    "baseline": ["lint", "a.yaml", "--write-baseline", "known.json"],
    "simulate": ["simulate", "a.yaml", "--duration", "2s", "-o", "out.txt"],
    "build": ["build", "a.yaml", "-o", "out"],
}


def files(folder: Path) -> dict[str, bytes]:
    """All that stands below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ran(folder: Path, arguments: list[str], kill_after: float | None = None) -> float:
    """Run a command in a folder, killed after so many seconds; how long it took."""
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "archspec", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"},
    )
    try:
        process.wait(kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return time.monotonic() - started


def check(name: str, kills: int, tmp_path: Path) -> None:
    """The folder before and after the command; killed in between it is one of the two."""
    before = tmp_path / "before"
    before.mkdir()
    (before / "a.yaml").write_text(OTHER)
    ran(before, COMMANDS[name])
    (before / "a.yaml").write_text(SPEC)
    after = tmp_path / "after"
    shutil.copytree(before, after)
    took = ran(after, COMMANDS[name])
    source = random.Random(name)
    for number in range(kills):
        folder = tmp_path / f"killed-{number}"
        shutil.copytree(before, folder)
        ran(folder, COMMANDS[name], source.uniform(0, took))
        found = files(folder)
        made_ready = {path for path in found if path.startswith(".") and ".archspec" in path}
        written = {path: data for path, data in found.items() if path not in made_ready}
        assert written in (files(before), files(after)), sorted(found)
        if made_ready:
            ran(folder, COMMANDS[name])
            assert files(folder) == files(after), sorted(files(folder))
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["fmt", "baseline"])
def test_one_killed_command_leaves_old_or_new(name: str, tmp_path: Path) -> None:
    check(name, 1, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_fifty_killed_commands_leave_old_or_new(name: str, tmp_path: Path) -> None:
    check(name, 50, tmp_path)
