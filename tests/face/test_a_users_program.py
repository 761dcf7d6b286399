"""A program that uses every name runs; `mypy` checks it with the code (`files` in pyproject.toml)."""

import re
import tomllib
from pathlib import Path

import archspec
from tests.face import a_users_program

PROGRAM = Path(a_users_program.__file__)
ROOT = PROGRAM.parents[2]


def test_the_program_uses_every_name() -> None:
    used = set(re.findall(r"archspec\.(\w+)", PROGRAM.read_text(encoding="utf-8")))
    assert [name for name in archspec.__all__ if name not in used] == []


def test_type_checkers_read_the_program() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert (settings["strict"], str(PROGRAM.relative_to(ROOT)) in settings["files"]) == (True, True)


def test_the_program_runs(tmp_path: Path) -> None:
    shop = a_users_program.build().build()
    a_users_program.judge(shop)
    a_users_program.hold_against(shop)
    a_users_program.walk(shop)
    a_users_program.run(shop)
    a_users_program.show(shop, tmp_path)
    a_users_program.fail()
    assert (tmp_path / "shop.svg").read_text(encoding="utf-8").startswith("<svg ")
