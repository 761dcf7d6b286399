"""How strong the tests are: slips put into the code at random, and how many of them the tests of their own part notice.

    uv run --all-extras --with cosmic-ray python benchmarks/mutants.py [--parts cli,language] [--each 15] [--seed 1]

Cosmic Ray makes the slips (a comparison turned, `and` for `or`, a number off by one, a loop that does not run), in a
copy of the repository. Slips that survive are shown as differences: each is a missing test, or changes nothing.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome

ROOT = Path(__file__).parent.parent
PARTS = {
    "model": "tests/model",
    "language": "tests/language tests/wrong_specs",
    "analysis": "tests/analysis tests/oracles",
    "simulation": "tests/simulation",
    "observation": "tests/observation",
    "validators": "tests/validators",
    "conformance": "tests/conformance",
    "difference": "tests/difference",
    "embedding": "tests/embedding",
    "importers": "tests/importers",
    "renderers": "tests/renderers",
    "reports": "tests/reports",
    "webpage": "tests/webpage",
    "cli": "tests/cli",
}
"""Rooms of archspec, and the tests of each."""
PATIENCE_SECONDS = 600
"""A slip after which the tests take longer than this has been noticed."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", default=",".join(PARTS))
    options.add_argument("--each", type=int, default=15, help="how many for each part")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    rows, survivors = [], []
    with tempfile.TemporaryDirectory() as folder:
        copy_to(Path(folder))
        os.chdir(folder)
        os.environ["PYTHONPATH"] = folder
        for part in chosen.parts.split(","):
            outcomes = [tried(mutant, PARTS[part]) for mutant in drawn(part, chosen.each, chosen.seed)]
            killed = sum(not diff for diff in outcomes)
            rows.append(f"| {part} | {len(outcomes)} | {killed} | {killed / max(1, len(outcomes)):.0%} |")
            survivors += [diff for diff in outcomes if diff]
            print(rows[-1], *filter(None, outcomes), sep="\n", file=sys.stderr)
    print("| part | mutants | killed | |\n|---|--:|--:|--:|")
    print("\n".join(rows))
    print(*survivors, sep="\n\n")


def copy_to(folder: Path) -> None:
    """Every file that git knows."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def drawn(part: str, count: int, seed: int) -> list[MutationSpec]:
    """So many of all slips that can be made in a part; at one place at most one."""
    files = sorted(Path("archspec", part).rglob("*.py"))
    with use_db(":memory:", WorkDB.Mode.create) as database:
        init(files, database, {})
        mutants = [item.mutations[0] for item in database.work_items]
    places: dict[tuple[str, tuple[int, int]], list[MutationSpec]] = {}
    for mutant in filter(can_matter, mutants):
        places.setdefault((str(mutant.module_path), mutant.start_pos), []).append(mutant)
    chance = random.Random(f"{seed} {part}")
    found = chance.sample(sorted(places), min(count, len(places)))
    return [chance.choice(sorted(places[place], key=str)) for place in found]


def can_matter(mutant: MutationSpec) -> bool:
    """Not a slip in an annotation (`str | None`), which nothing runs; nor the operator that changes nothing."""
    line = Path(mutant.module_path).read_text("utf-8").splitlines()[mutant.start_pos[0] - 1]
    is_union = "BitOr" in mutant.operator_name and "|" in line
    return not is_union and not mutant.operator_name.endswith("NoOp")


def tried(mutant: MutationSpec, tests: str) -> str:
    """The difference that the tests did not notice; empty where they did."""
    command = f"{sys.executable} -m pytest -x -q -p no:cacheprovider {tests}"
    result = mutate_and_test([mutant], command, PATIENCE_SECONDS)
    return str(result.diff) if result.test_outcome is TestOutcome.SURVIVED else ""


if __name__ == "__main__":
    main()
