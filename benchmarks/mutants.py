"""How strong the tests are: slips put into the code at random, and how many of them the tests of their own part notice.

    uv run --all-extras --with cosmic-ray --with pytest-cov python -m benchmarks.mutants [--parts cli] [--count 150]

Cosmic Ray makes the slips (a comparison turned, `and` for `or`, a number off by one, a loop that does not run; our own
are an argument dropped, nothing returned) in a copy of the repository. A slip is tried against those tests of its part
that run its line, and where these pass, against all of them. Slips that survive are shown as differences: each is a
missing test, needless code, or changes nothing.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from cosmic_ray import plugins
from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome
from coverage import CoverageData

from benchmarks.mutant_operators import OPERATORS, UNSEEN

ROOT = Path(__file__).parent.parent
OTHER_TESTS = {
    "analysis": "tests/analysis tests/oracles",
    "cli": "tests/cli tests/embedding tests/importers/test_command.py",
    "conformance": "tests/conformance tests/cli/test_calibrate.py tests/cli/test_drift.py",
    "dsl": "tests/test_dsl.py tests/test_dsl_stub.py",
    "language": "tests/language tests/hostile/test_budget.py",
    "model": "tests/model tests/language/test_wrong_specs.py",
    "webpage": "tests/webpage tests/cli/test_serve.py",
    "house": " ".join(
        f"tests/{name}.py"
        for name in (
            *("test_discovery", "test_errors", "test_files", "test_frozen", "test_git_objects", "test_module"),
            *("test_native_code", "test_printable", "test_values", "test_watching", "test_webassembly"),
            *("cli/test_output", "hostile/test_confinement", "hostile/test_output_is_harmless"),
        )
    ),
}
"""Tests of parts that are not the folder of the part's name; "house" is what stands above the rooms."""
HALF_A_MINUTE = 30.0
PATIENCE_SECONDS = 600
"""A slip after which the tests take longer than this has been noticed."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", default=",".join(sizes()))
    options.add_argument("--count", type=int, default=150, help="how many over all parts, shared out by lines")
    options.add_argument("--least", type=int, default=4, help="for a part, however small")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--quick", action="store_true", help="only the tests that run a slip's line, without all others"
    )
    chosen = options.parse_args()
    plugins.OPERATOR_PROVIDERS["archspec"] = OPERATORS
    rows, survivors = [], []
    with tempfile.TemporaryDirectory() as folder:
        copy_to(Path(folder))
        os.chdir(folder)
        os.environ["PYTHONPATH"] = folder
        for part in chosen.parts.split(","):
            share = max(chosen.least, round(chosen.count * sizes()[part] / sum(sizes().values())))
            mutants = drawn(part, share, chosen.seed)
            tests = tried_without_slips(part)
            found = []
            for mutant in mutants:
                diff = tried(mutant, tests, quick=chosen.quick)
                found += [diff] if diff else []
                word = f"survives:\n{diff}" if diff else "is noticed"
                print(f"{mutant.module_path}:{mutant.start_pos[0]} {word}", file=sys.stderr, flush=True)
            killed = len(mutants) - len(found)
            rows.append(f"| {part} | {len(mutants)} | {killed} | {killed / max(1, len(mutants)):.0%} |")
            print(rows[-1], file=sys.stderr, flush=True)
            survivors += found
    print("| part | mutants | killed | |\n|---|--:|--:|--:|")
    print("\n".join(rows))
    print(*survivors, sep="\n\n")


def files_of(part: str) -> list[Path]:
    """The Python of a part, below the present folder."""
    return sorted(Path("archspec").glob("*.py") if part == "house" else Path("archspec", part).rglob("*.py"))


def sizes() -> dict[str, int]:
    """The lines of each part."""
    rooms = sorted(path.parent.name for path in (ROOT / "archspec").glob("*/__init__.py"))
    files = {room: (ROOT / "archspec" / room).rglob("*.py") for room in rooms}
    files["house"] = (ROOT / "archspec").glob("*.py")
    return {part: sum(len(path.read_text("utf-8").splitlines()) for path in paths) for part, paths in files.items()}


def copy_to(folder: Path) -> None:
    """Every file that git knows."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def drawn(part: str, count: int, seed: int) -> list[MutationSpec]:
    """So many slips in a part, at one place at most one; a file is met as often as its lines are many."""
    chance = random.Random(f"{seed} {part}")
    files = {path: len(path.read_text("utf-8").splitlines()) for path in files_of(part)}
    met = Counter(chance.choices(list(files), list(files.values()), k=count))
    return [mutant for path, times in sorted(met.items()) for mutant in drawn_in(path, times, chance)]


def drawn_in(path: Path, count: int, chance: random.Random) -> list[MutationSpec]:
    """So many of all slips that can be made in a file."""
    with use_db(":memory:", WorkDB.Mode.create) as database:
        init([path], database, {})
        mutants = [item.mutations[0] for item in database.work_items]
    places: dict[tuple[int, int], list[MutationSpec]] = {}
    for mutant in filter(can_matter, mutants):
        places.setdefault(mutant.start_pos, []).append(mutant)
    found = chance.sample(sorted(places), min(count, len(places)))
    return [chance.choice(sorted(places[place], key=str)) for place in found]


def can_matter(mutant: MutationSpec) -> bool:
    """Not a slip in an annotation (`str | None`), which nothing runs; nor one that no test can see."""
    line = Path(mutant.module_path).read_text("utf-8").splitlines()[mutant.start_pos[0] - 1]
    is_union = "BitOr" in mutant.operator_name and "|" in line
    is_unseen = line[: mutant.start_pos[1]].endswith(tuple(f"{name}=" for name in UNSEEN))
    return not is_union and not is_unseen and not mutant.operator_name.endswith("NoOp")


def tests_of(part: str) -> list[str]:
    """The tests of a part, and the examples in its docstrings."""
    examples = [str(path) for path in files_of(part)] if part == "house" else [f"archspec/{part}"]
    return [*OTHER_TESTS.get(part, f"tests/{part}").split(), *examples]


PYTEST = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", "--timeout=300"]


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests of a part: which lines each runs, and the seconds that it takes."""

    part: str
    lines: CoverageData
    seconds: Mapping[str, float]

    @property
    def all(self) -> list[str]:
        return tests_of(self.part)

    def near(self, mutant: MutationSpec) -> list[str]:
        """Those that run a slip's line, the quick ones first; of a line that runs at import, those of its file."""
        contexts = self.lines.contexts_by_lineno(str(Path(mutant.module_path).resolve()))
        lines = range(mutant.start_pos[0], mutant.end_pos[0] + 1)
        here = {test for line in lines for test in contexts.get(line, []) if test}
        found = here or {test for tests in contexts.values() for test in tests if test}
        return sorted({test.rpartition("|")[0] for test in found}, key=lambda test: (self.seconds.get(test, 0.0), test))

    def soon(self, tests: list[str]) -> list[str]:
        """Those of the first that take half a minute together, at least one."""
        sums = accumulate(self.seconds.get(test, 0.0) for test in tests)
        return [test for test, total in zip(tests, sums, strict=True) if total < HALF_A_MINUTE] or tests[:1]


def tried_without_slips(part: str) -> Tests:
    """What the tests of a part run; they pass without a slip."""
    room = "archspec" if part == "house" else f"archspec/{part}"
    flags = ["-p", "pytest_cov", f"--cov={room}", "--cov-context=test", "--cov-report=", "-vv", "--durations=0"]
    outcome = subprocess.run([*PYTEST, *flags, *tests_of(part)], check=False, capture_output=True, text=True)
    if outcome.returncode:
        raise SystemExit(f"The tests of {part} fail without any slip:\n{outcome.stdout}{outcome.stderr}")
    lines = CoverageData()
    lines.read()
    took = re.findall(r"^([0-9.]+)s call +(.+)$", outcome.stdout, re.MULTILINE)
    return Tests(part, lines, {test: float(seconds) for seconds, test in took})


def tried(mutant: MutationSpec, tests: Tests, *, quick: bool) -> str:
    """The difference that the tests did not notice; empty where they did."""
    near = tests.near(mutant)
    for chosen in (tests.soon(near) or tests.all,) if quick else filter(None, (near, tests.all)):
        Path("chosen-tests").write_text("\n".join(chosen), "utf-8")
        result = mutate_and_test([mutant], " ".join([*PYTEST, "@chosen-tests"]), PATIENCE_SECONDS)
        if result.test_outcome is not TestOutcome.SURVIVED:
            return ""
    return str(result.diff)


if __name__ == "__main__":
    main()
