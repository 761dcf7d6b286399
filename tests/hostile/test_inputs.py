"""What others could send: each input ends within its time and memory, with a status and a sentence that are right."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile.an_input import FINE, Input
from tests.hostile.inputs_beside_specs import FILES
from tests.hostile.inputs_in_numbers import NUMBERS, SIZES
from tests.hostile.inputs_to_parse import CONNECTIONS, NAMES, YAML

INPUTS = [*YAML, *CONNECTIONS, *NAMES, *SIZES, *NUMBERS, *FILES]
ROOT = Path(__file__).parents[2]
SECONDS = 5.0
"""Of a processor, for one megabyte; the clock would count what else the machine does."""
STEPS_A_SECOND = 20_000_000
"""Of Python's simplest loop on the processor that is meant; a slower one, or a shared one, is given longer."""
AGAIN = 2
"""Tries more of what took longer: the least counts."""
MEGABYTES = 500
SHORT = 50_000
"""Bytes of an input that takes little time; the others run in the slow tests."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What came of one command."""

    status: int
    seconds: float
    megabytes: float


class Children:
    """Commands in children of a process that has imported archspec already."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.hostile.forks"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, folder: Path, arguments: tuple[str, ...]) -> Cost:
        """Run one command in a folder; its streams are the files `.out` and `.err` there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"folder": str(folder), "arguments": list(arguments)}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return Cost(answer["status"], answer["seconds"], answer["megabytes"])


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    """The process that runs the commands of this module."""
    found = Children()
    yield found
    assert found.process.stdin is not None
    found.process.stdin.close()
    found.process.wait(10)


def is_short(one: Input) -> bool:
    """Whether an input is small, and asks for nothing that takes its time."""
    return sum(map(len, one.files.values())) < SHORT and one.arguments[0] != "build"


def allowed() -> float:
    """`SECONDS` on the processor that is meant, in seconds of this one as it runs now."""
    steps = 1_000_000
    started = time.process_time()
    for _ in range(steps):
        pass
    return SECONDS * max(1.0, (time.process_time() - started) * STEPS_A_SECOND / steps)


def check(children: Children, one: Input, folder: Path) -> None:
    """Put the files down, run the command, and look at all that it leaves."""
    for name, data in one.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    for name, target in one.links.items():
        (folder / name).symlink_to(target)
    cost = children.run(folder, one.arguments)
    out, err = (folder / ".out").read_bytes(), (folder / ".err").read_bytes()
    assert cost.status in one.statuses, (err or out)[-300:]
    least = cost.seconds
    for _ in range(AGAIN):  # a processor that others use takes longer for the same
        if least < SECONDS or least < allowed():
            break
        least = min(least, children.run(folder, one.arguments).seconds)
    assert least < SECONDS or least < allowed()
    assert cost.megabytes < MEGABYTES
    assert cost.status == FINE or out or err
    assert b"Traceback" not in err
    assert not any(char in out + err for char in b"\0\x07\x08\x1b\x7f")
    assert {name: (folder / name).read_bytes() for name in one.files} == dict(one.files)


def test_there_are_a_hundred_and_fifty() -> None:
    assert len({one.name for one in INPUTS}) == len(INPUTS) > 150


@pytest.mark.parametrize("one", [one for one in INPUTS if is_short(one)], ids=lambda one: one.name)
def test_a_small_input_ends_well(children: Children, one: Input, tmp_path: Path) -> None:
    check(children, one, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("one", [one for one in INPUTS if not is_short(one)], ids=lambda one: one.name)
def test_a_large_input_ends_well(children: Children, one: Input, tmp_path: Path) -> None:
    check(children, one, tmp_path)
